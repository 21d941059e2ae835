/*
 * Questions about values. What makes values is in resolve/.
 */
#include "ir/value.h"

#include "ir/quantity.h"

static const struct {
    enum type_kind type;
    struct str (*text)(struct arena *arena, int64_t number);
} quantities[] = {{TYPE_MEMORY, memory_text},
                  {TYPE_CPU, cpu_text},
                  {TYPE_DURATION, duration_text},
                  {TYPE_PERCENT, percent_text},
                  {TYPE_PRICE, price_text}};

static bool is_parts_equal(const struct value *a, const struct value *b);
static bool is_items_equal(const struct value *a, const struct value *b);

bool
is_items_known(const struct value *value)
{
    for (size_t i = 0; i < value->item_count; i++)
        if (!is_value_known(&value->items[i]))
            return false;
    return true;
}

bool
is_value_poison(const struct value *value)
{
    return value && value->kind == VALUE_POISON;
}

bool
has_value_poison(const struct value *value)
{
    for (size_t i = 0; value != NULL && i < value->item_count; i++)
        if (has_value_poison(&value->items[i]))
            return true;
    return is_value_poison(value);
}

bool
is_value_equal(const struct value *a, const struct value *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || a->type != b->type)
        return false;
    switch (a->kind) {
    case VALUE_POISON:
        return true;
    case VALUE_HOLE:
        return is_str_equal(a->text, b->text);
    case VALUE_TEXT:
        return is_str_equal(a->text, b->text) && is_parts_equal(a, b);
    case VALUE_NUMBER:
    case VALUE_BOOL:
        return a->number == b->number;
    case VALUE_RANGE:
    case VALUE_LIST:
        return is_items_equal(a, b);
    case VALUE_COMPARISON:
        return a->comparison == b->comparison && is_items_equal(a, b);
    }
    return false;
}

const char *
comparison_text(enum comparison comparison)
{
    static const char *const texts[] = {
        [LESS] = "<",           [LESS_EQUAL] = "<=", [GREATER] = ">",
        [GREATER_EQUAL] = ">=", [EQUAL] = "==",      [NOT_EQUAL] = "!=",
    };
    return texts[comparison];
}

static bool
is_parts_equal(const struct value *a, const struct value *b)
{
    if (value_part_count(a) != value_part_count(b))
        return false;
    for (size_t i = 0; i < value_part_count(a); i++)
        if (a->parts->at[i].is_name != b->parts->at[i].is_name ||
            !is_str_equal(a->parts->at[i].text, b->parts->at[i].text))
            return false;
    return true;
}

static bool
is_items_equal(const struct value *a, const struct value *b)
{
    if (a->item_count != b->item_count)
        return false;
    for (size_t i = 0; i < a->item_count; i++)
        if (!is_value_equal(&a->items[i], &b->items[i]))
            return false;
    return true;
}

struct str
value_number_text(struct arena *arena, const struct value *value)
{
    for (size_t i = 0; i < sizeof quantities / sizeof quantities[0]; i++) {
        if (value->type == quantities[i].type)
            return quantities[i].text(arena, value->number);
    }
    return is_str_empty(value->text) ? arena_number(arena, value->number)
                                     : value->text;
}
