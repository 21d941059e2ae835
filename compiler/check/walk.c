/*
 * Shared loops.
 */
#include "check/walk.h"

void
each_workload(struct check *check,
              void (*visit)(struct check *check,
                            const struct workload *workload))
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; j < environment->workload_count; j++)
            visit(check, environment->workloads[j]);
    }
}

void
each_environment_pair(struct check *check,
                      void (*visit)(struct check *check,
                                    const struct environment *first,
                                    const struct environment *second))
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        for (size_t j = i + 1; j < ir->environment_count; j++)
            visit(check, ir->environments[i], ir->environments[j]);
    }
}
