/*
 * Family L: what only the resolved program shows of the language's own rules.
 */
#include "check/check.h"

#include "check/sizes.h"
#include "ir/quantity.h"

static void
check_workload_scale(struct check *check, const struct workload *workload)
{
    const struct value *count = workload->count;
    const struct value *scale = workload->scale;
    if (!is_value_known(count) || !is_said(count) || !is_value_known(scale) ||
        (count->number >= scale->items[0].number &&
         count->number <= scale->items[1].number))
        return;
    struct str range =
        arena_format(check->arena, "{}..{}",
                     STRS(arena_number(check->arena, scale->items[0].number),
                          arena_number(check->arena, scale->items[1].number)));
    struct diag *diag =
        diag_add(check->sink, DIAG_L06, count->span,
                 STRS(arena_number(check->arena, count->number), range));
    diag_note(diag, scale->span, "the autoscaler keeps it in this range",
              NO_STRS);
    diag_help(diag, "widen the range, or write a count in {}", STRS(range));
}

void
check_scale(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; j < environment->workload_count; j++)
            check_workload_scale(check, environment->workloads[j]);
    }
}

void
check_holes(struct check *check)
{
    enum severity severity =
        check->is_release ? SEVERITY_ERROR : SEVERITY_WARNING;
    for (size_t i = 0; i < check->ir->hole_count; i++) {
        const struct hole *hole = &check->ir->holes[i];
        if (hole->is_filled)
            continue;
        struct diag *diag = diag_add_as(check->sink, DIAG_L10, severity,
                                        hole->span, STRS(hole->name));
        diag_label(diag, "expected {}", STRS(str_from(type_name(hole->type))));
        diag_help(
            diag,
            "write `given {} VALUE` in an included file, or pass `--set {}=VALUE`",
            STRS(hole->name, hole->name));
    }
}

static bool
compares(int64_t left, enum comparison comparison, int64_t right)
{
    switch (comparison) {
    case LESS:
        return left < right;
    case LESS_EQUAL:
        return left <= right;
    case GREATER:
        return left > right;
    case GREATER_EQUAL:
        return left >= right;
    case EQUAL:
        return left == right;
    case NOT_EQUAL:
        return left != right;
    }
    return false;
}

static bool
is_number(const struct value *value)
{
    return value->kind == VALUE_NUMBER || value->kind == VALUE_BOOL;
}

/* Both sides are of one type; texts know only equality. */
static bool
holds(const struct assertion *assertion)
{
    const struct value *left = assertion->left;
    const struct value *right = assertion->right;
    if (is_number(left))
        return compares(left->number, assertion->comparison, right->number);
    return compares(is_str_equal(left->text, right->text) ? 0 : 1,
                    assertion->comparison, 0);
}

static struct str
side_text(struct check *check, struct str path, const struct value *value)
{
    if (is_str_empty(path))
        return value->text;
    return arena_format(check->arena, "{} is {}", STRS(path, value->text));
}

static void
check_assertion(struct check *check, const struct assertion *assertion)
{
    const struct value *left = assertion->left;
    const struct value *right = assertion->right;
    if (!is_value_known(left) || !is_value_known(right) ||
        left->kind == VALUE_LIST || left->kind == VALUE_RANGE ||
        holds(assertion))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_L12, assertion->span, STRS(assertion->text));
    diag_label(diag, "{}, not {} {}",
               STRS(side_text(check, assertion->left_path, left),
                    str_from(comparison_text(assertion->comparison)),
                    right->text));
    diag_note(diag, left->span, "{}",
              STRS(side_text(check, assertion->left_path, left)));
    if (!is_str_empty(assertion->right_path))
        diag_note(diag, right->span, "{}",
                  STRS(side_text(check, assertion->right_path, right)));
}

void
check_assertions(struct check *check)
{
    for (size_t i = 0; i < check->ir->assertion_count; i++)
        check_assertion(check, &check->ir->assertions[i]);
}

/* 0123, or 1e3: other programs read another number than people do. */
static bool
is_octal_looking(struct str text)
{
    if (text.len < 2 || !is_ascii_digit(text.at[0]))
        return false;
    size_t digits = 0;
    while (digits < text.len && is_ascii_digit(text.at[digits]))
        digits++;
    if (digits == text.len)
        return text.at[0] == '0';
    return ascii_lower(text.at[digits]) == 'e' && digits + 1 < text.len &&
           is_ascii_digit(text.at[text.len - 1]);
}

/* YAML 1.1 bool and null. */
static bool
is_yaml_bool(struct str text)
{
    static const char *const words[] = {"yes", "no",   "on",    "off",  "y",
                                        "n",   "true", "false", "null", "~"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_str_equal_nocase(text, str_from(words[i])))
            return true;
    }
    return false;
}

static void
check_setting_text(struct check *check, const struct setting *setting)
{
    const struct value *value = setting->value;
    if (!is_value_known(value) || value->kind != VALUE_TEXT ||
        value->is_quoted ||
        (setting->key->type != TYPE_TEXT && setting->key->type != TYPE_ANY))
        return;
    if (is_octal_looking(value->text)) {
        struct diag *diag =
            diag_add(check->sink, DIAG_L23, value->span, STRS(value->text));
        diag_help(diag, "it is kept as the text that it is; quote it to say so",
                  NO_STRS);
    } else if (is_yaml_bool(value->text)) {
        struct diag *diag =
            diag_add(check->sink, DIAG_L24, value->span, STRS(value->text));
        diag_help(diag, "declare the key `bool` if that is what it is",
                  NO_STRS);
    }
}

void
check_number_texts(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; j < check->ir->config_key_count; j++)
            check_setting_text(check, &environment->settings[j]);
    }
}
