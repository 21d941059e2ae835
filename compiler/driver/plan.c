/*
 * Plans, for people and as JSON.
 */
#include "driver/plan.h"

#include "emit/text/json.h"
#include "emit/zone_rows.h"
#include "ir/idna.h"

enum { REMOVALS_MAX = 25, REMOVALS_SHARE = 3 };

static void write_zone(struct buf *buf, const struct plan_zone *zone);
static void write_change(struct buf *buf, const struct zone_change *change);
static void write_records(struct buf *buf, const struct vec *records,
                          char sign);
static void write_zone_json(struct json *json, const struct plan_zone *zone);
static void write_records_json(struct json *json, const char *key,
                               const struct vec *records);
static bool is_removing_much(const struct zone_changes *changes);
static struct zone_row row_at(struct arena *arena, const struct vec *records,
                              size_t index);
static void write_count(struct buf *buf, size_t count, const char *what);

void
plan_add(struct plan *plan, const struct zone *zone)
{
    if (plan->zone_count == plan->zone_room) {
        size_t room = plan->zone_room * 2 + 1;
        plan->zones = arena_grow(plan->arena, plan->zones,
                                 plan->zone_room * sizeof *plan->zones,
                                 room * sizeof *plan->zones);
        plan->zone_room = room;
    }
    struct plan_zone *added = &plan->zones[plan->zone_count++];
    added->zone = zone;
    added->changes = zone_compare(plan->arena, zone->live, zone);
    added->is_held =
        !plan->allows_deletions && is_removing_much(&added->changes);
    for (size_t i = 0; i < added->changes.count; i++) {
        if (added->changes.at[i].is_waiting)
            plan->waiting++;
        else
            plan->counts[added->changes.at[i].kind]++;
    }
}

bool
plan_is_held(const struct plan *plan)
{
    for (size_t i = 0; i < plan->zone_count; i++) {
        if (plan->zones[i].is_held)
            return true;
    }
    return false;
}

static bool
is_removing_much(const struct zone_changes *changes)
{
    size_t removed = changes->counts[ZONE_REMOVED];
    size_t served =
        removed + changes->counts[ZONE_KEPT] + changes->counts[ZONE_CHANGED];
    return removed > REMOVALS_MAX || removed * REMOVALS_SHARE > served;
}

void
plan_write(struct buf *buf, const struct plan *plan)
{
    for (size_t i = 0; i < plan->zone_count; i++)
        write_zone(buf, &plan->zones[i]);
}

static void
write_zone(struct buf *buf, const struct plan_zone *zone)
{
    const struct zone_changes *changes = &zone->changes;
    buf_format(buf, "{}: ", STRS(zone->zone->name));
    write_count(buf, changes->counts[ZONE_ADDED], " to add, ");
    write_count(buf, changes->counts[ZONE_CHANGED], " to change, ");
    write_count(buf, changes->counts[ZONE_REMOVED], " to remove, ");
    write_count(buf, changes->counts[ZONE_KEPT], " as they are\n");
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->at[i].kind != ZONE_KEPT || changes->at[i].is_waiting)
            write_change(buf, &changes->at[i]);
    }
    if (zone->is_held)
        buf_add(buf,
                STR("held back: this removes over a third of the zone, or "
                    "over 25 sets of records; --allow-deletions goes on\n"));
}

static void
write_count(struct buf *buf, size_t count, const char *what)
{
    buf_number(buf, (int64_t)count);
    buf_add(buf, str_from(what));
}

/* One line a record: `-` is served, `+` would be. */
static void
write_change(struct buf *buf, const struct zone_change *change)
{
    write_records(buf, &change->before, '-');
    write_records(buf, &change->after, '+');
}

static void
write_records(struct buf *buf, const struct vec *records, char sign)
{
    for (size_t i = 0; i < records->count; i++) {
        struct zone_row row = row_at(buf->arena, records, i);
        bool is_waiting = !is_str_empty(row.hole);
        buf_add(buf, STR("  "));
        buf_byte(buf, is_waiting ? '?' : sign);
        buf_format(buf, " {} ", STRS(idna_shown(buf->arena, row.owner)));
        buf_number(buf, row.ttl_seconds);
        buf_format(buf, " {} {}{}\n",
                   STRS(row.type, is_waiting ? STR("waits for ?") : STR(""),
                        is_waiting ? row.hole : row.fields));
    }
}

static struct zone_row
row_at(struct arena *arena, const struct vec *records, size_t index)
{
    const struct record *const *record = vec_at(records, index);
    return zone_row_of(arena, *record);
}

void
plan_write_json(struct buf *buf, const struct plan *plan)
{
    struct json json;
    json_init(&json, buf);
    json_item_object(&json);
    json_number(&json, "version", 1);
    json_bool(&json, "held", plan_is_held(plan));
    json_array(&json, "zones");
    for (size_t i = 0; i < plan->zone_count; i++)
        write_zone_json(&json, &plan->zones[i]);
    json_end(&json);
    json_end(&json);
}

static void
write_zone_json(struct json *json, const struct plan_zone *zone)
{
    static const char *const actions[] = {"keep", "add", "change", "remove"};
    const struct zone_changes *changes = &zone->changes;
    json_item_object(json);
    json_text(json, "name", zone->zone->name);
    json_bool(json, "held", zone->is_held);
    json_number(json, "kept", (int64_t)changes->counts[ZONE_KEPT]);
    json_array(json, "changes");
    for (size_t i = 0; i < changes->count; i++) {
        const struct zone_change *change = &changes->at[i];
        if (change->kind == ZONE_KEPT && !change->is_waiting)
            continue;
        json_item_object(json);
        json_text(json, "action", str_from(actions[change->kind]));
        json_text(json, "name", change->owner);
        json_text(json, "type", change->type);
        json_bool(json, "waiting", change->is_waiting);
        write_records_json(json, "before", &change->before);
        write_records_json(json, "after", &change->after);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void
write_records_json(struct json *json, const char *key,
                   const struct vec *records)
{
    json_array(json, key);
    for (size_t i = 0; i < records->count; i++) {
        struct zone_row row = row_at(json->buf->arena, records, i);
        json_item_object(json);
        json_number(json, "ttl", row.ttl_seconds);
        if (is_str_empty(row.hole))
            json_text(json, "value", row.fields);
        else
            json_text(json, "hole", row.hole);
        json_end(json);
    }
    json_end(json);
}
