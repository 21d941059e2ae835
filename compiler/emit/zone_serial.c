/*
 * Serials. Reads only what emit_zones writes: each record in one line, its
 * fields parted by spaces, the SOA's type in the fourth.
 */
#include "emit/zone_serial.h"

enum { SERIAL_FIRST = 1, FIELDS_BEFORE_TYPE = 3, FIELDS_BEFORE_SERIAL = 6 };

static bool serial_find(struct str file, uint32_t *serial);
static bool is_zone_equal(struct str a, struct str b);
static struct str cut_line(struct str *file);
static bool is_line_equal(struct str a, struct str b);
static bool is_soa(struct str line);
static struct str line_field(struct str line, size_t index);
static struct str cut_field(struct str *line);

uint32_t
zone_serial(struct str previous, struct str next)
{
    uint32_t serial;
    if (!serial_find(previous, &serial))
        return SERIAL_FIRST;
    if (is_zone_equal(previous, next))
        return serial;
    return serial == UINT32_MAX ? SERIAL_FIRST : serial + 1;
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
