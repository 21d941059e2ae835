#include "ir/value.h"

#include <criterion/criterion.h>

static struct value
text_value(struct str text)
{
    return (struct value){.kind = VALUE_TEXT, .type = TYPE_TEXT, .text = text};
}

static struct value
number_value(int64_t number, struct str text)
{
    return (struct value){.kind = VALUE_NUMBER,
                          .type = TYPE_MEMORY,
                          .number = number,
                          .text = text};
}

static struct value
items_value(enum value_kind kind, const struct value *items, size_t count)
{
    return (struct value){.kind = kind,
                          .type = TYPE_MEMORY,
                          .items = items,
                          .item_count = (uint32_t)count};
}

Test(value, known_is_what_can_be_emitted)
{
    struct value text = text_value(STR(""));
    cr_expect(is_value_known(&text));
    cr_expect_not(is_value_known(NULL));
    cr_expect_not(is_value_known(&(struct value){.kind = VALUE_HOLE}));
    cr_expect_not(is_value_known(&(struct value){.kind = VALUE_POISON}));
}

Test(value, a_hole_deep_inside_is_not_known)
{
    struct value items[2] = {text_value(STR("a")), {.kind = VALUE_HOLE}};
    struct value list = items_value(VALUE_LIST, items, 2);
    struct value outer = items_value(VALUE_LIST, &list, 1);
    cr_expect_not(is_value_known(&outer));
    items[1] = text_value(STR("b"));
    cr_expect(is_value_known(&outer));
    struct value empty = items_value(VALUE_LIST, NULL, 0);
    cr_expect(is_value_known(&empty));
}

Test(value, poison)
{
    struct value text = text_value(STR("x"));
    cr_expect(is_value_poison(&(struct value){.kind = VALUE_POISON}));
    cr_expect_not(is_value_poison(&text));
    cr_expect_not(is_value_poison(NULL));
}

Test(value, nulls_are_equal_to_each_other_only)
{
    struct value text = text_value(STR(""));
    cr_expect(is_value_equal(NULL, NULL));
    cr_expect_not(is_value_equal(NULL, &text));
    cr_expect_not(is_value_equal(&text, NULL));
}

Test(value, texts)
{
    struct value a = text_value(STR("a"));
    struct value b = text_value(STR("a"));
    b.span = (struct span){7, 9};
    cr_expect(is_value_equal(&a, &b), "places do not count");
    b.text = STR("A");
    cr_expect_not(is_value_equal(&a, &b));
    b = a;
    b.type = TYPE_HOST;
    cr_expect_not(is_value_equal(&a, &b));
}

Test(value, run_time_names_count)
{
    const struct text_part is_name = {true, STR_INIT("git.sha")};
    const struct text_part is_text = {false, STR_INIT("git.sha")};
    const struct text_parts name = {1, &is_name};
    const struct text_parts text = {1, &is_text};
    struct value a = text_value(STR(""));
    struct value b = text_value(STR(""));
    a.parts = &name;
    cr_expect_not(is_value_equal(&a, &b));
    b.parts = &text;
    cr_expect_not(is_value_equal(&a, &b));
    b.parts = &name;
    cr_expect(is_value_equal(&a, &b));
}

Test(value, numbers_are_equal_in_any_spelling)
{
    struct value a = number_value(536870912, STR("512Mi"));
    struct value b = number_value(536870912, STR("0.5Gi"));
    cr_expect(is_value_equal(&a, &b));
    b.number++;
    cr_expect_not(is_value_equal(&a, &b));
}

Test(value, lists_and_ranges_go_by_their_items)
{
    const struct value items[] = {number_value(1, STR("1")),
                                  number_value(2, STR("2"))};
    struct value a = items_value(VALUE_RANGE, items, 2);
    struct value b = items_value(VALUE_LIST, items, 2);
    cr_expect_not(is_value_equal(&a, &b));
    b.kind = VALUE_RANGE;
    cr_expect(is_value_equal(&a, &b));
    b.item_count = 1;
    cr_expect_not(is_value_equal(&a, &b));
    const struct value swapped[] = {items[1], items[0]};
    b = items_value(VALUE_RANGE, swapped, 2);
    cr_expect_not(is_value_equal(&a, &b));
}

Test(value, comparisons)
{
    const struct value item = number_value(1, STR("1"));
    struct value a = items_value(VALUE_COMPARISON, &item, 1);
    struct value b = a;
    a.comparison = LESS;
    b.comparison = LESS_EQUAL;
    cr_expect_not(is_value_equal(&a, &b));
    b.comparison = LESS;
    cr_expect(is_value_equal(&a, &b));
}

Test(value, holes_go_by_name)
{
    struct value a = {.kind = VALUE_HOLE, .text = STR("A")};
    struct value b = {.kind = VALUE_HOLE, .text = STR("B")};
    cr_expect_not(is_value_equal(&a, &b));
    b.text = STR("A");
    cr_expect(is_value_equal(&a, &b));
}

Test(value, comparison_signs_are_those_of_the_language)
{
    cr_expect_str_eq(comparison_text(LESS), "<");
    cr_expect_str_eq(comparison_text(LESS_EQUAL), "<=");
    cr_expect_str_eq(comparison_text(GREATER), ">");
    cr_expect_str_eq(comparison_text(GREATER_EQUAL), ">=");
    cr_expect_str_eq(comparison_text(EQUAL), "==");
    cr_expect_str_eq(comparison_text(NOT_EQUAL), "!=");
}
