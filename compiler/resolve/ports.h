/*
 * The ports of a workload or a container, and which of them a word speaks of.
 */
#ifndef RESOLVE_PORTS_H
#define RESOLVE_PORTS_H

#include "resolve/layers.h"

const struct port *resolve_port_list(const struct scope *scope, size_t *count);
/* The first one, or NULL when there is none. */
const struct port *workload_port(const struct workload *workload);
/* The port called `name`, or the first one when nothing is said; an unknown
 * name is reported (L07), and stands for the first one, too. */
const struct port *bind_port(const struct scope *scope,
                             const struct port *ports, size_t port_count,
                             const struct value *name);

#endif
