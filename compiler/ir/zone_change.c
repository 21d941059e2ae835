/*
 * Two zones, side by side.
 */
#include "ir/zone_change.h"

#include "base/map.h"
#include "base/sort.h"
#include "ir/domain.h"

struct comparing {
    struct arena *arena;
    struct map index; /* owner and type -> struct zone_change * */
    struct vec list;  /* of struct zone_change * */
};

static void add_records(struct comparing *comparing, const struct zone *zone,
                        bool is_after);
static struct zone_change *change_of(struct comparing *comparing,
                                     const struct record *record);
static enum zone_change_kind judge(struct arena *arena,
                                   struct zone_change *change);
static struct str *keys_of(struct arena *arena, const struct vec *records,
                           bool *is_waiting);
static struct str key_of(struct arena *arena, const struct record *record);
static int compare_keys(const void *a, const void *b, const void *context);
static int compare_changes(const void *a, const void *b, const void *context);

struct zone_changes
zone_compare(struct arena *arena, const struct zone *before,
             const struct zone *after)
{
    struct comparing comparing = {.arena = arena};
    struct zone_changes changes = {.count = 0};
    map_init(&comparing.index, arena);
    vec_init(&comparing.list, arena, sizeof(struct zone_change *));
    add_records(&comparing, before, false);
    add_records(&comparing, after, true);
    struct zone_change *list =
        arena_array(arena, comparing.list.count, sizeof *list);
    for (size_t i = 0; i < comparing.list.count; i++) {
        struct zone_change **change = vec_at(&comparing.list, i);
        (*change)->kind = judge(arena, *change);
        changes.counts[(*change)->kind]++;
        list[changes.count++] = **change;
    }
    sort_items(arena, list, changes.count, sizeof *list, compare_changes, NULL);
    changes.at = list;
    return changes;
}

static void
add_records(struct comparing *comparing, const struct zone *zone, bool is_after)
{
    for (size_t i = 0; i < zone->record_count; i++) {
        const struct record *record = &zone->records[i];
        struct zone_change *change = change_of(comparing, record);
        vec_add_pointer(is_after ? &change->after : &change->before, record);
    }
}

static struct zone_change *
change_of(struct comparing *comparing, const struct record *record)
{
    struct arena *arena = comparing->arena;
    struct str type = record_name(arena, record);
    struct str key = arena_format(arena, "{} {}", STRS(record->owner, type));
    struct zone_change *change = map_find(&comparing->index, key);
    if (change != NULL)
        return change;
    change = arena_new(arena, sizeof *change);
    change->owner = record->owner;
    change->type = type;
    vec_init(&change->before, arena, sizeof(const struct record *));
    vec_init(&change->after, arena, sizeof(const struct record *));
    map_put(&comparing->index, key, change);
    vec_add_pointer(&comparing->list, change);
    return change;
}

static enum zone_change_kind
judge(struct arena *arena, struct zone_change *change)
{
    size_t count = change->before.count;
    struct str *before = keys_of(arena, &change->before, &change->is_waiting);
    struct str *after = keys_of(arena, &change->after, &change->is_waiting);
    if (count == 0)
        return ZONE_ADDED;
    if (change->after.count == 0)
        return ZONE_REMOVED;
    bool is_equal = change->after.count == count;
    for (size_t i = 0; is_equal && i < count; i++)
        is_equal = is_str_equal(before[i], after[i]);
    return is_equal ? ZONE_KEPT : ZONE_CHANGED;
}

/* What each says, sorted: the order in a set has no meaning. */
static struct str *
keys_of(struct arena *arena, const struct vec *records, bool *is_waiting)
{
    struct str *keys = arena_array(arena, records->count, sizeof *keys);
    for (size_t i = 0; i < records->count; i++) {
        keys[i] = key_of(arena, *(const struct record **)vec_at(records, i));
        *is_waiting = *is_waiting || is_str_empty(keys[i]);
    }
    sort_items(arena, keys, records->count, sizeof *keys, compare_keys, NULL);
    return keys;
}

static struct str
key_of(struct arena *arena, const struct record *record)
{
    struct record plain = *record;
    struct value text;
    if (record->type == RECORD_TXT && record->fields[0] != NULL) {
        text = *record->fields[0];
        text.item_count = 0;
        plain.fields[0] = &text;
    }
    struct str says = record_key(arena, &plain);
    if (is_str_empty(says))
        return says;
    return arena_format(arena, "{} {}",
                        STRS(arena_number(arena, record->ttl_seconds), says));
}

static int
compare_keys(const void *a, const void *b, const void *context)
{
    (void)context;
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static int
compare_changes(const void *a, const void *b, const void *context)
{
    const struct zone_change *first = a;
    const struct zone_change *second = b;
    (void)context;
    int order = domain_compare(first->owner, second->owner);
    return order != 0 ? order : str_compare(first->type, second->type);
}
