/*
 * What a mutated source asks as it runs: which comparison is to be the other
 * one. BRX_MUTANT holds its number; BRX_TOLD names a file where a byte each is
 * set for the mutants whose comparison would have come out differently.
 */
#ifndef MUTATION_SWITCH_H
#define MUTATION_SWITCH_H

#include <stdbool.h>

enum { MUTANTS_MAX = 1 << 16 };

extern int mutant_chosen; /* -1 for none */
extern unsigned char *mutants_told;

static inline bool
mutant_is(int id)
{
    return mutant_chosen == id;
}

static inline void
mutant_tell(int id, bool is_different)
{
    if (is_different)
        mutants_told[id] = 1;
}

static inline bool
mutant_pick(int id, bool original, bool mutated)
{
    mutant_tell(id, original != mutated);
    return mutant_is(id) ? mutated : original;
}

#define MUTANT_COMPARE(id, was, becomes, left, right)                          \
    ({                                                                         \
        __auto_type left_##id = (left);                                        \
        __auto_type right_##id = (right);                                      \
        mutant_pick(id, left_##id was right_##id,                              \
                    left_##id becomes right_##id);                             \
    })

/* With a literal on the right, which becomes the next one too. */
#define MUTANT_ZERO(id, was, becomes, left, right)                             \
    ({                                                                         \
        __auto_type left_##id = (left);                                        \
        bool is_##id =                                                         \
            mutant_pick(id, left_##id was(right), left_##id becomes(right));   \
        mutant_pick((id) + 1, is_##id, left_##id was((right) + 1LL));          \
    })
#define MUTANT_NUMBER(id, was, becomes, left, right)                           \
    ({                                                                         \
        __auto_type left_##id = (left);                                        \
        bool is_##id =                                                         \
            mutant_pick(id, left_##id was(right), left_##id becomes(right));   \
        is_##id =                                                              \
            mutant_pick((id) + 1, is_##id, left_##id was((right) + 1LL));      \
        mutant_pick((id) + 2, is_##id, left_##id was((right)-1LL));            \
    })

/* Whether the side that was not asked would have told them apart, nobody
 * knows: it counts as different. */
#define MUTANT_AND(id, left, right)                                            \
    ({                                                                         \
        bool left_##id = (left), other_##id = mutant_is(id);                   \
        bool is_##id = left_##id != other_##id ? (bool)(right) : other_##id;   \
        mutant_tell(id, !left_##id || !is_##id);                               \
        is_##id;                                                               \
    })
#define MUTANT_OR(id, left, right)                                             \
    ({                                                                         \
        bool left_##id = (left), other_##id = mutant_is(id);                   \
        bool is_##id = left_##id != other_##id ? !other_##id : (bool)(right);  \
        mutant_tell(id, left_##id || is_##id);                                 \
        is_##id;                                                               \
    })
#define MUTANT_NOT(id, operand)                                                \
    ({                                                                         \
        bool is_##id = !(operand);                                             \
        mutant_pick(id, is_##id, !is_##id);                                    \
    })

#endif
