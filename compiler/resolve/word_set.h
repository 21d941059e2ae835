/*
 * Which words a block says: one bit a word, so that to ask for a word that is
 * not there, as most questions do, costs nothing.
 */
#ifndef RESOLVE_WORD_SET_H
#define RESOLVE_WORD_SET_H

#include "schema/schema.h"

struct word_set {
    uint64_t bits[(WORD_COUNT + 63) / 64];
};

static inline bool
word_set_has(const struct word_set *set, enum word_id id)
{
    return (set->bits[(unsigned)id / 64] >> ((unsigned)id % 64) & 1) != 0;
}

static inline void
word_set_add(struct word_set *set, enum word_id id)
{
    set->bits[(unsigned)id / 64] |= UINT64_C(1) << ((unsigned)id % 64);
}

static inline void
word_set_join(struct word_set *set, const struct word_set *other)
{
    for (size_t i = 0; i < sizeof set->bits / sizeof set->bits[0]; i++)
        set->bits[i] |= other->bits[i];
}

#endif
