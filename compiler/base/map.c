/*
 * A hash table with open addressing and linear probing, at most three quarters
 * full. The hash stands beside its key, so that growing reads no text.
 */
#include "base/map.h"

#include <assert.h>
#include <string.h>

enum { MAP_FIRST = 4 };

struct map_slot {
    struct str key;
    uint64_t hash;
    const void *value; /* NULL: the slot is free */
};

static struct map_slot *slot_find(const struct map *map, struct str key,
                                  uint64_t hash);
static void map_grow(struct map *map, size_t capacity);
static uint64_t hash_text(struct str text);
static uint64_t load_word(const char *at);
static uint64_t load_short(struct str text);
static uint64_t hash_mix(uint64_t hash, uint64_t word);

void
map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

void *
map_find(const struct map *map, struct str key)
{
    if (map->count == 0)
        return NULL;
    /* The table keeps const pointers, and gives back what was put. */
    return (void *)slot_find(map, key, hash_text(key))->value;
}

void *
map_put(struct map *map, struct str key, const void *value)
{
    assert(value);
    if (map->count >= map->capacity / 4 * 3)
        map_grow(map, map->capacity > 0 ? map->capacity * 2 : MAP_FIRST);
    uint64_t hash = hash_text(key);
    struct map_slot *slot = slot_find(map, key, hash);
    const void *before = slot->value;
    if (!before)
        map->count++;
    *slot = (struct map_slot){key, hash, value};
    return (void *)before;
}

void
map_reserve(struct map *map, size_t count)
{
    size_t capacity = MAP_FIRST;
    while (count > capacity / 4 * 3)
        capacity *= 2;
    if (capacity > map->capacity)
        map_grow(map, capacity);
}

/* The key's slot, or the free one where it belongs. */
static struct map_slot *
slot_find(const struct map *map, struct str key, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    size_t index = (size_t)hash & mask;
    for (;; index = (index + 1) & mask) {
        struct map_slot *slot = &map->slots[index];
        if (!slot->value)
            return slot;
        if (slot->hash == hash && is_str_equal(slot->key, key))
            return slot;
    }
}

static void
map_grow(struct map *map, size_t capacity)
{
    struct map bigger = *map;
    bigger.capacity = capacity;
    bigger.slots =
        arena_array(map->arena, bigger.capacity, sizeof *bigger.slots);
    for (size_t i = 0; i < map->capacity; i++) {
        const struct map_slot *slot = &map->slots[i];
        if (slot->value)
            *slot_find(&bigger, slot->key, slot->hash) = *slot;
    }
    *map = bigger;
}

/* Eight bytes a step, the last of which goes back over some of those before.
 * Its value is never seen outside, so that the machine's byte order does not
 * matter. */
static uint64_t
hash_text(struct str text)
{
    uint64_t hash = text.len;
    if (text.len < sizeof(uint64_t))
        return hash_mix(hash_mix(hash, load_short(text)), 0);
    const char *last = text.at + text.len - sizeof(uint64_t);
    for (const char *at = text.at; at < last; at += sizeof(uint64_t))
        hash = hash_mix(hash, load_word(at));
    return hash_mix(hash_mix(hash, load_word(last)), 0);
}

static uint64_t
load_word(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* All bytes of a text of less than eight, some of them twice. */
static uint64_t
load_short(struct str text)
{
    if (text.len == 0)
        return 0;
    if (text.len < sizeof(uint32_t))
        return (uint64_t)(unsigned char)text.at[0] << 16 |
               (uint64_t)(unsigned char)text.at[text.len / 2] << 8 |
               (unsigned char)text.at[text.len - 1];
    uint32_t first;
    uint32_t last;
    memcpy(&first, text.at, sizeof first);
    memcpy(&last, text.at + text.len - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

/* An odd factor close to 2^64 divided by the golden ratio spreads the low
 * bits upwards; the shift brings the high ones back down. */
static uint64_t
hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}
