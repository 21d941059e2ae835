#include "diag/near.h"

#include <criterion/criterion.h>

static struct str
nearest(const char *wanted)
{
    static const struct str words[] = {
        STR_INIT("branch"),  STR_INIT("tag"), STR_INIT("tags"),
        STR_INIT("memory"),  STR_INIT("cpu"), STR_INIT("of"),
        STR_INIT("service"), STR_INIT(""),
    };
    struct near near = {.wanted = str_from(wanted)};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        near_offer(&near, words[i]);
    return near.best;
}

Test(near, finds_words_with_one_or_two_faults)
{
    cr_expect(is_str_equal(nearest("brnach"), STR("branch")), "swap");
    cr_expect(is_str_equal(nearest("branc"), STR("branch")), "missing");
    cr_expect(is_str_equal(nearest("brannch"), STR("branch")), "doubled");
    cr_expect(is_str_equal(nearest("vranch"), STR("branch")), "wrong");
    cr_expect(is_str_equal(nearest("brnahc"), STR("branch")), "two swaps");
    cr_expect(is_str_equal(nearest("cup"), STR("cpu")), "short swap");
    cr_expect(is_str_equal(nearest("emmroy"), STR("memory")), "both ends");
}

Test(near, finds_nothing_for_a_different_word)
{
    static const char *const far[] = {
        "", "x", "on", "bnarhc", "zzzzzz", "cat", "br", "servicesss",
    };
    for (size_t i = 0; i < sizeof far / sizeof *far; i++)
        cr_expect(is_str_empty(nearest(far[i])), "%s", far[i]);
}

Test(near, prefers_the_nearest_and_then_the_first)
{
    struct near near = {.wanted = STR("tagg")};
    near_offer(&near, STR("ragg"));
    near_offer(&near, STR("tags"));
    cr_expect(is_str_equal(near.best, STR("ragg")));
    near = (struct near){.wanted = STR("tagsy")};
    near_offer(&near, STR("tag"));
    near_offer(&near, STR("tags"));
    cr_expect(is_str_equal(near.best, STR("tags")));
    cr_expect_eq(near.distance, 1);
}

Test(near, compares_no_huge_words)
{
    static char text[1024 * 1024];
    struct near near = {.wanted = {text, sizeof text}};
    near_offer(&near, (struct str){text, sizeof text - 1});
    cr_expect(is_str_empty(near.best));
    near = (struct near){.wanted = {text, 64}};
    near_offer(&near, (struct str){text, 63});
    cr_expect_eq(near.best.len, 63);
}
