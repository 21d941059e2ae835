#include "foreign/scalar.h"

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

TestSuite(scalar, .init = open_arena, .fini = close_arena);

struct scalar_case {
    const char *plain;
    enum raw_kind kind;
    const char *text;
};

static void
expect_all(const struct scalar_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str text;
        enum raw_kind kind =
            scalar_resolve(arena, str_from(cases[i].plain), &text);
        cr_expect_eq(kind, cases[i].kind, "%s: kind %d", cases[i].plain, kind);
        cr_expect(is_str_equal(text, str_from(cases[i].text)), "%s: %.*s",
                  cases[i].plain, (int)text.len, text.at);
    }
}

Test(scalar, tells_words_apart)
{
    static const struct scalar_case cases[] = {
        {"", RAW_NULL, "null"},
        {"~", RAW_NULL, "null"},
        {"Null", RAW_NULL, "null"},
        {"nULL", RAW_TEXT, "nULL"},
        {"on", RAW_BOOL, "true"},
        {"Yes", RAW_BOOL, "true"},
        {"off", RAW_BOOL, "false"},
        {"FALSE", RAW_BOOL, "false"},
        {"y", RAW_TEXT, "y"},
        {"N", RAW_TEXT, "N"},
        {"tRUE", RAW_TEXT, "tRUE"},
        {"=", RAW_TEXT, "="},
        {"1:30", RAW_TEXT, "1:30"},
        {"2001-01-01", RAW_TEXT, "2001-01-01"},
        {"10.0.0.1", RAW_TEXT, "10.0.0.1"},
    };
    expect_all(cases, sizeof cases / sizeof cases[0]);
}

Test(scalar, reads_whole_numbers_of_each_base)
{
    static const struct scalar_case cases[] = {
        {"0", RAW_INTEGER, "0"},
        {"-0", RAW_INTEGER, "0"},
        {"+12", RAW_INTEGER, "12"},
        {"0644", RAW_INTEGER, "420"},
        {"0o17", RAW_INTEGER, "15"},
        {"-0x1F", RAW_INTEGER, "-31"},
        {"0b101", RAW_INTEGER, "5"},
        {"12_000", RAW_INTEGER, "12000"},
        {"9223372036854775807", RAW_INTEGER, "9223372036854775807"},
        {"0x", RAW_TEXT, "0x"},
        {"0b2", RAW_TEXT, "0b2"},
        {"_1", RAW_TEXT, "_1"},
        {"-", RAW_TEXT, "-"},
        {"1a", RAW_TEXT, "1a"},
    };
    expect_all(cases, sizeof cases / sizeof cases[0]);
}

Test(scalar, spells_numbers_as_all_readers_take_them)
{
    static const struct scalar_case cases[] = {
        {"1.50", RAW_NUMBER, "1.5"},
        {".5", RAW_NUMBER, "0.5"},
        {"-.25", RAW_NUMBER, "-0.25"},
        {"007.5", RAW_NUMBER, "7.5"},
        {"1.0", RAW_INTEGER, "1"},
        {"1.", RAW_INTEGER, "1"},
        {"09", RAW_INTEGER, "9"},
        {"1e3", RAW_INTEGER, "1000"},
        {"1.5E+3", RAW_INTEGER, "1500"},
        {"1e-3", RAW_NUMBER, "1.0e-3"},
        {"1e25", RAW_NUMBER, "1.0e+25"},
        {"9223372036854775808", RAW_NUMBER, "9223372036854775808"},
        {"1e", RAW_TEXT, "1e"},
        {"1e+", RAW_TEXT, "1e+"},
        {".", RAW_TEXT, "."},
        {".e1", RAW_TEXT, ".e1"},
        {"1.2.3", RAW_TEXT, "1.2.3"},
    };
    expect_all(cases, sizeof cases / sizeof cases[0]);
}

Test(scalar, knows_what_json_cannot_say)
{
    cr_expect(is_scalar_without_json(STR("-.inf")));
    cr_expect(is_scalar_without_json(STR(".NaN")));
    cr_expect_not(is_scalar_without_json(STR("inf")));
    cr_expect_not(is_scalar_without_json(STR("")));
}
