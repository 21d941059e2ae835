/*
 * One slip, one message. What is said of a statement that could not be read,
 * or of a name that such a statement holds, is a consequence and is withdrawn;
 * a name that leads nowhere is said once, with all its places.
 */
#ifndef RESOLVE_CONSEQUENCES_H
#define RESOLVE_CONSEQUENCES_H

#include "resolve/resolver.h"

/* Call when all is resolved. Marks in the IR what was not read. */
void withdraw_consequences(struct resolver *resolver,
                           const struct resolve_input *input);

#endif
