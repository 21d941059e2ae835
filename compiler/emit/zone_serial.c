/*
 * Serials. Reads only what emit_zones writes: each record in one line, its
 * fields parted by spaces, the SOA's type in the fourth.
 */
#include "emit/zone_serial.h"

enum {
    SERIAL_FIRST = 1,
    FIELDS_BEFORE_TYPE = 3,
    FIELDS_BEFORE_SERIAL = 6,
    YEAR_MAX = 4293, /* the last whose days have 32 bits */
};

static bool is_above(uint32_t a, uint32_t b);
static uint32_t first_of_day(struct str day);
static bool serial_find(struct str file, uint32_t *serial);
static bool is_zone_equal(struct str a, struct str b);
static struct str cut_line(struct str *file);
static bool is_line_equal(struct str a, struct str b);
static bool is_soa(struct str line);
static struct str line_field(struct str line, size_t index);
static struct str cut_field(struct str *line);

uint32_t
zone_serial(const struct serial_source *source, struct str next)
{
    uint32_t last = 0;
    bool has_last = serial_find(source->previous, &last);
    bool is_behind =
        source->has_served && (!has_last || is_above(source->served, last));
    if (has_last && !is_behind && is_zone_equal(source->previous, next))
        return last;
    if (is_behind)
        last = source->served;
    uint32_t first = first_of_day(source->day);
    if (first != 0 && ((!has_last && !is_behind) || is_above(first, last)))
        return first;
    return last == UINT32_MAX ? SERIAL_FIRST : last + 1;
}

/* RFC 1982 3.2 */
static bool
is_above(uint32_t a, uint32_t b)
{
    return a != b && a - b <= INT32_MAX;
}

/* YYYYMMDD01; 0 when no day is known. */
static uint32_t
first_of_day(struct str day)
{
    int64_t year;
    int64_t month;
    int64_t date;
    if (!str_to_number(str_cut(&day, '-'), &year) ||
        !str_to_number(str_cut(&day, '-'), &month) ||
        !str_to_number(day, &date) || year > YEAR_MAX)
        return 0;
    return (uint32_t)(((year * 100 + month) * 100 + date) * 100 + 1);
}

static bool
serial_find(struct str file, uint32_t *serial)
{
    while (file.len > 0) {
        struct str line = cut_line(&file);
        int64_t number;
        if (!is_soa(line))
            continue;
        if (!str_to_number(line_field(line, FIELDS_BEFORE_SERIAL), &number) ||
            number > UINT32_MAX)
            return false;
        *serial = (uint32_t)number;
        return true;
    }
    return false;
}

static bool
is_zone_equal(struct str a, struct str b)
{
    while (a.len > 0 || b.len > 0) {
        if (!is_line_equal(cut_line(&a), cut_line(&b)))
            return false;
    }
    return true;
}

/* The next line that says something, or the empty text at the end. */
static struct str
cut_line(struct str *file)
{
    while (file->len > 0) {
        struct str line = str_trim(str_cut(file, '\n'));
        if (line.len > 0 && line.at[0] != ';')
            return line;
    }
    return STR("");
}

static bool
is_line_equal(struct str a, struct str b)
{
    if (!is_soa(a) || !is_soa(b))
        return is_str_equal(a, b);
    for (size_t i = 0; a.len > 0 || b.len > 0; i++) {
        struct str field_a = cut_field(&a);
        struct str field_b = cut_field(&b);
        if (i != FIELDS_BEFORE_SERIAL && !is_str_equal(field_a, field_b))
            return false;
    }
    return true;
}

static bool
is_soa(struct str line)
{
    return is_str_equal(line_field(line, FIELDS_BEFORE_TYPE), STR("SOA"));
}

static struct str
line_field(struct str line, size_t index)
{
    for (size_t i = 0; i < index; i++)
        cut_field(&line);
    return cut_field(&line);
}

static struct str
cut_field(struct str *line)
{
    *line = str_trim(*line);
    return str_cut(line, ' ');
}
