/*
 * Schedules of five fields, crontab(5): what every reader of them takes, so
 * no `@daily`, no `?`, and no step behind a single number.
 */
#include "resolve/names.h"

#include "base/buf.h"

#include <assert.h>

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

enum {
    CRON_FIELDS = 5,
    CRON_NAME = 3,
    CRON_DIGITS = 2,
    CRON_DAY_FIELD = 4,
    CRON_DAYS = 7,
};

static bool is_blank(char byte);
static unsigned days_of(struct str list);
static unsigned days_of_item(struct str item);
static void add_days(struct buf *buf, unsigned days);
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

struct str
cron_text(struct arena *arena, struct str text)
{
    assert(is_cron(text));
    struct str rest = text;
    struct str days = STR("");
    for (size_t i = 0; i < CRON_FIELDS; i++)
        days = field_cut(&rest);
    if (!has_byte(days, '7'))
        return text;
    size_t start = (size_t)(days.at - text.at);
    struct buf buf;
    buf_init(&buf, arena);
    buf_add(&buf, str_slice(text, 0, start));
    add_days(&buf, days_of(days));
    return buf_str(&buf);
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

/* One bit a day, Sunday first. */
static unsigned
days_of(struct str list)
{
    unsigned days = 0;
    while (!is_str_empty(list))
        days |= days_of_item(str_cut(&list, ','));
    return days;
}

static unsigned
days_of_item(struct str item)
{
    const struct cron_field *field = &cron_fields[CRON_DAY_FIELD];
    int64_t low = 0;
    int64_t high = CRON_DAYS - 1;
    int64_t step = 1;
    struct str rest = item;
    struct str range = str_cut(&rest, '/');
    if (!is_str_empty(rest))
        (void)str_to_number(rest, &step);
    if (!is_str_equal(range, STR("*"))) {
        rest = range;
        (void)cron_value(str_cut(&rest, '-'), field, &low);
        high = low;
        if (!is_str_empty(rest))
            (void)cron_value(rest, field, &high);
    }
    unsigned days = 0;
    for (int64_t day = low; day <= high; day += step)
        days |= 1U << (day % CRON_DAYS);
    return days;
}

static void
add_days(struct buf *buf, unsigned days)
{
    const char *separator = "";
    for (int64_t day = 0; day < CRON_DAYS; day++) {
        if ((days >> day & 1U) == 0)
            continue;
        buf_add(buf, str_from(separator));
        buf_number(buf, day);
        separator = ",";
    }
}
