#include "base/utf8.h"

#include <criterion/criterion.h>

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

TestSuite(utf8, .init = open_arena, .fini = close_arena);

static bool
is_scalar(uint32_t code_point)
{
    return code_point < 0xD800 || code_point > 0xDFFF;
}

Test(utf8, writes_and_reads_every_code_point)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (!is_scalar(c))
            continue;
        char room[4];
        struct buf buf = {.arena = arena, .at = room, .capacity = sizeof room};
        size_t offset = 0;
        utf8_add(&buf, c);
        cr_assert_eq(utf8_next(buf_str(&buf), &offset), c, "U+%04X", c);
        cr_assert_eq(offset, buf.len);
    }
}

Test(utf8, refuses_what_the_rfc_refuses)
{
    static const struct str wrong[] = {
        STR_INIT("\x80"), /* a continuation alone */
        STR_INIT("\xbf"),
        STR_INIT("\xc0\x80"),     /* overlong NUL */
        STR_INIT("\xc1\xbf"),     /* overlong */
        STR_INIT("\xe0\x80\xaf"), /* overlong slash */
        STR_INIT("\xe0\x9f\xbf"),
        STR_INIT("\xf0\x80\x80\xaf"),
        STR_INIT("\xf0\x8f\xbf\xbf"),
        STR_INIT("\xed\xa0\x80"), /* surrogates */
        STR_INIT("\xed\xbf\xbf"),
        STR_INIT("\xf4\x90\x80\x80"), /* over U+10FFFF */
        STR_INIT("\xf5\x80\x80\x80"),
        STR_INIT("\xf8\x88\x80\x80\x80"),
        STR_INIT("\xfe"),
        STR_INIT("\xff"),
        STR_INIT("\xc3"), /* cut off */
        STR_INIT("\xe2\x82"),
        STR_INIT("\xf0\x9f\x98"),
        STR_INIT("\xc3("), /* no continuation */
        STR_INIT("\xe2\x82("),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t offset = 0;
        cr_expect_eq(utf8_next(wrong[i], &offset), UTF8_INVALID, "row %zu", i);
        cr_expect_eq(offset, 1, "row %zu moves one byte", i);
    }
}

Test(utf8, finds_the_first_wrong_byte)
{
    cr_expect_eq(utf8_invalid(STR("")), 0);
    cr_expect_eq(utf8_invalid(STR("é日😀\0x")), 11);
    cr_expect_eq(utf8_invalid(STR("é\xff日")), 2);
    cr_expect_eq(utf8_invalid(STR("ab\xe6\x97")), 2);
}

/* Wherever it stands, and from wherever one looks. */
Test(utf8, finds_what_is_no_plain_ascii)
{
    static const char odd[] = {'\0', '\t',       '\r',      0x1F,
                               0x7F, (char)0x80, (char)0xFF};
    char bytes[300];
    for (size_t at = 0; at < sizeof bytes; at++) {
        struct str text = {bytes, sizeof bytes};
        memset(bytes, at % 2 == 0 ? '\n' : '~', sizeof bytes);
        bytes[at] = odd[at % sizeof odd];
        cr_assert_eq(utf8_plain_end(text, at), at);
        cr_assert_eq(utf8_plain_end(text, at + 1), text.len);
        for (size_t from = 0; from < at; from += 7)
            cr_assert_eq(utf8_plain_end(text, from), at, "%zu", from);
    }
}

Test(utf8, counts_screen_cells)
{
    cr_expect_eq(utf8_width(STR("")), 0);
    cr_expect_eq(utf8_width(STR("abc")), 3);
    cr_expect_eq(utf8_width(STR("é")), 1);
    cr_expect_eq(utf8_width(STR("e\u0301")), 1, "a combining accent");
    cr_expect_eq(utf8_width(STR("日本")), 4);
    cr_expect_eq(utf8_width(STR("한")), 2);
    cr_expect_eq(utf8_width(STR("ｱ")), 1, "halfwidth");
    cr_expect_eq(utf8_width(STR("Ａ")), 2, "fullwidth");
    cr_expect_eq(utf8_width(STR("😀")), 2);
    cr_expect_eq(utf8_width(STR("…")), 1);
    cr_expect_eq(utf8_width(STR("\t")), 1);
    cr_expect_eq(utf8_width(STR("\xff\xfe")), 2, "wrong bytes");
}

Test(utf8, knows_what_hides)
{
    static const uint32_t hidden[] = {
        0x00AD, 0x061C, 0x200B, 0x200D, 0x200E, 0x200F,  0x202A,
        0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF, 0xE0041,
    };
    static const uint32_t seen[] = {
        'a',    ' ',    '\t',    0xE9,   0x2010,
        0x202F, 0x65E5, 0x1F600, 0xFE0F, UTF8_INVALID,
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        cr_expect(is_invisible(hidden[i]), "U+%04X", hidden[i]);
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        cr_expect(!is_invisible(seen[i]), "U+%04X", seen[i]);
}
