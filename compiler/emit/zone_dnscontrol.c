/*
 * One call a record; JavaScript's strings are JSON's. Parameters are spelled as
 * in a master file, which DNSControl reads them as.
 */
#include "emit/zone_forms.h"

#include "emit/text/json.h"
#include "emit/text/zone.h"

static bool is_known(const struct record *record);
static void write_call(struct buf *buf, const struct zone *zone,
                       const struct zone_row *row);
static void write_field(struct buf *buf, enum field_kind kind,
                        const struct value *value);
static void write_caa(struct buf *buf, const struct record *record);
static void write_strings(struct buf *buf, const struct value *value);
static void write_name(struct buf *buf, const struct zone *zone,
                       struct str owner);

void
write_dnscontrol(struct buf *buf, const struct zone *zone,
                 const struct zone_rows *rows)
{
    buf_add(buf, STR("// Made by broxc from the program's zone; edit the "
                     "program, not this file.\n"
                     "// dnsconfig.js defines REG and DSP, and requires it.\n"
                     "D("));
    json_string(buf, zone->name);
    buf_add(buf, STR(", REG, DnsProvider(DSP),\n"));
    for (size_t i = 1; i < rows->count; i++) {
        const struct zone_row *row = &rows->at[i];
        if (is_str_empty(row->hole) && is_known(row->record))
            write_call(buf, zone, row);
        else
            buf_format(buf, "  // left out: {} {}\n",
                       STRS(row->owner, row->type));
    }
    buf_add(buf, STR("END);\n"));
}

static bool
is_known(const struct record *record)
{
    return record->type != RECORD_HINFO && record->type != RECORD_LOC &&
           record->type != RECORD_OTHER;
}

static void
write_call(struct buf *buf, const struct zone *zone, const struct zone_row *row)
{
    const struct record *record = row->record;
    const struct record_form *form = record_form(record->type);
    bool is_server =
        record->type == RECORD_NS && is_str_equal(record->owner, zone->name);
    if (is_server) {
        buf_add(buf, STR("  NAMESERVER("));
        write_field(buf, FIELD_HOST, record->fields[0]);
        buf_add(buf, STR("),\n"));
        return;
    }
    buf_format(buf, "  {}(", STRS(row->type));
    write_name(buf, zone, record->owner);
    if (record->type == RECORD_CAA)
        write_caa(buf, record);
    for (size_t i = 0;
         record->type != RECORD_CAA && i < record_field_count(record->type);
         i++) {
        buf_add(buf, STR(", "));
        write_field(buf, form->fields[i], record->fields[i]);
    }
    buf_add(buf, STR(", TTL("));
    buf_number(buf, row->ttl_seconds);
    buf_add(buf, STR(")),\n"));
}

static void
write_field(struct buf *buf, enum field_kind kind, const struct value *value)
{
    if (kind == FIELD_NUMBER8 || kind == FIELD_NUMBER16) {
        buf_number(buf, value->number);
    } else if (kind == FIELD_HOST) {
        json_string(buf, arena_format(buf->arena, "{}.", STRS(value->text)));
    } else if (kind == FIELD_STRINGS && value->item_count > 0) {
        write_strings(buf, value);
    } else if (kind == FIELD_PARAMETERS) {
        struct buf text;
        buf_init(&text, buf->arena);
        zone_field(&text, kind, value);
        json_string(buf, buf_str(&text));
    } else {
        json_string(buf, value->text);
    }
}

/* The flag is a word of its own. */
static void
write_caa(struct buf *buf, const struct record *record)
{
    buf_add(buf, STR(", "));
    write_field(buf, FIELD_TAG, record->fields[1]);
    buf_add(buf, STR(", "));
    write_field(buf, FIELD_LONG, record->fields[2]);
    if (record->fields[0]->number != 0)
        buf_add(buf, STR(", CAA_CRITICAL"));
}

static void
write_strings(struct buf *buf, const struct value *value)
{
    buf_byte(buf, '[');
    for (size_t i = 0; i < value->item_count; i++) {
        buf_add(buf, i > 0 ? STR(", ") : STR(""));
        json_string(buf, value->items[i].text);
    }
    buf_byte(buf, ']');
}

static void
write_name(struct buf *buf, const struct zone *zone, struct str owner)
{
    size_t cut = owner.len - zone->name.len;
    json_string(buf, cut == 0 ? STR("@") : str_slice(owner, 0, cut - 1));
}
