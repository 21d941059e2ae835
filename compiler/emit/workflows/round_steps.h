/*
 * What the jobs of a round do: each writes its list of steps. The step `found`
 * has the outputs `verdict` and `findings`.
 */
#ifndef EMIT_WORKFLOWS_ROUND_STEPS_H
#define EMIT_WORKFLOWS_ROUND_STEPS_H

#include "emit/workflows/steps.h"

void emit_drift_steps(struct workflow *workflow);
void emit_rotation_steps(struct workflow *workflow);

/* Are GitHub's settings files, and is there a script that compares them? */
bool has_settings(const struct ir *ir);
void emit_settings_steps(struct workflow *workflow);

/* The secrets that workloads ask for, as the vault calls them, each once. */
struct str vault_lines(struct arena *arena,
                       const struct environment *environment);

#endif
