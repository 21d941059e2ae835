/*
 * How a workload is replaced, run to its end, scaled and placed, and what an
 * environment's bounds are: ir/rules.h.
 */
#ifndef RESOLVE_RULES_H
#define RESOLVE_RULES_H

#include "resolve/layers.h"

/* Its update, its job and its placement. */
void resolve_rules(const struct scope *scope, struct workload *workload);
/* `inside` is the block of `scale`. */
void resolve_scale_rules(const struct scope *inside, struct workload *workload);
struct quota resolve_quota(const struct scope *scope);
struct size_limits resolve_size_limits(const struct scope *scope);

#endif
