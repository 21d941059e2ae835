/*
 * A service in an environment, with all its layers folded.
 */
#ifndef RESOLVE_WORKLOADS_H
#define RESOLVE_WORKLOADS_H

#include "resolve/layers.h"

void resolve_services(struct resolver *resolver);
/* Without its secrets; `span` is that of its `run` line's service. */
struct workload *resolve_workload(const struct scope *scope, struct span span);

#endif
