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
