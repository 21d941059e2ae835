/*
 * A merge sort from the bottom up: runs of one item, then of two, of four …
 * What is in order already is only looked at, or copied.
 */
#include "base/sort.h"

#include <string.h>

/* What one pass knows: runs of `width` items go from `from` to `to`. */
struct pass {
    char *from;
    char *to;
    size_t count;
    size_t item_size;
    size_t width;
    sort_compare *compare;
    const void *context;
};

static bool is_in_order(const struct pass *pass);
static bool is_before(const struct pass *pass, size_t a, size_t b);
static void sort_pass(const struct pass *pass);
static void merge_runs(const struct pass *pass, size_t start);
static size_t run_end(const struct pass *pass, size_t start);

void
sort_items(struct arena *arena, void *items, size_t count, size_t item_size,
           sort_compare *compare, const void *context)
{
    struct pass pass = {items, NULL, count, item_size, 1, compare, context};
    if (is_in_order(&pass))
        return;
    pass.to = arena_array(arena, count, item_size);
    for (; pass.width < count; pass.width *= 2) {
        sort_pass(&pass);
        char *sorted = pass.to;
        pass.to = pass.from;
        pass.from = sorted;
    }
    if (pass.from != items)
        memcpy(items, pass.from, count * item_size);
}

static bool
is_in_order(const struct pass *pass)
{
    size_t i = 1;
    while (i < pass->count && is_before(pass, i - 1, i))
        i++;
    return i >= pass->count;
}

/* Or equal, and so in its place already. */
static bool
is_before(const struct pass *pass, size_t a, size_t b)
{
    return pass->compare(pass->from + a * pass->item_size,
                         pass->from + b * pass->item_size, pass->context) <= 0;
}

static void
sort_pass(const struct pass *pass)
{
    size_t start = 0;
    while (start < pass->count) {
        merge_runs(pass, start);
        start = run_end(pass, run_end(pass, start));
    }
}

/* The run at `start` and the one behind it become one. */
static void
merge_runs(const struct pass *pass, size_t start)
{
    size_t size = pass->item_size;
    size_t left = start;
    size_t middle = run_end(pass, start);
    size_t right = middle;
    size_t end = run_end(pass, middle);
    if (right == end || is_before(pass, middle - 1, middle)) {
        memcpy(pass->to + start * size, pass->from + start * size,
               (end - start) * size);
        return;
    }
    for (size_t out = start; out < end; out++) {
        /* Equal items keep their order: the left one goes first. */
        bool is_left =
            right == end || (left < middle && is_before(pass, left, right));
        size_t next = is_left ? left++ : right++;
        memcpy(pass->to + out * size, pass->from + next * size, size);
    }
}

static size_t
run_end(const struct pass *pass, size_t start)
{
    return pass->count - start > pass->width ? start + pass->width
                                             : pass->count;
}
