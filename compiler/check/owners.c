/*
 * Names and what belongs to them.
 */
#include "check/owners.h"

#include "ir/domain.h"

static void owner_add(struct owners *owners, const struct record *record);
static bool is_delegated(const struct owners *owners, struct str name);

static void
owners_init(struct owners *owners, struct arena *arena, const struct zone *zone)
{
    *owners = (struct owners){.arena = arena, .zone = zone};
    map_init(&owners->index, arena);
    vec_init(&owners->list, arena, sizeof(const struct owner *));
    for (size_t i = 0; i < zone->record_count; i++)
        owner_add(owners, &zone->records[i]);
}

const struct owners *
owners_new(struct check *check)
{
    const struct ir *ir = check->ir;
    struct owners *owners =
        arena_array(check->arena, ir->zone_count, sizeof *owners);
    for (size_t i = 0; i < ir->zone_count; i++)
        owners_init(&owners[i], check->arena, &ir->zones[i]);
    return owners;
}

const struct owners *
owners_of(const struct check *check, const struct zone *zone)
{
    return &check->owners[zone - check->ir->zones];
}

size_t
owner_count(const struct owners *owners)
{
    return owners->list.count;
}

const struct owner *
owner_at(const struct owners *owners, size_t index)
{
    return *(const struct owner *const *)vec_at(&owners->list, index);
}

const struct owner *
owner_find(const struct owners *owners, struct str name)
{
    return map_find(&owners->index, name);
}

bool
is_owner_answered(const struct owners *owners, struct str name)
{
    if (owner_find(owners, name) != NULL || is_delegated(owners, name))
        return true;
    while (name.len > owners->zone->name.len) {
        name = domain_parent(name);
        struct str wildcard = arena_format(owners->arena, "*.{}", STRS(name));
        if (owner_find(owners, wildcard) != NULL)
            return true;
        if (owner_find(owners, name) != NULL)
            return false;
    }
    return false;
}

size_t
owner_record_count(const struct owner *owner)
{
    return owner->records.count;
}

const struct record *
owner_record_at(const struct owner *owner, size_t index)
{
    return *(const struct record *const *)vec_at(&owner->records, index);
}

const struct record *
owner_record_find(const struct owner *owner, enum record_type type)
{
    for (size_t i = 0; i < owner_record_count(owner); i++) {
        const struct record *record = owner_record_at(owner, i);
        if (record->type == type)
            return record;
    }
    return NULL;
}

bool
has_owner_address(const struct owner *owner)
{
    return owner_record_find(owner, RECORD_A) != NULL ||
           owner_record_find(owner, RECORD_AAAA) != NULL ||
           owner_record_find(owner, RECORD_CNAME) != NULL;
}

bool
is_mail_policy(const struct record *record)
{
    const struct value *text = record_field(record, FIELD_STRINGS);
    struct str version = STR("v=spf1");
    return record->type == RECORD_TXT && is_value_known(text) &&
           text->text.len >= version.len &&
           is_str_equal_nocase(str_slice(text->text, 0, version.len),
                               version) &&
           (text->text.len == version.len || text->text.at[version.len] == ' ');
}

static void
owner_add(struct owners *owners, const struct record *record)
{
    struct owner *owner = map_find(&owners->index, record->owner);
    if (owner == NULL) {
        owner = arena_new(owners->arena, sizeof *owner);
        owner->name = record->owner;
        vec_init(&owner->records, owners->arena, sizeof(const struct record *));
        map_put(&owners->index, owner->name, owner);
        vec_add_pointer(&owners->list, owner);
    }
    vec_add_pointer(&owner->records, record);
}

/* Below, or at, a name in the zone that has name servers of its own. */
static bool
is_delegated(const struct owners *owners, struct str name)
{
    while (name.len > owners->zone->name.len) {
        const struct owner *owner = owner_find(owners, name);
        if (owner != NULL && owner_record_find(owner, RECORD_NS) != NULL)
            return true;
        name = domain_parent(name);
    }
    return false;
}
