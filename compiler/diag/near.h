/*
 * The nearest right word for a wrong one: Damerau-Levenshtein distance (with
 * adjacent transpositions), at most 2, and less than half of the word.
 */
#ifndef DIAG_NEAR_H
#define DIAG_NEAR_H

#include "base/str.h"

/* Keeps the best candidate seen so far. Start from {.wanted = text}. */
struct near {
    struct str wanted;
    struct str best; /* empty while none is near enough */
    size_t distance;
};

void near_offer(struct near *near, struct str candidate);

#endif
