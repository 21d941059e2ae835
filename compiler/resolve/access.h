/*
 * People and their rights in an environment's namespace.
 */
#ifndef RESOLVE_ACCESS_H
#define RESOLVE_ACCESS_H

#include "resolve/layers.h"

void resolve_accesses(const struct scope *scope,
                      struct environment *environment);

#endif
