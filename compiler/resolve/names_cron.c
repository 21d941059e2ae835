/*
 * Schedules of five fields, crontab(5): what every reader of them takes, so
 * no `@daily`, no `?`, and no step behind a single number.
 */
#include "resolve/names.h"

struct cron_field {
    int64_t low;
    int64_t high;
    const char *names; /* three letters each, the first stands for `low` */
};

static const struct cron_field cron_fields[] = {
    {0, 59, ""},
    {0, 23, ""},
    {1, 31, ""},
    {1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"},
    {0, 7, "SUNMONTUEWEDTHUFRISAT"},
};

enum { CRON_FIELDS = 5, CRON_NAME = 3, CRON_DIGITS = 2 };

static bool is_blank(char byte);
static struct str field_cut(struct str *text);
static bool is_cron_list(struct str text, const struct cron_field *field);
static bool is_cron_item(struct str text, const struct cron_field *field);
static bool is_cron_step(struct str text, const struct cron_field *field);
static bool cron_value(struct str text, const struct cron_field *field,
                       int64_t *value);

bool
is_cron(struct str text)
{
    for (size_t i = 0; i < CRON_FIELDS; i++)
        if (!is_cron_list(field_cut(&text), &cron_fields[i]))
            return false;
    return is_str_empty(field_cut(&text));
}

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static struct str
field_cut(struct str *text)
{
    size_t start = 0;
    while (start < text->len && is_blank(text->at[start]))
        start++;
    size_t end = start;
    while (end < text->len && !is_blank(text->at[end]))
        end++;
    struct str field = str_slice(*text, start, end);
    *text = str_slice(*text, end, text->len);
    return field;
}

/* list = item { "," item } */
static bool
is_cron_list(struct str text, const struct cron_field *field)
{
    size_t start = 0;
    while (start <= text.len) {
        size_t end = str_index(text, ',', start);
        if (!is_cron_item(str_slice(text, start, end), field))
            return false;
        start = end + 1;
    }
    return true;
}

/* item = "*" [step] | value | value "-" value [step] */
static bool
is_cron_item(struct str text, const struct cron_field *field)
{
    size_t slash = str_index(text, '/', 0);
    struct str range = str_slice(text, 0, slash);
    bool has_step = slash < text.len;
    if (has_step && !is_cron_step(str_slice(text, slash + 1, text.len), field))
        return false;
    if (is_str_equal(range, STR("*")))
        return true;

    int64_t low = 0;
    int64_t high = 0;
    size_t dash = str_index(range, '-', 0);
    if (!cron_value(str_slice(range, 0, dash), field, &low))
        return false;
    if (dash == range.len)
        return !has_step;
    return cron_value(str_slice(range, dash + 1, range.len), field, &high) &&
           low <= high;
}

static bool
is_cron_step(struct str text, const struct cron_field *field)
{
    int64_t step = 0;
    return text.len <= CRON_DIGITS && str_to_number(text, &step) && step > 0 &&
           step <= field->high;
}

static bool
cron_value(struct str text, const struct cron_field *field, int64_t *value)
{
    struct str names = str_from(field->names);
    for (size_t at = 0; at < names.len; at += CRON_NAME) {
        if (is_str_equal_nocase(str_slice(names, at, at + CRON_NAME), text)) {
            *value = field->low + (int64_t)(at / CRON_NAME);
            return true;
        }
    }
    return text.len <= CRON_DIGITS && str_to_number(text, value) &&
           *value >= field->low && *value <= field->high;
}
