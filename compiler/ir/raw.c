#include "ir/raw.h"

const struct raw_entry *
raw_entry_find(const struct raw *raw, struct str key)
{
    if (raw == NULL || raw->kind != RAW_MAP)
        return NULL;
    for (size_t i = 0; i < raw->entry_count; i++) {
        if (is_str_equal(raw->entries[i].key, key))
            return &raw->entries[i];
    }
    return NULL;
}

const struct raw *
raw_find(const struct raw *raw, struct str key)
{
    const struct raw_entry *entry = raw_entry_find(raw, key);
    return entry == NULL ? NULL : entry->value;
}

struct str
raw_text_at(const struct raw *raw, struct str key)
{
    const struct raw *found = raw_find(raw, key);
    bool is_text = found != NULL && found->kind == RAW_TEXT;
    return is_text ? found->text : STR("");
}

static bool
is_list_equal(const struct raw *a, const struct raw *b)
{
    for (size_t i = 0; i < a->entry_count; i++) {
        if (!is_raw_equal(a->entries[i].value, b->entries[i].value))
            return false;
    }
    return true;
}

static bool
is_map_equal(const struct raw *a, const struct raw *b)
{
    for (size_t i = 0; i < a->entry_count; i++) {
        const struct raw *other = raw_find(b, a->entries[i].key);
        if (other == NULL || !is_raw_equal(a->entries[i].value, other))
            return false;
    }
    return true;
}

bool
is_raw_equal(const struct raw *a, const struct raw *b)
{
    if (a == b || a == NULL || b == NULL)
        return a == b;
    if (a->kind != b->kind || a->entry_count != b->entry_count)
        return false;
    if (a->kind == RAW_LIST)
        return is_list_equal(a, b);
    if (a->kind == RAW_MAP)
        return is_map_equal(a, b);
    return is_str_equal(a->text, b->text);
}

const struct raw *
raw_with_entries(struct arena *arena, const struct raw *like,
                 const struct raw_entry *entries, size_t count)
{
    struct raw *raw = arena_new(arena, sizeof *raw);
    *raw = *like;
    raw->entries = entries;
    raw->entry_count = count;
    raw->size = 1;
    raw->depth = 1;
    for (size_t i = 0; i < count; i++) {
        const struct raw *value = entries[i].value;
        raw->size += value->size;
        if (raw->depth <= value->depth)
            raw->depth = value->depth + 1;
    }
    return raw;
}

struct str
raw_kind_name(enum raw_kind kind)
{
    switch (kind) {
    case RAW_NULL:
        return STR("nothing");
    case RAW_BOOL:
        return STR("a bool");
    case RAW_INTEGER:
        return STR("a whole number");
    case RAW_NUMBER:
        return STR("a number");
    case RAW_TEXT:
        return STR("a text");
    case RAW_LIST:
        return STR("a list");
    case RAW_MAP:
        return STR("a map");
    }
    return STR("");
}
