/*
 * A merge sort from the bottom up: runs of one item, then of two, of four …
 */
#include "base/sort.h"

#include <string.h>

/* What one pass knows: runs of `width` items go from `from` to `to`. */
struct pass {
    const char *from;
    char *to;
    size_t count;
    size_t item_size;
    size_t width;
    sort_compare *compare;
    const void *context;
};

static void sort_pass(const struct pass *pass);
static void merge_runs(const struct pass *pass, size_t start);
static size_t run_end(const struct pass *pass, size_t start);

void
sort_items(struct arena *arena, void *items, size_t count, size_t item_size,
           sort_compare *compare, const void *context)
{
    if (count < 2)
        return;
    char *from = items;
    char *to = arena_array(arena, count, item_size);
    for (size_t width = 1; width < count; width *= 2) {
        sort_pass(&(struct pass){from, to, count, item_size, width, compare,
                                 context});
        char *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != items)
        memcpy(items, from, count * item_size);
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
    size_t left = start;
    size_t middle = run_end(pass, start);
    size_t right = middle;
    size_t end = run_end(pass, middle);
    for (size_t out = start; out < end; out++) {
        const char *a = pass->from + left * pass->item_size;
        const char *b = pass->from + right * pass->item_size;
        /* Equal items keep their order: the left one goes first. */
        bool is_left =
            right == end ||
            (left < middle && pass->compare(a, b, pass->context) <= 0);
        memcpy(pass->to + out * pass->item_size, is_left ? a : b,
               pass->item_size);
        if (is_left)
            left++;
        else
            right++;
    }
}

static size_t
run_end(const struct pass *pass, size_t start)
{
    return pass->count - start > pass->width ? start + pass->width
                                             : pass->count;
}
