/*
 * The loops that most rules share: over every workload, over every pair of
 * environments.
 */
#ifndef CHECK_WALK_H
#define CHECK_WALK_H

#include "check/check.h"

/* Calls `visit` for each workload of each environment, in order. */
void each_workload(struct check *check,
                   void (*visit)(struct check *check,
                                 const struct workload *workload));
/* Calls `visit` for each two environments, the earlier first. */
void each_environment_pair(struct check *check,
                           void (*visit)(struct check *check,
                                         const struct environment *first,
                                         const struct environment *second));

/* Is there a message of that code at that place already, which nobody allows?
 * What one environment takes from the one that it is `like`, or many jobs from
 * their workflow, is one fault. */
bool is_reported_at(const struct check *check, enum diag_code code,
                    struct span span);

#endif
