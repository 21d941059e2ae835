/*
 * From an argument's shape to its items, and from an item's text to a value.
 * What a type's text looks like is asked of names.h and quantity.h.
 */
#include "resolve/typing.h"

#include "base/limits.h"
#include "diag/near.h"
#include "ir/quantity.h"
#include "resolve/idna.h"
#include "resolve/names.h"
#include "resolve/pattern.h"

/* One argument being read. */
struct reading {
    struct resolver *resolver;
    const struct argument_rule *rule;
    enum layer layer;
    const struct given *given; /* not NULL while a hole is filled */
    struct span hole;
    const struct config_key *key; /* not NULL while a setting is read */
};

static const struct value *read_argument(const struct reading *reading,
                                         enum shape shape,
                                         const struct argument *argument);

bool
has_paths(const struct argument *argument)
{
    if (argument->pieces != NULL)
        return true;
    for (size_t i = 0; i < argument->item_count; i++) {
        if (has_paths(&argument->items[i]))
            return true;
    }
    return false;
}

static struct value *
value_new(const struct reading *reading, enum value_kind kind, struct span span)
{
    struct arena *arena = reading->resolver->arena;
    struct value *value = arena_new(arena, sizeof *value);
    struct origin *origin = arena_new(arena, sizeof *origin);
    origin->span = span;
    origin->layer = reading->layer;
    if (reading->given != NULL) {
        struct origin *hole = arena_new(arena, sizeof *hole);
        hole->span = reading->hole;
        hole->layer = reading->layer;
        origin->layer = LAYER_GIVEN;
        origin->weaker = hole;
    }
    value->kind = kind;
    value->type = reading->rule->type;
    value->span = span;
    value->origin = origin;
    return value;
}

const struct value *
poison_value(struct resolver *resolver, struct span span)
{
    struct value *value = arena_new(resolver->arena, sizeof *value);
    value->kind = VALUE_POISON;
    value->span = span;
    return value;
}

/* A setting against its contract (L22): both places. */
static struct diag *
report_setting(const struct reading *reading, struct span span, struct str text)
{
    const struct config_key *key = reading->key;
    struct diag *diag = diag_add(reading->resolver->sink, DIAG_L22, span,
                                 STRS(key->name, text));
    diag_label(diag, "expected {}",
               STRS(str_from(type_name(reading->rule->type))));
    diag_note(diag, key->span, "the contract says so here", NO_STRS);
    return diag;
}

/* A value of the wrong type; inside a hole that is the hole's fault (L11). */
static struct diag *
report_fault(const struct reading *reading, enum diag_code code,
             struct span span, struct str text, struct strs texts)
{
    struct resolver *resolver = reading->resolver;
    if (reading->key != NULL)
        return report_setting(reading, span, text);
    if (reading->given == NULL)
        return diag_add(resolver->sink, code, span, texts);
    struct diag *diag =
        diag_add(resolver->sink, DIAG_L11, span,
                 STRS(reading->given->name,
                      str_from(type_name(reading->rule->type)), text));
    diag_note(diag, reading->hole, "the hole stands here", NO_STRS);
    return diag;
}

static struct str
choices_text(struct arena *arena, const char *detail)
{
    struct str rest = str_from(detail);
    struct str text = STR("");
    while (!is_str_empty(rest)) {
        struct str word = str_cut(&rest, ' ');
        text = is_str_empty(text)
                   ? arena_format(arena, "`{}`", STRS(word))
                   : arena_format(arena, "{}, `{}`", STRS(text, word));
    }
    return text;
}

static void
report_mismatch(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    const struct argument_rule *rule = reading->rule;
    struct str shown = source_text(resolver->map, argument->span);
    struct str expected = str_from(type_name(rule->type));
    struct diag *diag = report_fault(reading, DIAG_L03, argument->span, shown,
                                     STRS(expected, shown));
    if (rule->type != TYPE_ONE_OF) {
        diag_help(diag, "write it like `{}`",
                  STRS(str_from(type_example(rule->type))));
        return;
    }
    struct near near = {.wanted = argument->text};
    struct str rest = str_from(rule->detail);
    while (!is_str_empty(rest))
        near_offer(&near, str_cut(&rest, ' '));
    diag_help(diag, "it takes {}",
              STRS(choices_text(resolver->arena, rule->detail)));
    if (!is_str_empty(near.best)) {
        diag_help(diag, "the nearest word is `{}`", STRS(near.best));
        diag_fix(diag, argument->span, near.best);
    }
}

