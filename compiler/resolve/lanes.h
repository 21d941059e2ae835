/*
 * The same work on each of many things, by two lanes where there are many.
 *
 * It goes in portions, each with diagnostics, holes and memos of its own, which
 * are taken in order: so what comes out does not depend on who did what. What
 * the work may change of the resolver are those, and nothing else.
 */
#ifndef RESOLVE_LANES_H
#define RESOLVE_LANES_H

#include "resolve/resolver.h"

typedef void thing_work(struct resolver *resolver, void *things, size_t index);

void work_in_lanes(struct resolver *resolver, thing_work *work, void *things,
                   size_t count);

#endif
