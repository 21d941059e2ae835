#include "base/pattern.h"

#include "base/buf.h"
#include "base/limits.h"

#include <criterion/criterion.h>

static bool
is_match(struct str pattern, struct str text)
{
    struct arena *arena = arena_open();
    bool is_found = pattern_matches(arena, pattern, text);
    arena_close(arena);
    return is_found;
}

static void
expect_fault(struct str pattern, const char *fault)
{
    struct arena *arena = arena_open();
    struct str found = STR("");
    cr_expect_not(pattern_check(arena, pattern, &found));
    cr_expect(is_str_equal(found, str_from(fault)), "%.*s", (int)found.len,
              found.at);
    cr_expect_not(is_match(pattern, STR("")));
    arena_close(arena);
}

static struct str
repeated(struct arena *arena, const char *text, size_t count)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < count; i++)
        buf_add(&buf, str_from(text));
    return buf_str(&buf);
}

Test(pattern, matches_the_whole_text)
{
    cr_expect(is_match(STR("[a-z]+"), STR("abc")));
    cr_expect_not(is_match(STR("[a-z]+"), STR("abc1")));
    cr_expect_not(is_match(STR("[a-z]+"), STR("1abc")));
    cr_expect(is_match(STR("a|ab"), STR("ab")));
    cr_expect(is_match(STR("^a$"), STR("a")));
    cr_expect_not(is_match(STR("^a$"), STR("a\n")));
    cr_expect(is_match(STR(""), STR("")));
    cr_expect_not(is_match(STR(""), STR("a")));
}

Test(pattern, counts_characters_not_bytes)
{
    cr_expect(is_match(STR("."), STR("é")));
    cr_expect(is_match(STR("..."), STR("日本語")));
    cr_expect(is_match(STR("a.b"), STR("a\0b")));
    cr_expect_not(is_match(STR(".*"), STR("\xff")));
}

Test(pattern, says_what_is_wrong_and_where)
{
    expect_fault(STR("(a"), "missing closing parenthesis, after byte 2");
    expect_fault(STR("ab[c"), "missing terminating ] for character class, "
                              "after byte 4");
    expect_fault(STR("a**b"), "quantifier does not follow a repeatable item, "
                              "after byte 2");
    expect_fault(STR("\\C"), "using \\C is disabled by the application, "
                             "after byte 2");
}

Test(pattern, a_good_one_has_no_fault)
{
    struct arena *arena = arena_open();
    struct str fault = STR("untouched");
    cr_expect(pattern_check(arena, STR("^v\\d+(\\.\\d+){2}$"), &fault));
    cr_expect(is_str_equal(fault, STR("untouched")));
    arena_close(arena);
}

Test(pattern, length_has_a_limit)
{
    struct arena *arena = arena_open();
    struct str fault = STR("");
    cr_expect(pattern_check(arena, repeated(arena, "a", LIMIT_PATTERN_BYTES),
                            &fault));
    cr_expect_not(pattern_check(
        arena, repeated(arena, "a", LIMIT_PATTERN_BYTES + 1), &fault));
    cr_expect_not(pattern_check(arena, repeated(arena, "(", 10000), &fault));
    cr_expect_not(
        pattern_check(arena, STR("(((a{1000}){1000}){1000}){1000}"), &fault));
    arena_close(arena);
}

/* Each of these takes exponential time without a bound. */
Test(pattern, cannot_hang_the_compiler, .timeout = 10)
{
    struct arena *arena = arena_open();
    struct str many =
        arena_format(arena, "{}!", STRS(repeated(arena, "a", 5000)));
    static const char *const patterns[] = {
        "(a+)+b",         "(a|aa)+b",          "(a|a?)+b",  "(.*a){20}b",
        "(?=(a+))(a*)*b", "(?:a|b|ab)*c(?:x)", "((a*)*)*b", "(a*?)*?b",
        "^(?:(a)|\\1)+b", "(?R)?a*(?R)?b|a",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        cr_expect_not(is_match(str_from(patterns[i]), many), "%s", patterns[i]);
    arena_close(arena);
}

/* The bound is for patterns, not for long texts. */
Test(pattern, reads_long_texts)
{
    struct arena *arena = arena_open();
    struct str text = repeated(arena, "abc,", 50000);
    cr_expect(is_match(STR("([a-z]+,)*"), text));
    cr_expect(is_match(STR("(?s).*"), text));
    arena_close(arena);
}
