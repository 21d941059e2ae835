/*
 * What stands at an environment's edge: an ingress or a gateway.
 */
#ifndef RESOLVE_EDGE_H
#define RESOLVE_EDGE_H

#include "resolve/layers.h"

/* NULL when the environment has neither. */
const struct ingress *resolve_edge(const struct scope *scope);

#endif
