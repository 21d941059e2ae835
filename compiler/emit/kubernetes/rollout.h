/*
 * What Argo Rollouts reads: a Rollout for each service whose traffic it lets
 * in, and an AnalysisTemplate for each step that watches.
 */
#ifndef EMIT_KUBERNETES_ROLLOUT_H
#define EMIT_KUBERNETES_ROLLOUT_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_rollout(struct yaml *yaml, const struct instance *instance);
/* All of an environment, one document each. */
void emit_analyses(struct yaml *yaml, const struct instance *instance);
/* Does the step ask for metrics that are known? */
bool has_analysis(const struct environment *environment,
                  const struct step *step);

#endif
