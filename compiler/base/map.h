/*
 * From text to pointer, in an arena. Keys are not copied. It has no order of
 * its own: whoever must walk keeps a list beside it.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map_slot;

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t count;
    size_t capacity;
};

void map_init(struct map *map, struct arena *arena);
void *map_find(const struct map *map, struct str key); /* NULL when absent */
/* Inserts or replaces, and gives what was there, or NULL; `value` must not be
 * NULL. */
void *map_put(struct map *map, struct str key, const void *value);
/* Room for as many, so that it need not grow meanwhile. */
void map_reserve(struct map *map, size_t count);

#endif
