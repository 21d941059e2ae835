/*
 * Name servers and issuers become the words that say them shortly, when these
 * say all of them; everything else is a `record`.
 */
#include "emit/zone_program.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "emit/text/program.h"
#include "emit/zone_rows.h"
#include "ir/domain.h"
#include "ir/quantity.h"

/* What of a zone the words `nameservers` and `caa` say. */
struct shortened {
    const struct zone *zone;
    struct vec servers; /* of const struct record *, the primary first */
    bool has_short_servers;
    bool has_short_caa;
    const struct record *report; /* or NULL */
};

enum { OWNER_WIDTH_MAX = 24, TYPE_WIDTH = 5 };

static void find_servers(struct shortened *shortened, struct arena *arena);
static bool is_primary(const struct zone *zone, const struct record *record);
static void write_servers(struct buf *buf, const struct shortened *shortened);
static void write_head(struct buf *buf, const struct zone *zone);
static void write_time(struct buf *buf, const char *word,
                       const struct value *time);
static void find_issuers(struct shortened *shortened);
static bool is_plain_caa(const struct zone *zone, const struct record *record);
static void write_issuers(struct buf *buf, const struct shortened *shortened,
                          const struct zone_rows *rows);
static bool is_shortened(const struct shortened *shortened,
                         const struct record *record);
static void write_record(struct buf *buf, const struct zone *zone,
                         const struct record *record, size_t width);
static bool is_utf8(const struct record *record);
static void write_field(struct buf *buf, enum field_kind kind,
                        const struct value *value);
static struct str owner_text(struct arena *arena, const struct zone *zone,
                             struct str owner);
static size_t owner_width(struct arena *arena, const struct zone *zone);
static void write_padded(struct buf *buf, struct str text, size_t width);
static void write_host(struct buf *buf, struct str host);
static void write_word(struct buf *buf, struct str text);
static void write_bytes(struct buf *buf, const struct value *value);

void
write_zone_program(struct buf *buf, const struct zone *zone)
{
    struct shortened shortened = {.zone = zone};
    struct zone_rows rows = zone_rows(buf->arena, zone);
    find_servers(&shortened, buf->arena);
    find_issuers(&shortened);
    buf_format(buf, "zone {} {{\n", STRS(zone->name));
    write_servers(buf, &shortened);
    write_head(buf, zone);
    write_issuers(buf, &shortened, &rows);
    size_t width = owner_width(buf->arena, zone);
    for (size_t i = 0; i < rows.count; i++) {
        const struct record *record = rows.at[i].record;
        if (record != NULL && !is_shortened(&shortened, record))
            write_record(buf, zone, record, width);
    }
    buf_add(buf, STR("}\n"));
}

/* All in one list only when they have one TTL. */
static void
find_servers(struct shortened *shortened, struct arena *arena)
{
    const struct zone *zone = shortened->zone;
    shortened->has_short_servers = true;
    vec_init(&shortened->servers, arena, sizeof(const struct record *));
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < zone->record_count; i++) {
            const struct record *record = &zone->records[i];
            bool is_server = record->type == RECORD_NS &&
                             is_str_equal(record->owner, zone->name);
            if (!is_server || is_primary(zone, record) != (pass == 0))
                continue;
            vec_add_pointer(&shortened->servers, record);
        }
    }
    const struct record **servers = shortened->servers.items;
    for (size_t i = 1; i < shortened->servers.count; i++) {
        if (servers[i]->ttl_seconds != servers[0]->ttl_seconds)
            shortened->has_short_servers = false;
    }
}

static bool
is_primary(const struct zone *zone, const struct record *record)
{
    return is_str_equal(record->fields[0]->text, zone->primary->text);
}

