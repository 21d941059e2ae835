/*
 * Time limits: how an environment's objective becomes `timeout-minutes`.
 */
#ifndef EMIT_WORKFLOWS_LIMITS_H
#define EMIT_WORKFLOWS_LIMITS_H

#include "emit/workflows/plan.h"

/* Gives each job its minutes. What `within` promises at most, less what the
 * deployment spends waiting, is shared out by weight; no limit is under three
 * minutes, since a runner's own pace differs by as much. */
void limit_jobs(struct arena *arena, struct pipeline *pipeline);
/* The part of a job's minutes that one of its steps may take, in seconds. */
int64_t limit_seconds(const struct job *job, int64_t parts);

#endif