/* `5m` is five minutes to one reader and five thousandths to another. */
static void
help_quantity(struct diag *diag, enum type_kind type, struct str text)
{
    if (type == TYPE_DURATION && has_suffix(text, STR("m")))
        diag_help(diag, "write `{}in` for minutes", STRS(text));
    else
        diag_help(diag, "write it like `{}`",
                  STRS(str_from(type_example(type))));
}

static void
report_quantity(const struct reading *reading, const struct argument *argument,
                enum quantity_fault fault)
{
    struct str text = argument->text;
    struct diag *diag =
        report_fault(reading, DIAG_L04, argument->span, text,
                     STRS(text, str_from(type_name(reading->rule->type))));
    const char *example = type_example(reading->rule->type);
    switch (fault) {
    case QUANTITY_OK:
        break;
    case QUANTITY_BAD:
        help_quantity(diag, reading->rule->type, text);
        break;
    case QUANTITY_NO_UNIT:
        diag_label(diag, "it has no unit", NO_STRS);
        diag_help(diag, "write it like `{}`", STRS(str_from(example)));
        break;
    case QUANTITY_MILLIBYTES:
        diag_label(diag, "`m` means thousandths of a byte here", NO_STRS);
        diag_help(diag, "write `Mi` for mebibytes", NO_STRS);
        break;
    case QUANTITY_TOO_FINE:
        if (reading->rule->type == TYPE_CPU)
            diag_label(diag, "finer than 1m, which Kubernetes refuses",
                       NO_STRS);
        else
            diag_label(diag, "it must be rounded: use a smaller unit", NO_STRS);
        break;
    case QUANTITY_TOO_LARGE:
        diag_label(diag, "too large", NO_STRS);
        break;
    case QUANTITY_DECIMAL:
        break;
    }
}

/* `256M` is a quantity, though `256Mi` was meant: a warning with a fix. */
static void
report_decimal(const struct reading *reading, const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    struct diag *diag =
        diag_add_as(resolver->sink, DIAG_L04, SEVERITY_WARNING, argument->span,
                    STRS(argument->text, STR("a binary quantity")));
    struct str binary =
        arena_format(resolver->arena, "{}i", STRS(argument->text));
    diag_label(diag, "a decimal unit, 2.4 % smaller for every step", NO_STRS);
    diag_help(diag, "write `{}`", STRS(binary));
    diag_fix(diag, argument->span, binary);
}

typedef enum quantity_fault quantity_reader(struct str text, int64_t *number);

static const struct value *
read_quantity(const struct reading *reading, const struct argument *argument,
              quantity_reader *reader)
{
    int64_t number = 0;
    enum quantity_fault fault = reader(argument->text, &number);
    if (fault == QUANTITY_DECIMAL)
        report_decimal(reading, argument);
    else if (fault != QUANTITY_OK) {
        report_quantity(reading, argument, fault);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_NUMBER, argument->span);
    value->number = number;
    value->text = argument->text;
    return value;
}

static const struct value *
read_number(const struct reading *reading, const struct argument *argument,
            int64_t least, int64_t most)
{
    int64_t number = 0;
    if (!str_to_number(argument->text, &number) || number < least ||
        number > most) {
        report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_NUMBER, argument->span);
    value->number = number;
    value->text = argument->text;
    return value;
}

static const struct value *
read_text(const struct reading *reading, const struct argument *argument,
          struct str text)
{
    struct value *value = value_new(reading, VALUE_TEXT, argument->span);
    value->text = text;
    value->is_quoted = argument->kind == ARGUMENT_TEXT;
    return value;
}

static const struct value *
read_bool(const struct reading *reading, const struct argument *argument)
{
    bool is_true = is_str_equal(argument->text, STR("true"));
    if (!is_true && !is_str_equal(argument->text, STR("false"))) {
        report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_BOOL, argument->span);
    value->number = is_true;
    value->text = argument->text;
    return value;
}

