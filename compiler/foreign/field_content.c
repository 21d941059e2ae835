/*
 * What a value of the right type may be: quantities, words, patterns, bounds.
 */
#include "base/buf.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "diag/near.h"
#include "foreign/fields.h"

static bool
is_quantity(struct str text)
{
    static const char *const units[] = {"",   "n",  "u",  "m", "k",  "M",
                                        "G",  "T",  "P",  "E", "Ki", "Mi",
                                        "Gi", "Ti", "Pi", "Ei"};
    size_t at = 0;
    bool has_digit = false;
    if (has_prefix(text, STR("-")) || has_prefix(text, STR("+")))
        text = str_slice(text, 1, text.len);
    for (bool has_point = false; at < text.len; at++) {
        bool is_point = text.at[at] == '.' && !has_point;
        if (!is_ascii_digit(text.at[at]) && !is_point)
            break;
        has_point = has_point || is_point;
        has_digit = has_digit || !is_point;
    }
    struct str unit = str_slice(text, at, text.len);
    if (has_digit && unit.len > 1 && ascii_lower(unit.at[0]) == 'e') {
        int64_t power;
        bool is_signed = unit.at[1] == '-' || unit.at[1] == '+';
        return str_to_number(str_slice(unit, is_signed ? 2 : 1, unit.len),
                             &power);
    }
    for (size_t i = 0; has_digit && i < sizeof units / sizeof units[0]; i++) {
        if (is_str_equal(unit, str_from(units[i])))
            return true;
    }
    return false;
}

static struct diag *
report_value(const struct fields *fields, const struct where *where,
             const struct raw *raw)
{
    return diag_add(
        fields->sink, DIAG_Y07, raw->span,
        STRS(where_text(fields, where),
             raw->kind < RAW_LIST ? raw->text : raw_kind_name(raw->kind)));
}

/* ---- words -------------------------------------------------------------- */

static bool
is_choice(const struct raw_type *type, const struct raw *raw)
{
    for (size_t i = 0; i < type->choice_count; i++) {
        if (type->choices[i].kind == raw->kind &&
            is_str_equal(type->choices[i].text, raw->text))
            return true;
    }
    return false;
}

static void
check_choice(const struct fields *fields, const struct where *where,
             const struct raw_type *type, const struct raw *raw)
{
    if (is_choice(type, raw))
        return;
    struct diag *diag = report_value(fields, where, raw);
    struct near near = {.wanted = raw->text};
    struct buf list;
    buf_init(&list, fields->arena);
    for (size_t i = 0; i < type->choice_count; i++) {
        near_offer(&near, type->choices[i].text);
        buf_format(&list, i == 0 ? "`{}`" : ", `{}`",
                   STRS(type->choices[i].text));
    }
    diag_help(diag, "it takes {}", STRS(buf_str(&list)));
    if (!is_str_empty(near.best))
        diag_help(diag, "the nearest word is `{}`", STRS(near.best));
}

/* ---- bounds ------------------------------------------------------------- */

/* `at least 1`, `at most 3`, `from 1 to 3`. */
static struct str
bounds_text(const struct fields *fields, const struct raw_bounds *bounds)
{
    struct str least = arena_number(fields->arena, bounds->least);
    struct str most = arena_number(fields->arena, bounds->most);
    if (!bounds->has_most)
        return arena_format(fields->arena, "at least {}", STRS(least));
    if (!bounds->has_least)
        return arena_format(fields->arena, "at most {}", STRS(most));
    return arena_format(fields->arena, "from {} to {}", STRS(least, most));
}

static bool
is_inside(const struct raw_bounds *bounds, int64_t number)
{
    return (!bounds->has_least || number >= bounds->least) &&
           (!bounds->has_most || number <= bounds->most);
}

static bool
whole_number(struct str text, int64_t *number)
{
    bool is_negative = has_prefix(text, STR("-"));
    if (!str_to_number(str_slice(text, is_negative ? 1 : 0, text.len), number))
        return false;
    *number = is_negative ? -*number : *number;
    return true;
}

static void
check_number(const struct fields *fields, const struct where *where,
             const struct raw_type *type, const struct raw *raw)
{
    int64_t number;
    if (!whole_number(raw->text, &number) || is_inside(&type->number, number))
        return;
    diag_help(report_value(fields, where, raw), "it takes {}",
              STRS(bounds_text(fields, &type->number)));
}

static size_t
character_count(struct str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len; count++)
        utf8_next(text, &at);
    return count;
}

static void
check_size(const struct fields *fields, const struct where *where,
           const struct raw_type *type, const struct raw *raw)
{
    bool is_text = raw->kind == RAW_TEXT;
    if (!type->size.has_least && !type->size.has_most)
        return;
    size_t size = is_text ? character_count(raw->text) : raw->entry_count;
    const char *what = raw->kind == RAW_LIST  ? "items"
                       : raw->kind == RAW_MAP ? "entries"
                                              : "characters";
    if (is_inside(&type->size, (int64_t)size))
        return;
    struct diag *diag = is_text ? report_value(fields, where, raw)
                                : diag_add(fields->sink, DIAG_Y19, raw->span,
                                           STRS(where_text(fields, where)));
    diag_label(
        diag, "of {} it has {}",
        STRS(str_from(what), arena_number(fields->arena, (int64_t)size)));
    diag_help(diag, "it takes {}", STRS(bounds_text(fields, &type->size)));
}

/* ---- all of them -------------------------------------------------------- */

static void
check_text(const struct fields *fields, const struct where *where,
           const struct raw_type *type, const struct raw *raw)
{
    if (type->is_quantity && !is_quantity(raw->text))
        diag_help(report_value(fields, where, raw),
                  "a quantity is written like `2`, `500m` or `256Mi`", NO_STRS);
    if (!is_str_empty(type->pattern) &&
        !pattern_may_match(fields->arena, type->pattern, raw->text))
        diag_help(report_value(fields, where, raw),
                  "it must match the pattern `{}`", STRS(type->pattern));
}

void
check_content(struct fields *fields, const struct where *where,
              const struct raw_type *type, const struct raw *raw)
{
    if (type->choice_count > 0 && raw->kind < RAW_LIST)
        check_choice(fields, where, type, raw);
    if (raw->kind == RAW_TEXT)
        check_text(fields, where, type, raw);
    if (raw->kind == RAW_INTEGER)
        check_number(fields, where, type, raw);
    if (raw->kind >= RAW_TEXT)
        check_size(fields, where, type, raw);
}
