/*
 * A list that grows in an arena, by doubling. Under the address sanitizer the
 * room for items to come is poisoned.
 */
#include "base/vec.h"

#include "base/poison.h"

#include <assert.h>
#include <string.h>

enum { VEC_FIRST = 4 };

static void vec_double(struct vec *vec);
static size_t vec_size(const struct vec *vec, size_t capacity);

void
vec_init(struct vec *vec, struct arena *arena, size_t item_size)
{
    assert(item_size > 0);
    *vec = (struct vec){.arena = arena, .item_size = item_size};
}

void
vec_reserve(struct vec *vec, size_t count)
{
    while (vec->capacity < count)
        vec_double(vec);
}

void *
vec_add(struct vec *vec)
{
    if (vec->count == vec->capacity)
        vec_double(vec);
    void *item = (char *)vec->items + vec->count * vec->item_size;
    vec->count++;
    unpoison(item, vec->item_size);
    memset(item, 0, vec->item_size);
    return item;
}

void *
vec_at(const struct vec *vec, size_t index)
{
    assert(index < vec->count);
    return (char *)vec->items + index * vec->item_size;
}

void
vec_add_pointer(struct vec *vec, const void *pointer)
{
    assert(vec->item_size == sizeof pointer);
    memcpy(vec_add(vec), &pointer, sizeof pointer);
}

static void
vec_double(struct vec *vec)
{
    size_t capacity = vec->capacity > 0 ? vec->capacity * 2 : VEC_FIRST;
    size_t size = vec_size(vec, capacity);
    size_t size_old = vec->capacity > 0 ? vec_size(vec, vec->capacity) : 0;
    size_t used = vec->count * vec->item_size;
    if (size_old > 0)
        unpoison(vec->items, size_old);
    vec->items = arena_grow(vec->arena, vec->items, size_old, size);
    vec->capacity = capacity;
    poison((char *)vec->items + used, size - used);
}

/* The bytes of so many items; under the address sanitizer one more, which is
 * never given out. A product that overflows is left to the arena, which refuses
 * it. */
static size_t
vec_size(const struct vec *vec, size_t capacity)
{
    size_t spare = RED_ZONE > 0 ? 1 : 0;
    return capacity >= SIZE_MAX / vec->item_size
               ? SIZE_MAX
               : (capacity + spare) * vec->item_size;
}