static void
write_servers(struct buf *buf, const struct shortened *shortened)
{
    const struct zone *zone = shortened->zone;
    const struct record **servers = shortened->servers.items;
    size_t count = shortened->has_short_servers ? shortened->servers.count : 0;
    if (count > 0) {
        buf_add(buf, STR("    nameservers  ["));
        for (size_t i = 0; i < count; i++) {
            buf_add(buf, i > 0 ? STR(" ") : STR(""));
            write_host(buf, servers[i]->fields[0]->text);
        }
        buf_byte(buf, ']');
        if (servers[0]->ttl_seconds != zone->ttl->number) {
            buf_add(buf, STR("  ttl "));
            buf_number(buf, servers[0]->ttl_seconds);
        }
        buf_byte(buf, '\n');
    }
    if (count > 0 && is_primary(zone, servers[0]))
        return;
    buf_add(buf, STR("    primary      "));
    write_host(buf, zone->primary->text);
    buf_byte(buf, '\n');
}

static void
write_head(struct buf *buf, const struct zone *zone)
{
    buf_add(buf, STR("    contact      "));
    program_text(buf, zone->contact->text);
    buf_add(buf, STR("\n    serial       "));
    buf_number(buf, zone->serial->number);
    buf_add(buf, STR("\n    ttl          "));
    buf_number(buf, zone->ttl->number);
    buf_byte(buf, '\n');
    write_time(buf, "refresh", zone->refresh);
    write_time(buf, "retry", zone->retry);
    write_time(buf, "expire", zone->expire);
    write_time(buf, "minimum", zone->minimum);
}

static void
write_time(struct buf *buf, const char *word, const struct value *time)
{
    buf_add(buf, STR("    "));
    buf_add(buf, str_from(word));
    buf_repeat(buf, ' ', 13 - str_from(word).len);
    buf_number(buf, duration_seconds(time->number));
    buf_add(buf, STR("s\n"));
}

static bool
is_shortened(const struct shortened *shortened, const struct record *record)
{
    if (!is_str_equal(record->owner, shortened->zone->name))
        return false;
    return (shortened->has_short_servers && record->type == RECORD_NS) ||
           (shortened->has_short_caa && record->type == RECORD_CAA);
}

/* What the word `caa` says: authorities, and one address for reports. */
static void
find_issuers(struct shortened *shortened)
{
    const struct zone *zone = shortened->zone;
    size_t count = 0;
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        if (record->type != RECORD_CAA ||
            !is_str_equal(record->owner, zone->name))
            continue;
        bool is_report = is_str_equal(record->fields[1]->text, STR("iodef"));
        if (!is_plain_caa(zone, record) ||
            (is_report && shortened->report != NULL))
            return;
        if (is_report)
            shortened->report = record;
        else
            count++;
    }
    shortened->has_short_caa = count > 0;
}

static bool
is_plain_caa(const struct zone *zone, const struct record *record)
{
    struct str tag = record->fields[1]->text;
    struct str text = record->fields[2]->text;
    if (record->fields[0]->number != 0 ||
        record->ttl_seconds != zone->ttl->number)
        return false;
    if (is_str_equal(tag, STR("iodef")))
        return has_prefix(text, STR("mailto:"));
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_alnum(text.at[i]) && text.at[i] != '.' &&
            text.at[i] != '-')
            return false;
    }
    return is_str_equal(tag, STR("issue")) && text.len > 0;
}

static void
write_issuers(struct buf *buf, const struct shortened *shortened,
              const struct zone_rows *rows)
{
    const char *before = "    caa          [";
    if (!shortened->has_short_caa)
        return;
    for (size_t i = 0; i < rows->count; i++) {
        const struct record *record = rows->at[i].record;
        if (record == NULL || !is_shortened(shortened, record) ||
            record->type != RECORD_CAA || record == shortened->report)
            continue;
        buf_add(buf, str_from(before));
        program_text(buf, record->fields[2]->text);
        before = " ";
    }
    buf_byte(buf, ']');
    if (shortened->report != NULL) {
        struct str text = shortened->report->fields[2]->text;
        buf_add(buf, STR("  report "));
        program_text(buf, str_slice(text, STR("mailto:").len, text.len));
    }
    buf_byte(buf, '\n');
}

