/*
 * The table of words against itself.
 */
#include "schema/schema.h"

#include <criterion/criterion.h>

/* On a `run` line clauses follow one another, and the innermost open word takes
 * what it knows: a clause of a clause must not hide a word of `run`. */
Test(schema, clauses_hide_no_word_of_run)
{
    struct arena *arena = arena_open();
    const struct schema *schema = schema_new(arena);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *outer = schema_word((enum word_id)i);
        if (!stands_in(outer, PLACE_RUN) || !takes_clauses(outer->opens))
            continue;
        for (size_t j = 0; j < WORD_COUNT; j++) {
            const struct word *inner = schema_word((enum word_id)j);
            if (stands_in(inner, outer->opens))
                cr_expect_null(
                    schema_find(schema, PLACE_RUN, str_from(inner->name)),
                    "`%s` of `%s` hides the word of `run`", inner->name,
                    outer->name);
        }
    }
    arena_close(arena);
}

static bool
is_place_shared(const struct word *a, const struct word *b)
{
    for (size_t place = 1; place < PLACE_COUNT; place++) {
        if (stands_in(a, (enum place)place) && stands_in(b, (enum place)place))
            return true;
    }
    return false;
}

/* Two rows of one name in one place could not be told apart. */
Test(schema, a_place_has_each_word_once)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *a = schema_word((enum word_id)i);
        for (size_t j = i + 1; j < WORD_COUNT; j++) {
            const struct word *b = schema_word((enum word_id)j);
            bool is_same = is_str_equal(str_from(a->name), str_from(b->name));
            cr_expect(!is_same || !is_place_shared(a, b),
                      "`%s` stands twice in one place", a->name);
        }
    }
}

/* A required argument behind an optional one is dealt out from the right;
 * one that takes the rest must be the last. */
Test(schema, only_the_last_argument_takes_the_rest)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = schema_word((enum word_id)i);
        size_t count = argument_rule_count(word);
        for (size_t j = 0; j + 1 < count; j++)
            cr_expect(word->arguments[j].shape != SHAPE_REST, "`%s`",
                      word->name);
    }
}
