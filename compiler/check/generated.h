/*
 * The objects that broxc makes in an environment, by name.
 */
#ifndef CHECK_GENERATED_H
#define CHECK_GENERATED_H

#include "base/map.h"
#include "check/check.h"

/* GROUP/KIND/NAME, with an empty group for the core's. */
struct str object_key(struct arena *arena, struct str group, struct str kind,
                      struct str name);
/* Puts the key of each, to the `struct span` of what it is made of. */
void put_generated(struct check *check, const struct environment *environment,
                   struct map *map);

#endif
