/*
 * One entry a name, one item a type, one value a record.
 */
#include "emit/zone_forms.h"

#include "emit/text/yaml.h"

/* How it calls the fields of a type; one without names is a value itself. */
static const struct {
    enum record_type type;
    const char *names[RECORD_FIELDS_MAX];
} names_of[] = {
    {RECORD_CAA, {"flags", "tag", "value"}},
    {RECORD_DS, {"key_tag", "algorithm", "digest_type", "digest"}},
    {RECORD_HTTPS, {"svcpriority", "targetname", "svcparams"}},
    {RECORD_MX, {"preference", "exchange"}},
    {RECORD_NAPTR,
     {"order", "preference", "flags", "service", "regexp", "replacement"}},
    {RECORD_SRV, {"priority", "weight", "port", "target"}},
    {RECORD_SSHFP, {"algorithm", "fingerprint_type", "fingerprint"}},
    {RECORD_SVCB, {"svcpriority", "targetname", "svcparams"}},
    {RECORD_TLSA,
     {"certificate_usage", "selector", "matching_type",
      "certificate_association_data"}},
};

static const char *const place_names[] = {
    "lat_degrees",  "lat_minutes",  "lat_seconds",    "lat_direction",
    "long_degrees", "long_minutes", "long_seconds",   "long_direction",
    "altitude",     "size",         "precision_horz", "precision_vert",
};

enum { PLACE_COUNT = sizeof place_names / sizeof *place_names };

static bool is_known(enum record_type type);
static void write_name(struct yaml *yaml, const struct zone *zone,
                       const struct zone_rows *rows, size_t first, size_t end);
static size_t set_end(const struct zone_rows *rows, size_t first, size_t end);
static void write_set(struct yaml *yaml, const struct zone_rows *rows,
                      size_t first, size_t end);
static const char *const *field_names(enum record_type type);
static void write_value(struct yaml *yaml, const struct record *record);
static void write_field(struct yaml *yaml, const char *key,
                        enum field_kind kind, const struct value *value);
static struct str plain_text(struct arena *arena, enum field_kind kind,
                             const struct value *value);
static void write_parameters(struct yaml *yaml, const char *key,
                             const struct value *list);
static void write_place(struct yaml *yaml, struct str text);

void
write_octodns(struct buf *buf, const struct zone *zone,
              const struct zone_rows *rows)
{
    struct yaml yaml;
    yaml_init(&yaml, buf, buf->arena);
    yaml_comment(&yaml, STR("Made by broxc from the program's zone; edit the "
                            "program, not this file.\nIts names are in the "
                            "order of a zone: set `enforce_order: false`."));
    for (size_t i = 1; i < rows->count;) {
        size_t end = i + 1;
        while (end < rows->count &&
               is_str_equal(rows->at[end].owner, rows->at[i].owner))
            end++;
        write_name(&yaml, zone, rows, i, end);
        i = end;
    }
}

static bool
is_written(const struct zone_row *row)
{
    return is_str_empty(row->hole) && is_known(row->record->type);
}

static bool
is_known(enum record_type type)
{
    return type != RECORD_HINFO && type != RECORD_SMIMEA &&
           type != RECORD_OTHER;
}

static void
write_name(struct yaml *yaml, const struct zone *zone,
           const struct zone_rows *rows, size_t first, size_t end)
{
    struct str owner = rows->at[first].record->owner;
    size_t cut = owner.len - zone->name.len;
    bool is_begun = false;
    for (size_t i = first; i < end;) {
        const struct zone_row *row = &rows->at[i];
        size_t next = set_end(rows, i, end);
        if (!is_written(row)) {
            yaml_comment(yaml, arena_format(yaml->arena, "left out: {} {}",
                                            STRS(row->owner, row->type)));
        } else {
            if (!is_begun)
                yaml_list_named(yaml,
                                str_slice(owner, 0, cut > 0 ? cut - 1 : 0));
            is_begun = true;
            write_set(yaml, rows, i, next);
        }
        i = next;
    }
    if (is_begun)
        yaml_end(yaml);
}

/* The rows of one type, which follow one another; what waits stands alone. */
static size_t
set_end(const struct zone_rows *rows, size_t first, size_t end)
{
    size_t next = first + 1;
    while (is_written(&rows->at[first]) && next < end &&
           is_written(&rows->at[next]) &&
           is_str_equal(rows->at[next].type, rows->at[first].type))
        next++;
    return next;
}

