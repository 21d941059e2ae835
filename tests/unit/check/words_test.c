#include "check/words.h"

#include <criterion/criterion.h>

static void
expect(const char *text, const char *word, bool has, bool ends)
{
    cr_expect_eq(has_word(str_from(text), word), has, "`%s` in `%s`", word,
                 text);
    cr_expect_eq(ends_with_word(str_from(text), word), ends,
                 "`%s` at the end of `%s`", word, text);
}

Test(words, whole_words_alone_count)
{
    expect("sendgrid-test", "test", true, true);
    expect("test", "test", true, true);
    expect("TEST.example.com", "test", true, false);
    expect("latest", "test", false, false);
    expect("testing", "test", false, false);
    expect("contest-test-x", "test", true, false);
    expect("", "test", false, false);
    expect("tes", "test", false, false);
}

Test(words, digits_bound_a_word_and_letters_of_any_script_do_not)
{
    expect("test2", "test", true, false);
    expect("2test", "test", true, true);
    expect("pr\xc3\xb6test", "test", false, false);
    expect("\xc3\xb6test", "test", false, false);
    expect("test\xc3\xb6", "test", false, false);
}

Test(words, an_underscore_stands_for_one_separator)
{
    expect("ENABLE_RATE_LIMIT", "RATE_LIMIT", true, true);
    expect("rate-limit.on", "RATE_LIMIT", true, false);
    expect("RATELIMIT", "RATE_LIMIT", false, false);
    expect("RATE1LIMIT", "RATE_LIMIT", false, false);
    expect("RATE__LIMIT", "RATE_LIMIT", false, false);
}

Test(words, a_table_gives_the_first_that_stands)
{
    static const char *const words[] = {"mock", "sandbox", NULL};
    static const char *const none[] = {NULL};
    cr_expect_str_eq(word_find(STR("a.sandbox.b"), words), "sandbox");
    cr_expect_null(last_word_find(STR("a.sandbox.b"), words));
    cr_expect_str_eq(last_word_find(STR("MY_MOCK"), words), "mock");
    cr_expect_null(word_find(STR("mock"), none));
}
