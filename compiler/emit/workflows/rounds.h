/*
 * Workflows that go round by the clock: drift.yml and rotation.yml. What they
 * find stands in an issue.
 */
#ifndef EMIT_WORKFLOWS_ROUNDS_H
#define EMIT_WORKFLOWS_ROUNDS_H

#include "emit/workflows/steps.h"

enum round {
#define ROUND(kind, file, title, label, colour, doc) ROUND_##kind,
#include "emit/workflows/rounds.def"
#undef ROUND
    ROUND_COUNT
};

const char *round_label(enum round round);
const char *round_colour(enum round round); /* its label's, RRGGBB */
const char *round_doc(enum round round);
/* When it comes to an environment, as cron; NULL where it does not. */
const struct value *round_schedule(const struct ir *ir,
                                   const struct environment *environment,
                                   enum round round);
/* Does it come to any? */
bool has_round(const struct ir *ir, enum round round);

/* One file for each round that comes anywhere. */
void emit_rounds(const struct ir *ir, struct scripts *scripts);

#endif
