/*
 * All that runs in the environments: each service in each, many at a time.
 */
#ifndef RESOLVE_RUNS_H
#define RESOLVE_RUNS_H

#include "resolve/resolver.h"

/* Fills workloads, workload_count and by_service of all environments, whose
 * settings are already there. */
void resolve_runs(struct resolver *resolver);

#endif
