/*
 * How requests reach a workload, and all the names that an environment has.
 */
#ifndef RESOLVE_ROUTES_H
#define RESOLVE_ROUTES_H

#include "resolve/layers.h"

/* Its hosts and routes. The ports must be there. */
void resolve_routes(const struct scope *scope, struct workload *workload);
void resolve_redirects(const struct scope *scope,
                       struct environment *environment);
/* Once the workloads and redirects are there. */
void resolve_served_hosts(struct arena *arena, struct environment *environment);

#endif
