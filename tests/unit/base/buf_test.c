#include "base/buf.h"

#include <criterion/criterion.h>
#include <signal.h>

static struct arena *arena;
static struct buf buf;

static void
open_buf(void)
{
    arena = arena_open();
    buf_init(&buf, arena);
}

static void
close_buf(void)
{
    arena_close(arena);
}

TestSuite(buf, .init = open_buf, .fini = close_buf);

Test(buf, is_empty_at_first)
{
    cr_expect(is_str_empty(buf_str(&buf)));
    cr_expect_not_null(buf_str(&buf).at);
    buf_add(&buf, (struct str){NULL, 0});
    buf_repeat(&buf, 'x', 0);
    cr_expect_eq(buf.len, 0);
}

Test(buf, adds_texts_with_nul)
{
    buf_add(&buf, STR("a\0"));
    buf_byte(&buf, '\0');
    buf_add(&buf, STR("b"));
    cr_expect(is_str_equal(buf_str(&buf), STR("a\0\0b")));
}

Test(buf, grows_to_a_megabyte_and_keeps_all)
{
    for (size_t i = 0; i < 1024 * 1024; i++)
        buf_byte(&buf, (char)i);
    cr_expect_eq(buf.len, 1024 * 1024);
    for (size_t i = 0; i < buf.len; i++)
        cr_assert_eq(buf.at[i], (char)i);
}

Test(buf, two_can_grow_in_turns)
{
    struct buf other;
    buf_init(&other, arena);
    for (size_t i = 0; i < 50000; i++) {
        buf_add(&buf, STR("ab"));
        buf_add(&other, STR("xyz"));
    }
    cr_expect_eq(buf.len, 100000);
    cr_expect_eq(other.len, 150000);
    cr_expect(has_suffix(buf_str(&buf), STR("abab")));
    cr_expect(has_suffix(buf_str(&other), STR("xyzxyz")));
}

Test(buf, adds_a_text_longer_than_all_it_has)
{
    buf_byte(&buf, '[');
    buf_repeat(&buf, '-', 1024 * 1024);
    buf_byte(&buf, ']');
    cr_expect_eq(buf.len, 1024 * 1024 + 2);
    cr_expect_eq(buf.at[buf.len - 1], ']');
}

Test(buf, writes_numbers)
{
    static const int64_t numbers[] = {0, -1, 10, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        buf_number(&buf, numbers[i]);
        buf_byte(&buf, ' ');
    }
    cr_expect(
        is_str_equal(buf_str(&buf),
                     STR("0 -1 10 9223372036854775807 -9223372036854775808 ")));
}

Test(buf, formats_each_hole_once)
{
    buf_format(&buf, "{}{}{{}", STRS(STR("{}"), STR("b")));
    cr_expect(is_str_equal(buf_str(&buf), STR("{}b{}")));
}

Test(buf, refuses_too_few_texts, .signal = SIGABRT)
{
    buf_format(&buf, "{} {}", STRS(STR("one")));
}

Test(buf, refuses_too_many_texts, .signal = SIGABRT)
{
    buf_format(&buf, "{}", STRS(STR("one"), STR("two")));
}

Test(buf, refuses_a_lone_brace, .signal = SIGABRT)
{
    buf_format(&buf, "a {b}", NO_STRS);
}
