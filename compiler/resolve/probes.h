/*
 * What is asked of a workload while it runs: probes and metrics.
 */
#ifndef RESOLVE_PROBES_H
#define RESOLVE_PROBES_H

#include "resolve/layers.h"

/* Fills ready, live, startup and metrics; the ports are already there. */
void resolve_probes(const struct scope *scope, struct workload *workload);

/* Of a container that has ports of its own. */
void resolve_container_probes(const struct scope *scope,
                              struct container *container);

#endif
