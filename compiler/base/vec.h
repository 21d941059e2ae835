/*
 * A list that grows, in an arena. It knows its item's size, not its type: the
 * owner casts `items` once, when the list is complete.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#include <assert.h>

struct vec {
    struct arena *arena;
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size;
};

static inline void
vec_init(struct vec *vec, struct arena *arena, size_t item_size)
{
    assert(item_size > 0);
    *vec = (struct vec){.arena = arena, .item_size = item_size};
}

/* So many items can be added without memory. */
void vec_reserve(struct vec *vec, size_t count);
/* Makes room for one more item at least. */
void vec_enlarge(struct vec *vec);

/* A new last item, not zeroed; it moves at the next addition. */
static inline void *
vec_next(struct vec *vec)
{
    if (vec->count == vec->capacity)
        vec_enlarge(vec);
    void *item = (char *)vec->items + vec->count * vec->item_size;
    vec->count++;
    memory_unpoison(item, vec->item_size);
    return item;
}

/* The same, zeroed. */
static inline void *
vec_add(struct vec *vec)
{
    return memset(vec_next(vec), 0, vec->item_size);
}

static inline void *
vec_at(const struct vec *vec, size_t index)
{
    assert(index < vec->count);
    return (char *)vec->items + index * vec->item_size;
}

/* Adds `pointer` to a list of pointers. */
static inline void
vec_add_pointer(struct vec *vec, const void *pointer)
{
    assert(vec->item_size == sizeof pointer);
    memcpy(vec_next(vec), &pointer, sizeof pointer);
}

#endif
