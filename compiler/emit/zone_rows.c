/*
 * Records to rows of text.
 */
#include "emit/zone_rows.h"

#include "base/buf.h"
#include "base/sort.h"
#include "emit/text/zone.h"
#include "ir/domain.h"
#include "ir/quantity.h"

static struct zone_row soa_row(struct arena *arena, const struct zone *zone);
static const struct value *primary_of(const struct zone *zone);
static const struct value *soa_hole_find(const struct zone *zone);
static const struct value *record_hole_find(const struct record *record);
static const struct value *hole_find(const struct value *const *values,
                                     size_t count);
static struct str record_fields(struct arena *arena,
                                const struct record *record);
static struct str owner_text(struct arena *arena, struct str name);
static int compare_rows(const void *a, const void *b, const void *context);
static int type_rank(const struct record *record);
static int64_t priority_of(const struct record *record);

struct zone_rows
zone_rows(struct arena *arena, const struct zone *zone)
{
    struct zone_rows rows = {.count = zone->record_count + 1};
    rows.at = arena_array(arena, rows.count, sizeof *rows.at);
    rows.at[0] = soa_row(arena, zone);
    for (size_t i = 0; i < zone->record_count; i++)
        rows.at[i + 1] = zone_row_of(arena, &zone->records[i]);
    sort_items(arena, rows.at + 1, zone->record_count, sizeof *rows.at,
               compare_rows, NULL);
    return rows;
}

bool
is_soa_known(const struct zone *zone)
{
    return is_value_known(primary_of(zone)) && is_value_known(zone->contact) &&
           is_value_known(zone->ttl) && is_value_known(zone->refresh) &&
           is_value_known(zone->retry) && is_value_known(zone->expire) &&
           is_value_known(zone->minimum);
}

/* RFC 1035 3.3.13: MNAME RNAME SERIAL REFRESH RETRY EXPIRE MINIMUM. */
void
zone_rows_date(struct arena *arena, struct zone_rows *rows,
               const struct zone *zone, uint32_t serial)
{
    const struct value *times[] = {zone->refresh, zone->retry, zone->expire,
                                   zone->minimum};
    struct buf fields;
    buf_init(&fields, arena);
    zone_name(&fields, primary_of(zone)->text);
    buf_byte(&fields, ' ');
    zone_mailbox(&fields, zone->contact->text);
    buf_byte(&fields, ' ');
    buf_number(&fields, serial);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        buf_byte(&fields, ' ');
        buf_number(&fields, duration_seconds(times[i]->number));
    }
    rows->at[0].fields = buf_str(&fields);
}

static struct zone_row
soa_row(struct arena *arena, const struct zone *zone)
{
    const struct value *hole = soa_hole_find(zone);
    return (struct zone_row){
        .owner = owner_text(arena, zone->name),
        .ttl_seconds = is_value_known(zone->ttl) ? zone->ttl->number : 0,
        .type = STR("SOA"),
        .hole = hole != NULL ? hole->text : STR(""),
    };
}

/* RFC 1035 3.3.13: MNAME; NULL when the zone names none. */
static const struct value *
primary_of(const struct zone *zone)
{
    const struct value *list = zone->nameservers;
    if (zone->primary != NULL)
        return zone->primary;
    return list != NULL && list->item_count > 0 ? &list->items[0] : NULL;
}

static const struct value *
soa_hole_find(const struct zone *zone)
{
    const struct value *values[] = {
        primary_of(zone), zone->contact, zone->ttl,    zone->refresh,
        zone->retry,      zone->expire,  zone->minimum};
    return hole_find(values, sizeof values / sizeof *values);
}

struct zone_row
zone_row_of(struct arena *arena, const struct record *record)
{
    const struct value *hole = record_hole_find(record);
    struct zone_row row = {
        .owner = owner_text(arena, record->owner),
        .ttl_seconds = record->ttl_seconds,
        .type = record_name(arena, record),
        .record = record,
    };
    if (hole != NULL)
        row.hole = hole->text;
    else
        row.fields = record_fields(arena, record);
    return row;
}

static const struct value *
record_hole_find(const struct record *record)
{
    return hole_find(record->fields, record_field_count(record->type));
}

/* The first value that is still a hole, or NULL. */
static const struct value *
hole_find(const struct value *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] != NULL && values[i]->kind == VALUE_HOLE)
            return values[i];
    }
    return NULL;
}

static struct str
record_fields(struct arena *arena, const struct record *record)
{
    const struct record_form *form = record_form(record->type);
    struct buf fields;
    buf_init(&fields, arena);
    for (size_t i = 0; i < record_field_count(record->type); i++) {
        struct buf field;
        buf_init(&field, arena);
        zone_field(&field, form->fields[i], record->fields[i]);
        if (i > 0 && field.len > 0)
            buf_byte(&fields, ' ');
        buf_add(&fields, buf_str(&field));
    }
    return buf_str(&fields);
}

static struct str
owner_text(struct arena *arena, struct str name)
{
    struct buf owner;
    buf_init(&owner, arena);
    zone_name(&owner, name);
    return buf_str(&owner);
}

static int
compare_rows(const void *a, const void *b, const void *context)
{
    const struct zone_row *row_a = a;
    const struct zone_row *row_b = b;
    const struct record *record_a = row_a->record;
    const struct record *record_b = row_b->record;
    (void)context;
    int order = domain_compare(record_a->owner, record_b->owner);
    if (order != 0)
        return order;
    order = type_rank(record_a) - type_rank(record_b);
    if (order != 0)
        return order;
    int64_t priority_a = priority_of(record_a);
    int64_t priority_b = priority_of(record_b);
    if (priority_a != priority_b)
        return priority_a < priority_b ? -1 : 1;
    return str_compare(row_a->fields, row_b->fields);
}

/* Name servers first, as people expect them under the SOA. */
static int
type_rank(const struct record *record)
{
    if (record->type == RECORD_NS)
        return -1;
    return record->type == RECORD_OTHER ? RECORD_OTHER + record->type_number
                                        : (int)record->type;
}

/* What stands first in a record and is a number is its order of use. */
static int64_t
priority_of(const struct record *record)
{
    const struct value *first = record->fields[0];
    return first != NULL && first->kind == VALUE_NUMBER ? first->number : 0;
}
