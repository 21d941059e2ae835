#include "base/sort.h"

#include <criterion/criterion.h>

struct card {
    uint32_t rank;
    uint32_t dealt; /* its place before sorting */
    char suit;      /* makes the size odd among the powers of two */
};

static struct arena *arena;

static void
open_arena(void)
{
    arena = arena_open();
}

static void
close_arena(void)
{
    arena_close(arena);
}

TestSuite(sort, .init = open_arena, .fini = close_arena);

static int
compare_ranks(const void *a, const void *b, const void *context)
{
    const struct card *left = a;
    const struct card *right = b;
    size_t *calls = *(size_t *const *)context;
    ++*calls;
    return (left->rank > right->rank) - (left->rank < right->rank);
}

static size_t
sort_cards(struct card *cards, size_t count)
{
    size_t calls = 0;
    size_t *context = &calls;
    sort_items(arena, cards, count, sizeof *cards, compare_ranks, &context);
    return calls;
}

static void
expect_sorted(const struct card *cards, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        cr_assert_leq(cards[i - 1].rank, cards[i].rank);
        if (cards[i - 1].rank == cards[i].rank)
            cr_assert_lt(cards[i - 1].dealt, cards[i].dealt);
    }
}

Test(sort, is_stable_for_every_small_count)
{
    for (size_t count = 0; count <= 40; count++) {
        struct card cards[40];
        uint32_t state = (uint32_t)count;
        for (size_t i = 0; i < count; i++) {
            state = state * 1664525U + 1013904223U;
            cards[i] = (struct card){state >> 29, (uint32_t)i, 's'};
        }
        (void)sort_cards(cards, count);
        expect_sorted(cards, count);
    }
}

Test(sort, is_stable_for_many)
{
    enum { CARDS = 50000 };
    static struct card cards[CARDS];
    uint32_t state = 1;
    uint64_t sum = 0;
    for (size_t i = 0; i < CARDS; i++) {
        state = state * 1664525U + 1013904223U;
        cards[i] = (struct card){state >> 22, (uint32_t)i, 's'};
        sum += cards[i].rank;
    }
    size_t calls = sort_cards(cards, CARDS);
    expect_sorted(cards, CARDS);
    for (size_t i = 0; i < CARDS; i++)
        sum -= cards[i].rank;
    cr_expect_eq(sum, 0, "nothing is lost");
    cr_expect_lt(calls, CARDS * 16, "n log n");
}

Test(sort, turns_a_backward_list_around)
{
    struct card cards[100];
    for (uint32_t i = 0; i < 100; i++)
        cards[i] = (struct card){99 - i, i, 's'};
    (void)sort_cards(cards, 100);
    for (uint32_t i = 0; i < 100; i++)
        cr_assert_eq(cards[i].rank, i);
}
