/*
 * The second half of a write: what waits in the staging folder takes its
 * place. Each step can be taken back, and is, when a later one fails.
 */
#ifndef TREE_COMMIT_H
#define TREE_COMMIT_H

#include "tree/plan.h"
#include "tree/staging.h"

/* First what goes, then what comes, then folders that have become empty, the
 * lock last. When a step fails the folder is as it was; should even that
 * fail, `is_torn` is true, and the staging folder must stay for the next
 * run, which then understands what it sees. */
struct status commit_plan(const struct output *output,
                          const struct staging *staging,
                          const struct plan *plan, bool *is_torn);

#endif
