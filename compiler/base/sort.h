/*
 * A stable sort with a context, which the C library's qsort lacks: the same
 * input gives the same order on every machine.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include "base/arena.h"

typedef int sort_compare(const void *a, const void *b, const void *context);

/* Merge sort; takes scratch room of the same size from `arena`, unless all are
 * in order. */
void sort_items(struct arena *arena, void *items, size_t count,
                size_t item_size, sort_compare *compare, const void *context);

#endif
