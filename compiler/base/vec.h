/*
 * A list that grows, in an arena. It knows its item's size, not its type: the
 * owner casts `items` once, when the list is complete.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

struct vec {
    struct arena *arena;
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size;
};

void vec_init(struct vec *vec, struct arena *arena, size_t item_size);
/* So many items can be added without memory. */
void vec_reserve(struct vec *vec, size_t count);
/* A zeroed new last item; it moves at the next addition. */
void *vec_add(struct vec *vec);
void *vec_at(const struct vec *vec, size_t index);
/* Adds a copy of `pointer` to a list of pointers. */
void vec_add_pointer(struct vec *vec, const void *pointer);

#endif
