/*
 * What every container says alike: its variables, its user, what happens when
 * it starts and ends.
 */
#ifndef RESOLVE_PROCESS_H
#define RESOLVE_PROCESS_H

#include "resolve/layers.h"

/* `ports` are those that a hook may name. */
struct process resolve_process(const struct scope *scope,
                               const struct port *ports, size_t port_count);

#endif
