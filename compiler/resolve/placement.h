/*
 * Where a workload's pods may run, and lists of pairs.
 */
#ifndef RESOLVE_PLACEMENT_H
#define RESOLVE_PLACEMENT_H

#include "resolve/layers.h"

/* Fills pull, pull_secrets, priority, nodes and tolerations. */
void resolve_placement(const struct scope *scope, struct workload *workload);
/* `WORD KEY VALUE`, merged by key. */
const struct pair *resolve_pairs(const struct scope *scope, enum word_id id,
                                 size_t *count);

#endif
