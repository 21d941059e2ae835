#include "base/str.h"

#include <criterion/criterion.h>

Test(str, cuts_at_a_separator_until_nothing_is_left)
{
    struct str rest = STR("a,,b");
    cr_expect(is_str_equal(str_cut(&rest, ','), STR("a")));
    cr_expect(is_str_equal(str_cut(&rest, ','), STR("")));
    cr_expect(is_str_equal(str_cut(&rest, ','), STR("b")));
    cr_expect(is_str_empty(rest));
    cr_expect(is_str_equal(str_cut(&rest, ','), STR("")));
}

Test(str, knows_nul_as_an_ordinary_byte)
{
    cr_expect_eq(STR("a\0b").len, 3);
    cr_expect(!is_str_equal(STR("a\0b"), STR("a\0c")));
    cr_expect(has_byte(STR("a\0b"), '\0'));
    cr_expect(!has_byte(STR("ab"), '\0'));
    cr_expect_eq(str_index(STR("a\0b"), 'b', 0), 2);
}

Test(str, takes_null_for_an_empty_text)
{
    struct str none = {NULL, 0};
    cr_expect(is_str_equal(none, STR("")));
    cr_expect_eq(str_compare(none, STR("")), 0);
    cr_expect(is_str_empty(str_trim(none)));
    cr_expect(has_prefix(none, none));
    cr_expect_eq(str_index(none, 'x', 0), 0);
}

Test(str, compares_by_bytes_and_then_length)
{
    cr_expect_lt(str_compare(STR("ab"), STR("abc")), 0);
    cr_expect_gt(str_compare(STR("b"), STR("abc")), 0);
    cr_expect_gt(str_compare(STR("\xff"), STR("a")), 0);
    cr_expect_eq(str_compare(STR("abc"), STR("abc")), 0);
}

Test(str, ignores_the_case_of_ascii_letters_alone)
{
    cr_expect(is_str_equal_nocase(STR("TxT@["), STR("tXt@[")));
    cr_expect(!is_str_equal_nocase(STR("@"), STR("`")));
    cr_expect(!is_str_equal_nocase(STR("É"), STR("é")));
    cr_expect(!is_str_equal_nocase(STR("a"), STR("ab")));
}

Test(str, finds_both_ends)
{
    cr_expect(has_prefix(STR("main.brx"), STR("main")));
    cr_expect(!has_prefix(STR("ma"), STR("main")));
    cr_expect(has_suffix(STR("main.brx"), STR(".brx")));
    cr_expect(!has_suffix(STR("brx"), STR(".brx")));
    cr_expect(has_suffix(STR("x"), STR("")));
}

Test(str, trims_white_space_at_both_ends)
{
    cr_expect(is_str_equal(str_trim(STR(" \t\r\n a b \v\f")), STR("a b")));
    cr_expect(is_str_equal(str_trim(STR("   ")), STR("")));
    cr_expect(is_str_equal(str_trim(STR("\xc2\xa0x")), STR("\xc2\xa0x")));
}

Test(str, reads_numbers_up_to_the_largest)
{
    int64_t number = -1;
    cr_expect(str_to_number(STR("9223372036854775807"), &number));
    cr_expect_eq(number, INT64_MAX);
    cr_expect(str_to_number(STR("0007"), &number));
    cr_expect_eq(number, 7);
    cr_expect(str_to_number(STR("0"), &number));
    cr_expect_eq(number, 0);
}

Test(str, refuses_what_is_no_number)
{
    static const char *const wrong[] = {
        "",
        "-1",
        "+1",
        " 1",
        "1 ",
        "0x1",
        "1.0",
        "9223372036854775808",
        "99999999999999999999",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t number = 42;
        cr_expect(!str_to_number(str_from(wrong[i]), &number), "%s", wrong[i]);
        cr_expect_eq(number, 42);
    }
}