static void
write_record(struct buf *buf, const struct zone *zone,
             const struct record *record, size_t width)
{
    const struct record_form *form = record_form(record->type);
    const struct value *strings = record_field(record, FIELD_STRINGS);
    if (!is_utf8(record)) {
        buf_format(buf, "    # left out: {} {} is no UTF-8\n",
                   STRS(record->owner, record_name(buf->arena, record)));
        return;
    }
    buf_add(buf, STR("    record "));
    write_padded(buf, owner_text(buf->arena, zone, record->owner), width);
    write_padded(buf, record_name(buf->arena, record), TYPE_WIDTH);
    for (size_t i = 0; i < record_field_count(record->type); i++)
        write_field(buf, form->fields[i], record->fields[i]);
    if (strings != NULL && strings->item_count > 0)
        buf_add(buf, STR("  apart"));
    if (record->ttl_seconds != zone->ttl->number) {
        buf_add(buf, STR("  ttl "));
        buf_number(buf, record->ttl_seconds);
    }
    buf_byte(buf, '\n');
}

/* Only text is a program's. */
static bool
is_utf8(const struct record *record)
{
    for (size_t i = 0; i < record_field_count(record->type); i++) {
        const struct value *field = record->fields[i];
        if (utf8_invalid(field->text) < field->text.len ||
            has_byte(field->text, '\0'))
            return false;
        for (size_t k = 0; k < field->item_count; k++) {
            struct str item = field->items[k].text;
            if (utf8_invalid(item) < item.len || has_byte(item, '\0'))
                return false;
        }
    }
    return true;
}

static void
write_field(struct buf *buf, enum field_kind kind, const struct value *value)
{
    if (kind == FIELD_BYTES) {
        write_bytes(buf, value);
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        buf_byte(buf, ' ');
        write_word(buf, value->items[i].text);
    }
    if (kind == FIELD_PARAMETERS || value->item_count > 0)
        return;
    buf_byte(buf, ' ');
    if (value->kind == VALUE_NUMBER)
        buf_number(buf, value->number);
    else if (kind == FIELD_HOST)
        write_host(buf, value->text);
    else if (kind == FIELD_LOCATION)
        buf_add(buf, value->text);
    else
        write_word(buf, value->text);
}

/* Clauses of `record`, were they bare. */
static void
write_word(struct buf *buf, struct str text)
{
    bool is_clause = is_str_equal(text, STR("ttl")) ||
                     is_str_equal(text, STR("apart")) ||
                     is_str_equal(text, STR("switched-in"));
    if (is_clause)
        program_quoted(buf, text);
    else
        program_text(buf, text);
}

static void
write_bytes(struct buf *buf, const struct value *value)
{
    buf_add(buf, STR(" \"\\\\#\" "));
    buf_number(buf, (int64_t)value->text.len / 2);
    if (value->text.len > 0)
        buf_byte(buf, ' ');
    buf_add(buf, value->text);
}

static struct str
owner_text(struct arena *arena, const struct zone *zone, struct str owner)
{
    struct buf buf;
    buf_init(&buf, arena);
    if (is_str_equal(owner, zone->name))
        return STR("@");
    program_text(&buf, str_slice(owner, 0, owner.len - zone->name.len - 1));
    return buf_str(&buf);
}

static size_t
owner_width(struct arena *arena, const struct zone *zone)
{
    size_t width = 0;
    for (size_t i = 0; i < zone->record_count; i++) {
        size_t len = owner_text(arena, zone, zone->records[i].owner).len;
        if (len > width && len <= OWNER_WIDTH_MAX)
            width = len;
    }
    return width;
}

static void
write_padded(struct buf *buf, struct str text, size_t width)
{
    buf_add(buf, text);
    buf_repeat(buf, ' ', text.len < width ? width - text.len + 1 : 1);
}

/* With its dot: then it is absolute, however few dots it has. */
static void
write_host(struct buf *buf, struct str host)
{
    program_text(buf, arena_format(buf->arena, "{}.", STRS(host)));
}