/* A text that a predicate of names.h accepts, or the fault `code`. */
static const struct value *
read_named(const struct reading *reading, const struct argument *argument,
           bool is_right, enum diag_code code)
{
    if (is_right)
        return read_text(reading, argument, argument->text);
    struct diag *diag = report_fault(reading, code, argument->span,
                                     argument->text, STRS(argument->text));
    diag_help(diag, "write it like `{}`",
              STRS(str_from(type_example(reading->rule->type))));
    return poison_value(reading->resolver, argument->span);
}

/* As read_named, for codes whose headline also says what it should be. */
static const struct value *
read_kind(const struct reading *reading, const struct argument *argument,
          bool is_right, enum diag_code code)
{
    if (is_right)
        return read_text(reading, argument, argument->text);
    struct diag *diag = report_fault(
        reading, code, argument->span, argument->text,
        STRS(argument->text, str_from(type_name(reading->rule->type))));
    diag_help(diag, "write it like `{}`",
              STRS(str_from(type_example(reading->rule->type))));
    return poison_value(reading->resolver, argument->span);
}

static const struct value *
read_plain(const struct reading *reading, const struct argument *argument,
           bool is_right)
{
    if (is_right)
        return read_text(reading, argument, argument->text);
    report_mismatch(reading, argument);
    return poison_value(reading->resolver, argument->span);
}

static void
report_host(const struct reading *reading, const struct argument *argument,
            enum host_fault fault)
{
    struct str text = argument->text;
    struct span span = argument->span;
    if (fault == HOST_LABEL_TOO_LONG)
        report_fault(reading, DIAG_D01, span, text,
                     STRS(text, STR("a label of more than 63 characters")));
    else if (fault == HOST_NAME_TOO_LONG)
        report_fault(reading, DIAG_D01, span, text,
                     STRS(text, STR("more than 253 characters")));
    else
        report_fault(reading, fault == HOST_UNDERSCORE ? DIAG_D03 : DIAG_D02,
                     span, text, STRS(text));
}

