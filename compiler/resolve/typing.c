/*
 * From an argument's shape to its items, and through holes to what fills them.
 */
#include "resolve/reading.h"

#include "base/limits.h"

bool
has_paths(const struct argument *argument)
{
    if (argument->piece_count > 0)
        return true;
    for (size_t i = 0; i < argument->item_count; i++) {
        if (has_paths(&argument->items[i]))
            return true;
    }
    return false;
}

static struct hole *
hole_get(struct resolver *resolver, struct str name, enum type_kind type,
         struct span span)
{
    uintptr_t index = (uintptr_t)map_find(&resolver->hole_index, name);
    if (index != 0)
        return vec_at(&resolver->holes, index - 1);
    struct hole *hole = vec_add(&resolver->holes);
    *hole = (struct hole){.name = name, .span = span, .type = type};
    map_put(&resolver->hole_index, name,
            (const void *)(uintptr_t)resolver->holes.count);
    return hole;
}

void
hole_take(struct resolver *resolver, const struct hole *hole)
{
    struct hole *known = hole_get(resolver, hole->name, hole->type, hole->span);
    known->is_filled = known->is_filled || hole->is_filled;
}

bool
is_hole_filled(const struct resolver *resolver, struct str name)
{
    uintptr_t index = (uintptr_t)map_find(&resolver->hole_index, name);
    const struct hole *hole =
        index != 0 ? vec_at(&resolver->holes, index - 1) : NULL;
    return hole != NULL && hole->is_filled;
}

static const struct value *
read_hole(const struct reading *reading, enum shape shape,
          const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    struct hole *hole =
        hole_get(resolver, argument->text, reading->rule->type, argument->span);
    const struct given *given = map_find(&resolver->givens, argument->text);
    if (given == NULL || reading->given != NULL) {
        struct value *value = value_new(reading, VALUE_HOLE, argument->span);
        value->text = argument->text;
        return value;
    }
    struct reading inner = *reading;
    inner.given = given;
    inner.hole = argument->span;
    hole->is_filled = true;
    return read_argument(&inner, shape, given->value);
}

const struct value *
hole_value(struct resolver *resolver, struct str name, enum type_kind type,
           struct span span)
{
    struct argument_rule rule = {
        .shape = SHAPE_ONE, .type = type, .detail = ""};
    struct reading reading = {.resolver = resolver, .rule = &rule};
    struct argument hole = {.kind = ARGUMENT_HOLE, .span = span, .text = name};
    return read_hole(&reading, SHAPE_ONE, &hole);
}

static const struct value *
with_items(const struct reading *reading, enum value_kind kind,
           struct span span, const struct value *items, size_t count)
{
    struct value *value = value_new(reading, kind, span);
    value->items = items;
    value->item_count = (uint32_t)count;
    return value;
}

/* Ports may be ranges of ports. */
static enum shape
item_shape(const struct reading *reading, const struct argument *item)
{
    bool is_range = item->kind == ARGUMENT_RANGE;
    return is_range && reading->rule->type == TYPE_PORTS ? SHAPE_RANGE
                                                         : SHAPE_ONE;
}

static void
read_item(const struct reading *reading, enum shape shape,
          const struct argument *item, struct value *place)
{
    struct reading inner = *reading;
    inner.place = place;
    const struct value *value = read_argument(&inner, shape, item);
    if (value != place)
        *place = *value;
}

static const struct value *
read_list(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    bool is_list = argument->kind == ARGUMENT_LIST;
    const struct argument *items = is_list ? argument->items : argument;
    size_t count = is_list ? argument->item_count : 1;
    if (count > LIMIT_LIST_ITEMS) {
        diag_add(resolver->sink, DIAG_L33, argument->span,
                 STRS(STR("the list has too many items")));
        return poison_value(resolver, argument->span);
    }
    struct value *values =
        arena_array(resolver->arena, count, sizeof(struct value));
    for (size_t i = 0; i < count; i++)
        read_item(reading, item_shape(reading, &items[i]), &items[i],
                  &values[i]);
    return with_items(reading, VALUE_LIST, argument->span, values, count);
}

/* Dates are texts that sort as days do. */
static bool
is_backwards(const struct reading *reading, const struct value *items)
{
    if (reading->rule->type == TYPE_DATE)
        return str_compare(items[0].text, items[1].text) > 0;
    return items[0].kind == VALUE_NUMBER && items[1].kind == VALUE_NUMBER &&
           items[0].number > items[1].number;
}

