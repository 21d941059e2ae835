/*
 * What a workload's pods hold beside their main container: volumes, secrets as
 * files, init containers and sidecars.
 */
#ifndef RESOLVE_CONTAINERS_H
#define RESOLVE_CONTAINERS_H

#include "resolve/layers.h"

void resolve_containers(const struct scope *scope, struct workload *workload);

#endif
