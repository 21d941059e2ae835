/*
 * Names and what belongs to them.
 */
#include "check/owners.h"

#include "base/buf.h"
#include "ir/address.h"
#include "ir/domain.h"

static void owner_add(struct owners *owners, const struct record *record);
static bool is_delegated(const struct owners *owners, struct str name);

void
owners_init(struct owners *owners, struct arena *arena, const struct zone *zone)
{
    *owners = (struct owners){.arena = arena, .zone = zone};
    map_init(&owners->index, arena);
    vec_init(&owners->list, arena, sizeof(const struct owner *));
    for (size_t i = 0; i < zone->record_count; i++)
        owner_add(owners, &zone->records[i]);
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

struct str
record_key(struct arena *arena, const struct record *record)
{
    const struct value *values[] = {record->priority, record->weight,
                                    record->port, record->target, record->text};
    bool is_address = record->type == RECORD_A || record->type == RECORD_AAAA;
    struct buf key;
    buf_init(&key, arena);
    buf_format(&key, "{} {}",
               STRS(str_from(record_type_name(record->type)), record->caa_tag));
    buf_byte(&key, ' ');
    buf_number(&key, record->ttl_seconds);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (values[i] == NULL)
            continue;
        if (!is_value_known(values[i]))
            return STR("");
        buf_byte(&key, ' ');
        if (values[i]->kind == VALUE_NUMBER)
            buf_number(&key, values[i]->number);
        else if (is_address)
            buf_add(&key, address_key(arena, values[i]));
        else
            buf_add(&key, values[i]->text);
    }
    return buf_str(&key);
}

struct str
address_key(struct arena *arena, const struct value *address)
{
    struct address parsed;
    struct buf key;
    if (address->kind == VALUE_HOLE)
        return arena_format(arena, "?{}", STRS(address->text));
    if (address->kind != VALUE_TEXT || !address_read(address->text, &parsed))
        return STR("");
    buf_init(&key, arena);
    buf_byte(&key, parsed.is_ipv6 ? '6' : '4');
    for (size_t i = 0; i < sizeof parsed.bytes; i++) {
        buf_byte(&key, '.');
        buf_number(&key, parsed.bytes[i]);
    }
    return buf_str(&key);
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
