/*
 * What a statement makes that is the same wherever it is looked up, such as a
 * probe of a profile: made once, and shared by all workloads. The last few are
 * remembered.
 */
#ifndef RESOLVE_SHARED_H
#define RESOLVE_SHARED_H

#include <stddef.h>

struct node;
struct resolver;

enum { SHARED_COUNT = 64 };

struct shared {
    const struct node *node;
    const void *with; /* what else it was made of, or NULL */
    const void *thing;
};

/* NULL: not made yet, or forgotten, or not the same everywhere. */
const void *shared_find(const struct resolver *resolver,
                        const struct node *node, const void *with);
void shared_add(struct resolver *resolver, const struct node *node,
                const void *with, const void *thing);

#endif
