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

bool
is_reported_at(const struct check *check, enum diag_code code, struct span span)
{
    for (size_t i = 0; i < sink_count(check->sink); i++) {
        const struct diag *diag = sink_at(check->sink, i);
        if (diag->code == code && diag->span.start == span.start &&
            !is_allowed(check, code, diag->object))
            return true;
    }
    return false;
}
