#include "base/vec.h"

#include "base/poison.h"

#include <criterion/criterion.h>
#include <signal.h>

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

TestSuite(vec, .init = open_arena, .fini = close_arena);

Test(vec, keeps_order_and_zeroes_new_items)
{
    struct item {
        size_t number;
        size_t untouched;
    };
    struct vec vec;
    vec_init(&vec, arena, sizeof(struct item));
    for (size_t i = 0; i < 100000; i++) {
        struct item *item = vec_add(&vec);
        cr_assert_eq(item->number, 0);
        cr_assert_eq(item->untouched, 0);
        item->number = i;
    }
    const struct item *items = vec.items;
    for (size_t i = 0; i < vec.count; i++)
        cr_assert_eq(items[i].number, i);
    cr_expect_eq(vec.count, 100000);
    cr_expect_eq(vec_at(&vec, 99999), &items[99999]);
}

Test(vec, keeps_items_of_three_bytes_apart)
{
    struct vec vec;
    vec_init(&vec, arena, 3);
    for (size_t i = 0; i < 1000; i++)
        ((char *)vec_add(&vec))[2] = (char)i;
    for (size_t i = 0; i < 1000; i++)
        cr_assert_eq(((const char *)vec_at(&vec, i))[2], (char)i);
}

Test(vec, does_not_move_in_what_is_reserved)
{
    struct vec vec;
    vec_init(&vec, arena, sizeof(size_t));
    vec_reserve(&vec, 100);
    const void *items = vec.items;
    for (size_t i = 0; i < 100; i++) {
        (void)arena_new(arena, 1);
        *(size_t *)vec_next(&vec) = i;
    }
    vec_reserve(&vec, 50);
    cr_expect_eq(vec.items, items);
    cr_expect_eq(*(const size_t *)vec_at(&vec, 99), 99);
}

Test(vec, keeps_pointers)
{
    struct vec vec;
    int target = 0;
    vec_init(&vec, arena, sizeof(int *));
    vec_add_pointer(&vec, &target);
    vec_add_pointer(&vec, NULL);
    cr_expect_eq(*(int **)vec_at(&vec, 0), &target);
    cr_expect_null(*(int **)vec_at(&vec, 1));
}

#ifdef HAS_ADDRESS_SANITIZER
Test(vec, poisons_the_room_for_items_to_come)
{
    struct vec vec;
    vec_init(&vec, arena, sizeof(size_t));
    for (size_t i = 0; i < 10; i++) {
        size_t *item = vec_add(&vec);
        cr_expect(!__asan_address_is_poisoned(item));
        cr_expect(__asan_address_is_poisoned(item + 1));
    }
}
#endif

Test(vec, refuses_an_index_behind_the_end, .signal = SIGABRT)
{
    struct vec vec;
    vec_init(&vec, arena, 1);
    (void)vec_add(&vec);
    (void)vec_at(&vec, 1);
}
