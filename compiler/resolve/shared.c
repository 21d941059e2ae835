#include "resolve/shared.h"

#include "resolve/resolver.h"

/* Nodes lie one after another, and a block has few that are shared. */
static size_t
place_of(const struct node *node)
{
    return (size_t)node->span.start % SHARED_COUNT;
}

const void *
shared_find(const struct resolver *resolver, const struct node *node,
            const void *with)
{
    const struct shared *shared = &resolver->shared[place_of(node)];
    return shared->node == node && shared->with == with ? shared->thing : NULL;
}

void
shared_add(struct resolver *resolver, const struct node *node, const void *with,
           const void *thing)
{
    if (!node->has_paths)
        resolver->shared[place_of(node)] = (struct shared){node, with, thing};
}
