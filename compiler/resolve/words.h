/*
 * Which word of the schema a statement begins with.
 */
#ifndef RESOLVE_WORDS_H
#define RESOLVE_WORDS_H

#include "diag/near.h"
#include "resolve/resolver.h"

/* The word of that name in the place. One that is not known there is reported,
 * and the nearest known one is given in its stead, or NULL. */
const struct word *find_word(struct resolver *resolver, enum place place,
                             const struct argument *name);
/* Offers the words that can stand in `place` as the nearest right one. */
void offer_words(struct near *near, enum place place);
/* Leaves near->best empty when the word belongs elsewhere, and is not simply
 * misspelled. */
void report_unknown_word(struct resolver *resolver, enum place place,
                         struct str name, struct span span, struct near *near);

#endif
