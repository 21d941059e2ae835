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

struct work {
    void *things;
    size_t count;
    void (*one)(struct resolver *resolver, void *things, size_t index);
    /* What one takes, beside the others; NULL: all take the same. */
    size_t (*weigh)(const void *things, size_t index);
};

void work_in_lanes(struct resolver *resolver, const struct work *work);

#endif
