/*
 * A service in an environment, with all its layers folded.
 */
#ifndef RESOLVE_WORKLOADS_H
#define RESOLVE_WORKLOADS_H

#include "resolve/layers.h"

void resolve_services(struct resolver *resolver);
/* Fills workloads, workload_count and by_service of all environments, whose
 * settings are already there. */
void resolve_workloads(struct resolver *resolver);

/* The ports of a workload or a container. */
const struct port *resolve_port_list(const struct scope *scope, size_t *count);

#endif