static void
write_set(struct yaml *yaml, const struct zone_rows *rows, size_t first,
          size_t end)
{
    const struct zone_row *row = &rows->at[first];
    enum record_type type = row->record->type;
    yaml_item(yaml);
    yaml_number(yaml, "ttl", row->ttl_seconds);
    yaml_text(yaml, "type", row->type);
    if (type == RECORD_CNAME || type == RECORD_DNAME) {
        yaml_text(yaml, "value", row->fields);
    } else {
        yaml_list(yaml, "values");
        for (size_t i = first; i < end; i++)
            write_value(yaml, rows->at[i].record);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static void
write_value(struct yaml *yaml, const struct record *record)
{
    const struct record_form *form = record_form(record->type);
    const char *const *names = field_names(record->type);
    if (record->type == RECORD_LOC) {
        write_place(yaml, record->fields[0]->text);
        return;
    }
    if (names == NULL) {
        yaml_item_text(
            yaml, plain_text(yaml->arena, form->fields[0], record->fields[0]));
        return;
    }
    yaml_item(yaml);
    for (size_t i = 0; i < record_field_count(record->type); i++)
        write_field(yaml, names[i], form->fields[i], record->fields[i]);
    yaml_end(yaml);
}

static const char *const *
field_names(enum record_type type)
{
    for (size_t i = 0; i < sizeof names_of / sizeof *names_of; i++) {
        if (names_of[i].type == type)
            return names_of[i].names;
    }
    return NULL;
}

static void
write_field(struct yaml *yaml, const char *key, enum field_kind kind,
            const struct value *value)
{
    if (kind == FIELD_NUMBER8 || kind == FIELD_NUMBER16)
        yaml_number_from(yaml, key, value->number, value->text);
    else if (kind == FIELD_PARAMETERS)
        write_parameters(yaml, key, value);
    else
        yaml_text(yaml, key, plain_text(yaml->arena, kind, value));
}

/* Hosts end in a dot; a semicolon in a TXT record has a backslash. */
static struct str
plain_text(struct arena *arena, enum field_kind kind, const struct value *value)
{
    struct buf text;
    buf_init(&text, arena);
    if (kind == FIELD_HOST)
        return arena_format(arena, "{}.", STRS(value->text));
    if (kind != FIELD_STRINGS)
        return value->text;
    for (size_t i = 0; i < value->text.len; i++) {
        if (value->text.at[i] == ';')
            buf_byte(&text, '\\');
        buf_byte(&text, value->text.at[i]);
    }
    return buf_str(&text);
}

/* Those that hold several are lists. */
static void
write_parameters(struct yaml *yaml, const char *key, const struct value *list)
{
    if (list->item_count == 0)
        return;
    yaml_map(yaml, key);
    for (size_t i = 0; i < list->item_count; i++) {
        struct str rest = list->items[i].text;
        bool has_value = has_byte(rest, '=');
        struct str name = str_cut(&rest, '=');
        bool is_list = is_str_equal(name, STR("alpn")) ||
                       is_str_equal(name, STR("mandatory")) ||
                       is_str_equal(name, STR("ipv4hint")) ||
                       is_str_equal(name, STR("ipv6hint"));
        if (!has_value) {
            yaml_plain_named(yaml, name, STR("null"));
        } else if (!is_list) {
            yaml_text_named(yaml, name, rest);
        } else {
            yaml_list_named(yaml, name);
            while (!is_str_empty(rest))
                yaml_item_text(yaml, str_cut(&rest, ','));
            yaml_end(yaml);
        }
    }
    yaml_end(yaml);
}

/* The parts of a place, which are written out in this order. */
static void
write_place(struct yaml *yaml, struct str text)
{
    yaml_item(yaml);
    for (size_t i = 0; i < PLACE_COUNT; i++) {
        struct str part = str_cut(&text, ' ');
        if (has_suffix(part, STR("m")))
            part = str_slice(part, 0, part.len - 1);
        bool is_direction = part.len == 1 && !is_ascii_digit(part.at[0]);
        if (is_direction)
            yaml_text(yaml, place_names[i], part);
        else
            yaml_plain_named(yaml, str_from(place_names[i]), part);
    }
    yaml_end(yaml);
}