static struct str
ascii_lower_text(struct arena *arena, struct str text)
{
    char *copy = arena_new(arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        copy[i] = ascii_lower(text.at[i]);
    return (struct str){copy, text.len};
}

/* A last dot is dropped; letters become small; IDNA becomes ASCII. An address
 * has a host's form and is none (RFC 1123 2.1). */
static const struct value *
read_host(const struct reading *reading, const struct argument *argument)
{
    struct arena *arena = reading->resolver->arena;
    struct str text = argument->text;
    struct str host = ascii_lower_text(arena, text);
    if (has_suffix(host, STR(".")))
        host = str_slice(host, 0, host.len - 1);
    if (!idna_to_ascii(arena, host, &host)) {
        report_fault(reading, DIAG_D36, argument->span, text, STRS(text));
        return poison_value(reading->resolver, argument->span);
    }
    enum host_fault fault = host_fault(host);
    if (fault == HOST_OK && !is_ipv4(host))
        return read_text(reading, argument, host);
    report_host(reading, argument, fault);
    return poison_value(reading->resolver, argument->span);
}

/* MAJOR.MINOR */
static const struct value *
read_version(const struct reading *reading, const struct argument *argument)
{
    struct str rest = argument->text;
    struct str major_text = str_cut(&rest, '.');
    int64_t major = 0;
    int64_t minor = 0;
    if (!str_to_number(major_text, &major) || !str_to_number(rest, &minor) ||
        major > 999 || minor > 999) {
        report_mismatch(reading, argument);
        return poison_value(reading->resolver, argument->span);
    }
    struct value *value = value_new(reading, VALUE_NUMBER, argument->span);
    value->number = major * 1000 + minor;
    value->text = argument->text;
    return value;
}

/* [-]DIGITS[.DIGITS] */
static bool
is_number(struct str text)
{
    struct str rest = text;
    if (has_prefix(rest, STR("-")))
        rest = str_slice(rest, 1, rest.len);
    bool has_dot = has_byte(rest, '.');
    struct str whole = str_cut(&rest, '.');
    int64_t number = 0;
    return str_to_number(whole, &number) &&
           (!has_dot || str_to_number(rest, &number));
}

/* `5%`, `10min`, `3`: the type is that of what stands there. */
static const struct value *
read_measure(const struct reading *reading, const struct argument *argument)
{
    struct argument_rule rule = *reading->rule;
    struct reading inner = *reading;
    struct str text = argument->text;
    int64_t number = 0;
    rule.type = has_suffix(text, STR("%"))     ? TYPE_PERCENT
                : str_to_number(text, &number) ? TYPE_COUNT
                                               : TYPE_DURATION;
    inner.rule = &rule;
    return read_argument(&inner, SHAPE_ONE, argument);
}

static const struct value *
read_atom(const struct reading *reading, const struct argument *argument)
{
    struct str text = argument->text;
    switch (reading->rule->type) {
    case TYPE_NAME:
        return read_named(reading, argument, is_dns_label(text), DIAG_N01);
    case TYPE_TEAM:
        return read_named(reading, argument, is_team_slug(text), DIAG_N21);
    case TYPE_EMAIL:
        return read_named(reading, argument, is_email(text), DIAG_N24);
    case TYPE_BRANCH:
        return read_named(reading, argument, is_branch_name(text), DIAG_N15);
    case TYPE_CRON:
        return read_named(reading, argument, is_cron(text), DIAG_N22);
    case TYPE_TIME_ZONE:
        return read_named(reading, argument, is_time_zone(text), DIAG_N23);
    case TYPE_REGISTRY:
        return read_kind(reading, argument, is_image_registry(text), DIAG_N16);
    case TYPE_IMAGE:
        return read_kind(reading, argument, is_image_name(text), DIAG_N16);
    case TYPE_SECRET_NAME:
        return read_named(reading, argument, is_variable_name(text), DIAG_N07);
    case TYPE_HOST:
    case TYPE_DOMAIN:
        return read_host(reading, argument);
    case TYPE_CPU:
        return read_quantity(reading, argument, cpu_read);
    case TYPE_MEMORY:
        return read_quantity(reading, argument, memory_read);
    case TYPE_DURATION:
        return read_quantity(reading, argument, duration_read);
    case TYPE_PERCENT:
        return read_quantity(reading, argument, percent_read);
    case TYPE_COUNT:
        return read_number(reading, argument, 0, INT32_MAX);
    case TYPE_PORT:
        return read_number(reading, argument, 1, 65535);
    case TYPE_MEASURE:
        return read_measure(reading, argument);
    case TYPE_VERSION:
        return read_version(reading, argument);
    case TYPE_BOOL:
        return read_bool(reading, argument);
    case TYPE_IPV4:
        return read_plain(reading, argument, is_ipv4(text));
    case TYPE_IPV6:
        return read_plain(reading, argument, is_ipv6(text));
    case TYPE_ADDRESS:
        return read_plain(reading, argument, is_ipv4(text) || is_ipv6(text));
    case TYPE_REPOSITORY:
        return read_plain(reading, argument, is_repository(text));
    case TYPE_UUID:
        return read_plain(reading, argument, is_uuid(text));
    case TYPE_DATE:
        return read_plain(reading, argument, is_date(text));
    case TYPE_URL:
        return read_plain(reading, argument, is_url(text));
    case TYPE_PATH:
        return read_plain(reading, argument, has_prefix(text, STR("/")));
    case TYPE_ONE_OF:
        return read_plain(reading, argument,
                          reading->key != NULL ||
                              is_detail_word(reading->rule->detail, text));
    case TYPE_NUMBER:
        return read_plain(reading, argument, is_number(text));
    case TYPE_KEY:
    case TYPE_ENV_REF:
    case TYPE_SERVICE_REF:
    case TYPE_PROFILE_REF:
    case TYPE_CHANNEL_REF:
    case TYPE_TAG:
    case TYPE_FILE_PATH:
    case TYPE_TEXT:
    case TYPE_PATTERN:
    case TYPE_CODE:
    case TYPE_OPERAND:
    case TYPE_ANY:
        return read_text(reading, argument, text);
    case TYPE_KIND_COUNT:
        break;
    }
    return poison_value(reading->resolver, argument->span);
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

static const struct value *
read_hole(const struct reading *reading, enum shape shape,
          const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    struct hole *hole =
        hole_get(resolver, argument->text, reading->rule->type, argument->span);
    struct given *given = map_find(&resolver->givens, argument->text);
    if (given == NULL || reading->given != NULL) {
        struct value *value = value_new(reading, VALUE_HOLE, argument->span);
        value->text = argument->text;
        return value;
    }
    struct reading inner = *reading;
    inner.given = given;
    inner.hole = argument->span;
    given->is_used = true;
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

/* ---- settings
 * ----------------------------------------------------------------- */

/* `one-of [a b]`: the contract's own words. */
static bool
is_choice(const struct config_key *key, struct str text)
{
    for (size_t i = 0; i < key->choices->item_count; i++) {
        if (is_str_equal(key->choices->items[i].text, text))
            return true;
    }
    return false;
}

static void
report_choice(const struct reading *reading, const struct argument *argument)
{
    const struct value *choices = reading->key->choices;
    struct near near = {.wanted = argument->text};
    struct str text = STR("");
    for (size_t i = 0; i < choices->item_count; i++) {
        near_offer(&near, choices->items[i].text);
        text = arena_format(reading->resolver->arena,
                            i == 0 ? "{}`{}`" : "{}, `{}`",
                            STRS(text, choices->items[i].text));
    }
    struct diag *diag = report_setting(reading, argument->span, argument->text);
    diag_help(diag, "it takes {}", STRS(text));
    if (!is_str_empty(near.best)) {
        diag_help(diag, "the nearest word is `{}`", STRS(near.best));
        diag_fix(diag, argument->span, near.best);
    }
}

static bool
is_setting_right(const struct reading *reading, const struct argument *argument)
{
    const struct config_key *key = reading->key;
    if (key->choices != NULL && !is_choice(key, argument->text)) {
        report_choice(reading, argument);
        return false;
    }
    if (key->pattern != NULL &&
        !pattern_matches(key->pattern->text, argument->text)) {
        struct diag *diag =
            report_setting(reading, argument->span, argument->text);
        diag_help(diag, "it must match `{}`", STRS(key->pattern->text));
        return false;
    }
    return true;
}

const struct value *
type_setting(struct resolver *resolver, const struct config_key *key,
             const struct argument *argument, enum layer layer)
{
    struct argument_rule rule = {
        .shape = SHAPE_ONE, .type = key->type, .detail = ""};
    struct reading reading = {
        .resolver = resolver, .rule = &rule, .layer = layer, .key = key};
    bool is_text =
        argument->kind == ARGUMENT_ATOM || argument->kind == ARGUMENT_TEXT;
    if (is_text && !is_setting_right(&reading, argument))
        return poison_value(resolver, argument->span);
    return read_argument(&reading, SHAPE_ONE, argument);
}

/* ---- shapes
 * ------------------------------------------------------------------ */

static const struct value *
with_items(const struct reading *reading, enum value_kind kind,
           struct span span, const struct value *items, size_t count)
{
    struct value *value = value_new(reading, kind, span);
    value->items = items;
    value->item_count = count;
    return value;
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
        values[i] = *read_argument(reading, SHAPE_ONE, &items[i]);
    return with_items(reading, VALUE_LIST, argument->span, values, count);
}

static void
check_range(const struct reading *reading, const struct value *items,
            const struct argument *argument)
{
    struct resolver *resolver = reading->resolver;
    if (items[0].kind != VALUE_NUMBER || items[1].kind != VALUE_NUMBER ||
        items[0].number <= items[1].number)
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
    items[0] = *read_argument(reading, SHAPE_ONE, &ends[0]);
    items[1] =
        is_range ? *read_argument(reading, SHAPE_ONE, &ends[1]) : items[0];
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
        struct diag *diag =
            report_fault(reading, DIAG_L03, argument->span, shown,
                         STRS(STR("two environments"), shown));
        diag_help(diag, "write it like `staging -> production`", NO_STRS);
        return poison_value(resolver, argument->span);
    }
    struct value *items = arena_array(resolver->arena, 2, sizeof(struct value));
    for (size_t i = 0; i < 2; i++)
        items[i] = *read_argument(reading, SHAPE_ONE, &argument->items[i]);
    return with_items(reading, VALUE_LIST, argument->span, items, 2);
}

static enum comparison
comparison_of(struct str sign)
{
    for (enum comparison c = LESS; c < NOT_EQUAL; c++) {
        if (is_str_equal(sign, str_from(comparison_text(c))))
            return c;
    }
    return NOT_EQUAL;
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
    const struct value *item =
        read_argument(reading, SHAPE_ONE, &argument->items[0]);
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

static const struct value *
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