static void
check_range(const struct reading *reading, const struct value *items,
            const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    if (!is_backwards(reading, items))
        return;
    struct str shown = source_text(resolver->map, argument->span);
    struct str turned = arena_format(resolver->arena, "{}..{}",
                                     STRS(items[1].text, items[0].text));
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L05, argument->span, STRS(shown));
    diag_label(diag, "the lower end stands first", NO_STRS);
    diag_help(diag, "write `{}`", STRS(turned));
    diag_fix(diag, argument->span, turned);
}

static const struct value *
read_range(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    bool is_range = argument->kind == ARGUMENT_RANGE;
    const struct argument *ends = is_range ? argument->items : argument;
    struct value *items = arena_array(resolver->arena, 2, sizeof(struct value));
    read_item(reading, SHAPE_ONE, &ends[0], &items[0]);
    if (is_range)
        read_item(reading, SHAPE_ONE, &ends[1], &items[1]);
    else
        items[1] = items[0];
    if (is_value_poison(&items[0]) || is_value_poison(&items[1]))
        return poison_value(resolver, argument->span);
    check_range(reading, items, argument);
    return with_items(reading, VALUE_RANGE, argument->span, items, 2);
}

static const struct value *
read_arrow(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    if (argument->kind != ARGUMENT_ARROW) {
        struct str shown = source_text(resolver->map, argument->span);
        bool is_host = reading->rule->type == TYPE_HOST;
        struct diag *diag = report_fault(
            reading, DIAG_L03, argument->span, shown,
            STRS(is_host ? STR("two hosts") : STR("two environments"), shown));
        diag_help(diag,
                  is_host ? "write it like `www.example.com -> example.com`"
                          : "write it like `staging -> production`",
                  NO_STRS);
        return poison_value(resolver, argument->span);
    }
    struct value *items = arena_array(resolver->arena, 2, sizeof(struct value));
    for (size_t i = 0; i < 2; i++)
        read_item(reading, SHAPE_ONE, &argument->items[i], &items[i]);
    return with_items(reading, VALUE_LIST, argument->span, items, 2);
}

static enum comparison
comparison_of(struct str sign)
{
    enum comparison comparison = LESS;
    while (comparison != NOT_EQUAL &&
           !is_str_equal(sign, str_from(comparison_text(comparison))))
        comparison++;
    return comparison;
}

static const struct value *
read_comparison(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    if (argument->kind != ARGUMENT_COMPARISON) {
        struct str shown = source_text(resolver->map, argument->span);
        struct diag *diag =
            report_fault(reading, DIAG_L03, argument->span, shown,
                         STRS(STR("a comparison"), shown));
        diag_help(diag, "write it like `< {}`",
                  STRS(str_from(type_example(reading->rule->type))));
        return poison_value(resolver, argument->span);
    }
    struct value *item = arena_new(resolver->arena, sizeof *item);
    read_item(reading, SHAPE_ONE, &argument->items[0], item);
    if (is_value_poison(item))
        return item;
    struct value *value = value_new(reading, VALUE_COMPARISON, argument->span);
    value->comparison = comparison_of(argument->text);
    value->items = item;
    value->item_count = 1;
    return value;
}

static const struct value *
read_one(const struct reading *reading, const struct argument *argument)
{
    const struct argument_rule *rule = reading->rule;
    bool is_text =
        argument->kind == ARGUMENT_ATOM || argument->kind == ARGUMENT_TEXT;
    if (!is_text) {
        report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    if (rule->type != TYPE_ONE_OF &&
        is_detail_word(rule->detail, argument->text))
        return read_text(reading, argument, argument->text);
    return read_atom(reading, argument);
}

const struct value *
read_argument(const struct reading *reading, enum shape shape,
              const struct argument *argument)
{
    if (argument->kind == ARGUMENT_POISON)
        return poison_value(reading->resolver, argument->span);
    if (argument->kind == ARGUMENT_HOLE)
        return read_hole(reading, shape, argument);
    switch (shape) {
    case SHAPE_ONE:
        return read_one(reading, argument);
    case SHAPE_RANGE:
        return read_range(reading, argument);
    case SHAPE_LIST:
    case SHAPE_REST:
        return read_list(reading, argument);
    case SHAPE_COMPARISON:
        return read_comparison(reading, argument);
    case SHAPE_ARROW:
        return read_arrow(reading, argument);
    }
    return poison_value(reading->resolver, argument->span);
}

const struct value *
type_argument(struct resolver *resolver, const struct argument_rule *rule,
              const struct argument *argument, enum layer layer)
{
    struct reading reading = {
        .resolver = resolver, .rule = rule, .layer = layer};
    return read_argument(&reading, rule->shape, argument);
}
