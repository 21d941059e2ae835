#include "base/map.h"

#include <criterion/criterion.h>

static struct arena *arena;
static struct map map;

static void
open_map(void)
{
    arena = arena_open();
    map_init(&map, arena);
}

static void
close_map(void)
{
    arena_close(arena);
}

TestSuite(map, .init = open_map, .fini = close_map);

Test(map, finds_nothing_when_empty)
{
    cr_expect_null(map_find(&map, STR("")));
    cr_expect_null(map_find(&map, STR("api")));
}

Test(map, finds_a_hundred_thousand_keys)
{
    enum { KEYS = 100000 };
    static int values[KEYS];
    for (int i = 0; i < KEYS; i++)
        map_put(&map, arena_number(arena, i), &values[i]);
    cr_expect_eq(map.count, KEYS);
    for (int i = 0; i < KEYS; i++)
        cr_assert_eq(map_find(&map, arena_number(arena, i)), &values[i]);
    cr_expect_null(map_find(&map, STR("100000")));
    cr_expect_null(map_find(&map, STR("-1")));
}

Test(map, replaces_a_value_and_counts_its_key_once)
{
    int first = 0;
    int second = 0;
    map_put(&map, STR("api"), &first);
    map_put(&map, STR("api"), &second);
    cr_expect_eq(map_find(&map, STR("api")), &second);
    cr_expect_eq(map.count, 1);
}

/* Keys that differ only behind, within or before a word of eight bytes. */
Test(map, tells_similar_keys_apart)
{
    static const struct str keys[] = {
        STR_INIT(""),           STR_INIT("\0"),        STR_INIT("\0\0"),
        STR_INIT("a"),          STR_INIT("a\0"),       STR_INIT("12345678"),
        STR_INIT("12345678\0"), STR_INIT("123456789"), STR_INIT("12345679"),
        STR_INIT("A"),          STR_INIT("02345678"),
    };
    enum { KEYS = sizeof keys / sizeof *keys };
    static int values[KEYS];
    for (size_t i = 0; i < KEYS; i++)
        map_put(&map, keys[i], &values[i]);
    cr_expect_eq(map.count, KEYS);
    for (size_t i = 0; i < KEYS; i++)
        cr_expect_eq(map_find(&map, keys[i]), &values[i], "key %zu", i);
}

Test(map, takes_a_key_of_a_megabyte)
{
    enum { LEN = 1024 * 1024 };
    char *long_key = arena_new(arena, LEN);
    int value = 0;
    map_put(&map, (struct str){long_key, LEN}, &value);
    cr_expect_eq(map_find(&map, (struct str){long_key, LEN}), &value);
    cr_expect_null(map_find(&map, (struct str){long_key, LEN - 1}));
}

Test(map, gives_what_it_replaces)
{
    static const int first;
    static const int second;
    cr_expect_null(map_put(&map, STR("api"), &first));
    cr_expect_eq(map_put(&map, STR("api"), &second), &first);
    cr_expect_eq(map_find(&map, STR("api")), &second);
    cr_expect_eq(map.count, 1u);
}

Test(map, does_not_grow_within_what_is_reserved)
{
    static const int value;
    map_put(&map, STR("api"), &value);
    map_reserve(&map, 1000);
    size_t capacity = map.capacity;
    for (int i = 1; i < 1000; i++)
        map_put(&map, arena_number(arena, i), &value);
    cr_expect_eq(map.capacity, capacity);
    cr_expect_eq(map_find(&map, STR("api")), &value);
    map_reserve(&map, 10);
    cr_expect_eq(map.capacity, capacity);
}
