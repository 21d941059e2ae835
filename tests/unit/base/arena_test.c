#include "base/arena.h"

#include "base/poison.h"

#include <criterion/criterion.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { SHARE = 512 * 1024 };

static struct arena *arena;

static void
open_arena(void)
{
    arena = arena_open();
    cr_assert_not_null(arena);
}

static void
close_arena(void)
{
    arena_close(arena);
}

TestSuite(arena, .init = open_arena, .fini = close_arena);

static bool
is_filled(const char *at, char byte, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (at[i] != byte)
            return false;
    return true;
}

Test(arena, gives_zeroed_aligned_pieces_that_do_not_touch)
{
    enum { PIECES = 2000 };
    static char *pieces[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = arena_new(arena, i);
        cr_assert_eq((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        cr_assert(is_filled(pieces[i], 0, i));
        memset(pieces[i], (char)i, i);
    }
    for (size_t i = 0; i < PIECES; i++)
        cr_assert(is_filled(pieces[i], (char)i, i), "piece %zu", i);
}

Test(arena, gives_different_pieces_without_bytes)
{
    cr_expect_neq(arena_new(arena, 0), arena_new(arena, 0));
}

Test(arena, zeroes_again_what_a_reset_took_back)
{
    char *before = arena_new(arena, 1000);
    memset(before, 'x', 1000);
    arena_reset(arena);
    cr_expect_eq(arena_used(arena), 0);
    cr_expect(is_filled(arena_new(arena, 1000), 0, 1000));
    cr_expect_eq(arena_used(arena), 1000);
}

Test(arena, resets_after_many_chunks_and_large_pieces)
{
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < 300; i++)
            memset(arena_new(arena, 20000), 1, 20000);
        for (size_t i = 0; i < 10; i++)
            memset(arena_new(arena, 1024 * 1024), 2, 1024 * 1024);
        cr_expect_eq(arena_used(arena), 300 * 20000 + 10 * 1024 * 1024);
        arena_reset(arena);
    }
}

Test(arena, grows_the_last_piece_in_place)
{
    char *at = arena_new(arena, 10);
    memset(at, 'a', 10);
    char *grown = arena_grow(arena, at, 10, 5000);
    cr_expect_eq(grown, at);
    cr_expect(is_filled(grown, 'a', 10));
    cr_expect_eq(arena_used(arena), 5000);
}

Test(arena, moves_an_older_piece_when_it_grows)
{
    char *older = arena_new(arena, 10);
    memset(older, 'a', 10);
    char *newer = arena_new(arena, 10);
    memset(newer, 'b', 10);
    char *grown = arena_grow(arena, older, 10, 100);
    memset(grown + 10, 'c', 90);
    cr_expect_neq(grown, older);
    cr_expect(is_filled(grown, 'a', 10));
    cr_expect(is_filled(newer, 'b', 10));
}

/* So that large pieces have no room in the chunk. */
static size_t
fill_chunk(void)
{
    enum { MOST = 1900 * 1024 };
    (void)arena_new(arena, MOST);
    return MOST;
}

/* Large pieces are blocks in a list, which must hold when any of them moves. */
Test(arena, grows_large_pieces_that_lie_between_others)
{
    enum { PIECES = 5, FIRST = 400 * 1024, LAST = 3 * 1024 * 1024 };
    char *pieces[PIECES];
    size_t used = fill_chunk();
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = arena_new(arena, FIRST);
        memset(pieces[i], (char)('a' + i), FIRST);
    }
    size_t order[PIECES] = {2, 0, 4, 1, 3};
    for (size_t i = 0; i < PIECES; i++) {
        size_t piece = order[i];
        pieces[piece] = arena_grow(arena, pieces[piece], FIRST, LAST);
        memset(pieces[piece] + FIRST, 'z', LAST - FIRST);
    }
    for (size_t i = 0; i < PIECES; i++)
        cr_expect(is_filled(pieces[i], (char)('a' + i), FIRST));
    cr_expect_eq(arena_used(arena), used + (size_t)PIECES * LAST);
}

Test(arena, grows_large_pieces_that_lie_in_its_chunk)
{
    enum { FIRST = 500 * 1024, LAST = 900 * 1024 };
    char *pieces[3];
    for (size_t i = 0; i < 3; i++) {
        pieces[i] = arena_new(arena, FIRST);
        memset(pieces[i], (char)('a' + i), FIRST);
    }
    for (size_t i = 0; i < 3; i++) {
        pieces[i] = arena_grow(arena, pieces[i], FIRST, LAST);
        memset(pieces[i] + FIRST, 'z', LAST - FIRST);
    }
    for (size_t i = 0; i < 3; i++)
        cr_expect(is_filled(pieces[i], (char)('a' + i), FIRST));
}

/* Byte by byte; under the address sanitizer, which looks at all of it each
 * time, in steps of a prime. */
Test(arena, grows_from_nothing_in_small_steps)
{
    enum { STEP = RED_ZONE > 0 ? 311 : 1, LEN = 311 * 1500 };
    char *at = NULL;
    for (size_t len = 0; len < LEN; len += STEP) {
        at = arena_grow(arena, at, len, len + STEP);
        for (size_t i = len; i < len + STEP; i++)
            at[i] = (char)i;
    }
    for (size_t i = 0; i < LEN; i++)
        cr_assert_eq(at[i], (char)i);
}

