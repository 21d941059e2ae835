/*
 * Data of somebody else's YAML, path by path.
 */
#include "compare/walk.h"

static void compare_at(struct walk *walk, struct str path,
                       const struct raw *before, const struct raw *after);

static struct str
raw_text(struct arena *arena, const struct raw *raw)
{
    if (raw == NULL)
        return STR("");
    if (raw->kind == RAW_NULL)
        return STR("null");
    if (raw->kind != RAW_LIST && raw->kind != RAW_MAP)
        return is_str_empty(raw->text) ? STR("\"\"") : raw->text;
    struct str count = arena_number(arena, (int64_t)raw->entry_count);
    return arena_format(arena, raw->kind == RAW_LIST ? "[{}]" : "{{{}}",
                        STRS(count));
}

static struct str
path_below(struct arena *arena, struct str path, struct str key)
{
    if (is_str_empty(path))
        return key;
    return arena_format(arena, "{}.{}", STRS(path, key));
}

static void
add_raw(struct walk *walk, struct str path, const struct raw *before,
        const struct raw *after)
{
    add_difference(walk, &(struct difference){
                             .name = path,
                             .kind = before == NULL  ? CHANGE_ADDED
                                     : after == NULL ? CHANGE_REMOVED
                                                     : CHANGE_CHANGED,
                             .before = raw_text(walk->arena, before),
                             .after = raw_text(walk->arena, after),
                         });
}

static void
compare_entries(struct walk *walk, struct str path, const struct raw *before,
                const struct raw *after)
{
    for (size_t i = 0; i < after->entry_count; i++) {
        const struct raw_entry *entry = &after->entries[i];
        compare_at(walk, path_below(walk->arena, path, entry->key),
                   raw_find(before, entry->key), entry->value);
    }
    for (size_t i = 0; i < before->entry_count; i++) {
        const struct raw_entry *entry = &before->entries[i];
        if (raw_entry_find(after, entry->key) == NULL)
            add_raw(walk, path_below(walk->arena, path, entry->key),
                    entry->value, NULL);
    }
}

static void
compare_list(struct walk *walk, struct str path, const struct raw *before,
             const struct raw *after)
{
    size_t count = before->entry_count > after->entry_count
                       ? before->entry_count
                       : after->entry_count;
    for (size_t i = 0; i < count; i++) {
        struct str number = arena_number(walk->arena, (int64_t)i);
        compare_at(walk,
                   arena_format(walk->arena, "{}[{}]", STRS(path, number)),
                   i < before->entry_count ? before->entries[i].value : NULL,
                   i < after->entry_count ? after->entries[i].value : NULL);
    }
}

/* Maps that say the same may say it in another order, and are written so. */
static void
compare_order_of(struct walk *walk, struct str path, const struct raw *before,
                 const struct raw *after)
{
    for (size_t i = 0; i < after->entry_count; i++) {
        if (is_str_equal(before->entries[i].key, after->entries[i].key))
            continue;
        add_difference(walk,
                       &(struct difference){
                           .name = joined(walk->arena, path, STR("order")),
                           .kind = CHANGE_CHANGED,
                           .before = before->entries[i].key,
                           .after = after->entries[i].key,
                       });
        return;
    }
}

static void
compare_at(struct walk *walk, struct str path, const struct raw *before,
           const struct raw *after)
{
    if (before == NULL || after == NULL || before->kind != after->kind) {
        add_raw(walk, path, before, after);
        return;
    }
    size_t found = walk->found;
    if (before->kind == RAW_MAP)
        compare_entries(walk, path, before, after);
    else if (before->kind == RAW_LIST)
        compare_list(walk, path, before, after);
    else if (!is_str_equal(before->text, after->text))
        add_raw(walk, path, before, after);
    if (before->kind == RAW_MAP && found == walk->found)
        compare_order_of(walk, path, before, after);
}

void
compare_raw(struct walk *walk, const struct raw *before,
            const struct raw *after)
{
    if (before != after)
        compare_at(walk, STR(""), before, after);
}
