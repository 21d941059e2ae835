/*
 * A list that grows in an arena, by doubling. Under the address sanitizer the
 * room for items to come is poisoned.
 */
#include "base/vec.h"

enum { VEC_FIRST = 4 };

static void vec_resize(struct vec *vec, size_t capacity);
static size_t vec_size(const struct vec *vec, size_t capacity);

void
vec_reserve(struct vec *vec, size_t count)
{
    if (count >= PTRDIFF_MAX / vec->item_size)
        arena_fail(vec->arena);
    if (vec->capacity < count)
        vec_resize(vec, count);
}

void
vec_enlarge(struct vec *vec)
{
    vec_resize(vec, vec->capacity > 0 ? vec->capacity * 2 : VEC_FIRST);
}

static void
vec_resize(struct vec *vec, size_t capacity)
{
    size_t size = vec_size(vec, capacity);
    size_t size_old = vec->capacity > 0 ? vec_size(vec, vec->capacity) : 0;
    size_t used = vec->count * vec->item_size;
    if (size_old > 0)
        memory_unpoison(vec->items, size_old);
    vec->items = arena_grow(vec->arena, vec->items, size_old, size);
    vec->capacity = capacity;
    memory_poison((char *)vec->items + used, size - used);
}

/* The bytes of so many items; under the address sanitizer one more, which is
 * never given out. Twice what an arena has given cannot overflow: it gives no
 * more than half of what a size can say. */
static size_t
vec_size(const struct vec *vec, size_t capacity)
{
    size_t spare = RED_ZONE > 0 ? 1 : 0;
    return (capacity + spare) * vec->item_size;
}
