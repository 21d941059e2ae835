/*
 * Delegations downwards, and addresses backwards.
 */
#include "resolve/zone_links.h"

#include "base/map.h"
#include "base/vec.h"
#include "ir/address.h"
#include "ir/domain.h"

/* A zone's records while they grow. */
struct growing {
    struct arena *arena;
    struct zone *zone;
    struct vec records; /* of struct record */
};

static struct growing grow(struct arena *arena, struct ir *ir, size_t index);
static struct record *grow_record(struct growing *growing, struct str owner,
                                  enum record_type type, struct span span);
static void keep_grown(struct growing *growing);
static const struct zone *parent_find(const struct ir *ir,
                                      const struct zone *child);
static bool has_record(const struct zone *zone, struct str owner,
                       enum record_type type);
static void delegate(struct growing *growing, const struct zone *child);
static void add_glue(struct growing *growing, const struct zone *child,
                     struct str host);
static void point_back(struct growing *growing, const struct zone *zone,
                       struct map *placed);
static const struct value *host_value(struct arena *arena,
                                      const struct record *record);

void
resolve_delegations(struct arena *arena, struct ir *ir)
{
    for (size_t i = 0; i < ir->zone_count; i++) {
        const struct zone *child = &ir->zones[i];
        const struct zone *parent = parent_find(ir, child);
        if (parent == NULL || has_record(parent, child->name, RECORD_NS))
            continue;
        struct growing growing = grow(arena, ir, (size_t)(parent - ir->zones));
        delegate(&growing, child);
        keep_grown(&growing);
    }
}

void
resolve_pointers(struct arena *arena, struct ir *ir)
{
    for (size_t i = 0; i < ir->zone_count; i++) {
        if (!ir->zones[i].derives_pointers)
            continue;
        struct growing growing = grow(arena, ir, i);
        struct map placed;
        map_init(&placed, arena);
        for (size_t k = 0; k < growing.zone->record_count; k++)
            map_put(&placed, growing.zone->records[k].owner, growing.zone);
        for (size_t k = 0; k < ir->zone_count; k++)
            point_back(&growing, &ir->zones[k], &placed);
        keep_grown(&growing);
    }
}

static struct growing
grow(struct arena *arena, struct ir *ir, size_t index)
{
    struct growing growing = {.arena = arena,
                              .zone = (struct zone *)&ir->zones[index]};
    vec_init(&growing.records, arena, sizeof(struct record));
    for (size_t i = 0; i < growing.zone->record_count; i++)
        *(struct record *)vec_add(&growing.records) = growing.zone->records[i];
    return growing;
}

static struct record *
grow_record(struct growing *growing, struct str owner, enum record_type type,
            struct span span)
{
    const struct value *ttl = growing->zone->ttl;
    struct record *record = vec_add(&growing->records);
    *record =
        (struct record){.owner = owner,
                        .type = type,
                        .is_derived = true,
                        .ttl_seconds = is_value_known(ttl) ? ttl->number : 0,
                        .span = span,
                        .owner_span = span};
    return record;
}

static void
keep_grown(struct growing *growing)
{
    growing->zone->records = growing->records.items;
    growing->zone->record_count = growing->records.count;
}

/* The other zone with the longest name that the child lies in. */
static const struct zone *
parent_find(const struct ir *ir, const struct zone *child)
{
    return zone_find(ir, domain_parent(child->name));
}

static bool
has_record(const struct zone *zone, struct str owner, enum record_type type)
{
    for (size_t i = 0; i < zone->record_count; i++) {
        if (zone->records[i].type == type &&
            is_str_equal(zone->records[i].owner, owner))
            return true;
    }
    return false;
}

static void
delegate(struct growing *growing, const struct zone *child)
{
    const struct value *list = child->nameservers;
    for (size_t i = 0; list != NULL && i < list->item_count; i++) {
        const struct value *host = &list->items[i];
        if (is_value_poison(host))
            continue;
        grow_record(growing, child->name, RECORD_NS, host->span)->fields[0] =
            host;
        if (is_value_known(host) && is_domain_inside(host->text, child->name))
            add_glue(growing, child, host->text);
    }
    for (size_t i = 0; i < child->ds_count; i++) {
        struct record *record =
            grow_record(growing, child->name, RECORD_DS, child->ds[i].span);
        int64_t ttl = record->ttl_seconds;
        *record = child->ds[i];
        record->ttl_seconds = ttl;
    }
}

static void
add_glue(struct growing *growing, const struct zone *child, struct str host)
{
    for (size_t i = 0; i < child->record_count; i++) {
        const struct record *record = &child->records[i];
        if (!is_address_record(record) || !is_str_equal(record->owner, host))
            continue;
        struct record *glue =
            grow_record(growing, host, record->type, record->span);
        glue->fields[0] = record->fields[0];
        glue->owner_span = record->owner_span;
    }
}

static void
point_back(struct growing *growing, const struct zone *zone, struct map *placed)
{
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        struct address address;
        if (!is_address_record(record) || is_wildcard(record->owner) ||
            !is_value_known(record->fields[0]) ||
            !address_read(record->fields[0]->text, &address))
            continue;
        struct str name = address_reverse(growing->arena, &address);
        if (!is_domain_inside(name, growing->zone->name) ||
            map_find(placed, name) != NULL)
            continue;
        map_put(placed, name, zone);
        grow_record(growing, name, RECORD_PTR, record->span)->fields[0] =
            host_value(growing->arena, record);
    }
}

static const struct value *
host_value(struct arena *arena, const struct record *record)
{
    struct value *value = arena_new(arena, sizeof *value);
    value->kind = VALUE_TEXT;
    value->type = TYPE_HOST;
    value->text = record->owner;
    value->span = record->owner_span;
    return value;
}