Test(arena, jumps_when_a_size_is_impossible)
{
    size_t sizes[] = {SIZE_MAX, SIZE_MAX - 8, SIZE_MAX / 2 + 1};
    for (volatile size_t i = 0; i < 3; i++) {
        jmp_buf recovery;
        volatile bool has_failed = true;
        if (setjmp(recovery) == 0) {
            arena_recover(arena, &recovery);
            (void)arena_new(arena, sizes[i]);
            has_failed = false;
        }
        cr_expect(has_failed);
    }
}

Test(arena, jumps_when_a_product_overflows)
{
    jmp_buf recovery;
    volatile bool has_failed = true;
    if (setjmp(recovery) == 0) {
        arena_recover(arena, &recovery);
        (void)arena_array(arena, SIZE_MAX / 4 + 2, 4);
        has_failed = false;
    }
    cr_expect(has_failed);
    cr_expect_not_null(arena_new(arena, 10), "still of use");
}

static void
add_digit(void *thing)
{
    int *number = thing;
    *number = *number * 10 + *number % 10 + 1;
}

Test(arena, releases_what_is_held_before_it_jumps)
{
    static int number;
    static struct hold outer = {.release = add_digit, .thing = &number};
    static struct hold inner = {.release = add_digit, .thing = &number};
    static struct hold gone = {.release = add_digit, .thing = &number};
    jmp_buf recovery;
    if (setjmp(recovery) == 0) {
        arena_recover(arena, &recovery);
        arena_hold(arena, &outer);
        arena_hold(arena, &gone);
        arena_let_go(arena, &gone);
        arena_hold(arena, &inner);
        cr_expect_eq(number, 0, "not before");
        arena_fail(arena);
    }
    cr_expect_eq(number, 12, "each once: %d", number);
    arena_recover(arena, NULL);
}

Test(arena, has_a_scratch_that_fails_as_it_does)
{
    static int number;
    static struct hold outer = {.release = add_digit, .thing = &number};
    static struct hold inner = {.release = add_digit, .thing = &number};
    jmp_buf recovery;
    struct arena *const scratch = arena_open_inner(arena, SHARE);
    number = 0;
    if (setjmp(recovery) == 0) {
        arena_recover(arena, &recovery);
        arena_hold(scratch, &outer);
        arena_hold(arena, &inner);
        arena_fail(scratch);
    }
    cr_expect_eq(number, 12, "each once: %d", number);
    arena_recover(arena, NULL);
    arena_close(scratch);
    cr_expect_not_null(arena_open_inner(arena, SHARE), "closed with the arena");
    cr_expect_not_null(arena_open_inner(arena, SHARE), "several");
}

Test(arena, has_others_inside_that_leave_it_as_it_is)
{
    char *before = arena_new(arena, 1000);
    memset(before, 'a', 1000);
    for (size_t round = 0; round < 20; round++) {
        struct arena *inner = arena_open_inner(arena, SHARE);
        struct arena *innermost = arena_open_inner(inner, SHARE);
        for (size_t i = 0; i < 100; i++) {
            memset(arena_new(inner, 10000), 'b', 10000);
            memset(arena_new(innermost, 10000), 'c', 10000);
            memset(arena_new(arena, 1000), 'd', 1000);
        }
        memset(arena_new(innermost, 1024 * 1024), 'e', 1024 * 1024);
        arena_reset(inner); /* with what is inside it */
        memset(arena_new(inner, 10000), 'f', 10000);
        arena_close(inner);
    }
    cr_expect(is_filled(before, 'a', 1000));
}

Test(arena, fills_again_what_a_reset_took_back)
{
    char *first[3];
    fill_chunk();
    for (size_t i = 0; i < 3; i++)
        first[i] = arena_new(arena, 700 * 1000);
    arena_reset(arena);
    fill_chunk();
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(arena_new(arena, 600 * 1000), first[i]);
}

Test(arena, copies_texts)
{
    struct str copy = arena_copy(arena, STR("a\0b"));
    cr_expect(is_str_equal(copy, STR("a\0b")));
    cr_expect(is_str_empty(arena_copy(arena, (struct str){NULL, 0})));
    cr_expect_str_eq(arena_cstr(arena, STR("name")), "name");
    cr_expect_str_eq(arena_cstr(arena, (struct str){NULL, 0}), "");
}

Test(arena, formats_texts)
{
    struct str text =
        arena_format(arena, "{{x} is {}, not {}.", STRS(STR("a{}"), STR("")));
    cr_expect(is_str_equal(text, STR("{x} is a{}, not .")));
    cr_expect(is_str_empty(arena_format(arena, "", NO_STRS)));
    cr_expect(is_str_equal(arena_number(arena, INT64_MIN),
                           STR("-9223372036854775808")));
}

#ifdef HAS_ADDRESS_SANITIZER
Test(arena, poisons_all_that_is_not_given_out)
{
    char *at = arena_new(arena, 10);
    char *large = arena_new(arena, 500 * 1024);
    cr_expect(!__asan_address_is_poisoned(at + 9));
    cr_expect(__asan_address_is_poisoned(at + 10));
    cr_expect(__asan_address_is_poisoned(large + 500 * 1024));
    arena_reset(arena);
    cr_expect(__asan_address_is_poisoned(at));
    cr_expect(__asan_address_is_poisoned(large));
}
#endif

Test(arena, closes_nothing)
{
    arena_close(NULL);
}
