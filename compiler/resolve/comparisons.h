/*
 * Whether the two sides of an `assert` or `rule` can be compared at all.
 */
#ifndef RESOLVE_COMPARISONS_H
#define RESOLVE_COMPARISONS_H

#include "resolve/node.h"
#include "resolve/resolver.h"

/* Reports sides that have more than one value, or another type, and an order of
 * what has none. False when it did: such a line would hold, or not, by chance.
 * What is not known, and poison, is left alone. */
bool check_comparison(struct resolver *resolver, const struct node *node,
                      const struct assertion *assertion);

#endif
