/*
 * Items that a patch names come first, as kustomize puts them. Where items are
 * found by several keys, kustomize loses some of them; there the order of the
 * base stays, and merge_plain_patch() writes the list whole.
 */
#include "ir/merge.h"

#include "base/vec.h"

static const struct raw *merge_map(const struct merge *merge, struct str type,
                                   const struct raw *base,
                                   const struct raw *patch);
static const struct raw *merge_list(const struct merge *merge, struct str type,
                                    const struct raw *base,
                                    const struct raw *patch);

struct merge
merge_of(struct arena *arena, struct str api_version)
{
    return (struct merge){arena, is_kube_builtin(api_version)};
}

struct str
merge_root_type(struct str api_version, struct str kind)
{
    const struct kube_kind *known = kube_kind_find(api_version, kind);
    bool is_known = known != NULL && !is_str_empty(known->shape);
    return is_known ? known->shape : STR("any");
}

struct str
merge_entry_type(struct str type, struct str key)
{
    struct kube_type known = kube_type_of(type);
    struct kube_field field;
    if (known.form == KUBE_MAP || known.form == KUBE_LIST)
        return known.inner;
    if (known.form != KUBE_SHAPE || !kube_field_find(type, key, &field) ||
        is_str_equal(field.name, STR("*")))
        return STR("any");
    return field.type;
}

bool
is_list_merged(const struct merge *merge, struct str type,
               struct kube_type *list)
{
    *list = kube_type_of(type);
    return merge->is_builtin && list->form == KUBE_LIST && list->is_merged;
}

struct str
merge_directive(const struct raw *raw)
{
    return raw_text_at(raw, STR(MERGE_DIRECTIVE));
}

static bool
is_directive(const struct raw *raw, const char *word)
{
    return is_str_equal(merge_directive(raw), str_from(word));
}

bool
is_list_replaced(const struct raw *list)
{
    for (size_t i = 0; i < list->entry_count; i++) {
        const struct raw *item = list->entries[i].value;
        if (is_directive(item, "replace") && item->entry_count == 1)
            return true;
    }
    return false;
}

struct str
merge_key_value(const struct raw *item, struct str key)
{
    const struct raw *value = raw_find(item, key);
    if (value == NULL)
        return is_str_equal(key, STR("protocol")) ? STR("TCP") : STR("");
    return value->text;
}

static bool
has_same_keys(const struct raw *a, const struct raw *b, struct str keys)
{
    if (is_str_empty(keys))
        return is_raw_equal(a, b);
    while (!is_str_empty(keys)) {
        struct str key = str_cut(&keys, '+');
        if (!is_str_equal(merge_key_value(a, key), merge_key_value(b, key)))
            return false;
    }
    return true;
}

const struct raw *
merge_item_find(const struct raw *list, struct str keys,
                const struct raw *wanted)
{
    for (size_t i = 0; list != NULL && i < list->entry_count; i++) {
        if (has_same_keys(list->entries[i].value, wanted, keys))
            return list->entries[i].value;
    }
    return NULL;
}

const struct raw *
merge_patch(const struct merge *merge, struct str type, const struct raw *base,
            const struct raw *patch)
{
    if (patch->kind == RAW_NULL || is_directive(patch, "delete"))
        return NULL;
    if (patch->kind == RAW_MAP)
        return merge_map(merge, type, base, patch);
    if (patch->kind == RAW_LIST)
        return merge_list(merge, type, base, patch);
    return patch;
}

/* ---- maps --------------------------------------------------------------- */

static void
add_entry(struct vec *entries, const struct raw_entry *at,
          const struct raw *value)
{
    struct raw_entry entry = *at;
    entry.value = value;
    if (value != NULL)
        *(struct raw_entry *)vec_add(entries) = entry;
}

static const struct raw *
merge_map(const struct merge *merge, struct str type, const struct raw *base,
          const struct raw *patch)
{
    struct vec entries;
    vec_init(&entries, merge->arena, sizeof(struct raw_entry));
    bool is_kept = base != NULL && base->kind == RAW_MAP &&
                   !is_directive(patch, "replace");
    for (size_t i = 0; is_kept && i < base->entry_count; i++) {
        const struct raw_entry *entry = &base->entries[i];
        const struct raw *over = raw_find(patch, entry->key);
        struct str inner = merge_entry_type(type, entry->key);
        add_entry(&entries, entry,
                  over == NULL ? entry->value
                               : merge_patch(merge, inner, entry->value, over));
    }
    for (size_t i = 0; i < patch->entry_count; i++) {
        const struct raw_entry *entry = &patch->entries[i];
        struct str inner = merge_entry_type(type, entry->key);
        if ((is_kept && raw_find(base, entry->key) != NULL) ||
            is_str_equal(entry->key, STR(MERGE_DIRECTIVE)))
            continue;
        add_entry(&entries, entry,
                  merge_patch(merge, inner, NULL, entry->value));
    }
    return raw_with_entries(merge->arena, patch, entries.items, entries.count);
}

/* ---- lists -------------------------------------------------------------- */

/* The patch's items, over those of the base where `keys` finds them. */
static void
add_patched(const struct merge *merge, struct vec *entries,
            const struct kube_type *list, const struct raw *base,
            const struct raw *patch)
{
    for (size_t i = 0; i < patch->entry_count; i++) {
        const struct raw_entry *entry = &patch->entries[i];
        const struct raw *found =
            merge_item_find(base, list->keys, entry->value);
        if (entry->value->entry_count == 1 &&
            is_directive(entry->value, "replace"))
            continue;
        add_entry(entries, entry,
                  merge_patch(merge, list->inner, found, entry->value));
    }
}

/* The base's items that the patch does not name. */
static void
add_others(struct vec *entries, const struct kube_type *list,
           const struct raw *base, const struct raw *patch)
{
    for (size_t i = 0; base != NULL && i < base->entry_count; i++) {
        const struct raw_entry *entry = &base->entries[i];
        if (merge_item_find(patch, list->keys, entry->value) == NULL)
            add_entry(entries, entry, entry->value);
    }
}

/* In the order of the base; what is new follows. */
static void
add_in_place(const struct merge *merge, struct vec *entries,
             const struct kube_type *list, const struct raw *base,
             const struct raw *patch)
{
    for (size_t i = 0; base != NULL && i < base->entry_count; i++) {
        const struct raw_entry *entry = &base->entries[i];
        const struct raw *over =
            merge_item_find(patch, list->keys, entry->value);
        add_entry(entries, entry,
                  over == NULL
                      ? entry->value
                      : merge_patch(merge, list->inner, entry->value, over));
    }
    for (size_t i = 0; i < patch->entry_count; i++) {
        const struct raw_entry *entry = &patch->entries[i];
        if (merge_item_find(base, list->keys, entry->value) == NULL)
            add_entry(entries, entry,
                      merge_patch(merge, list->inner, NULL, entry->value));
    }
}

static const struct raw *
merge_list(const struct merge *merge, struct str type, const struct raw *base,
           const struct raw *patch)
{
    struct vec entries;
    struct kube_type list;
    bool is_merged = is_list_merged(merge, type, &list);
    vec_init(&entries, merge->arena, sizeof(struct raw_entry));
    if (base != NULL && base->kind != RAW_LIST)
        base = NULL;
    if (!is_merged || is_list_replaced(patch)) {
        add_patched(merge, &entries, &list, NULL, patch);
    } else if (has_byte(list.keys, '+')) {
        add_in_place(merge, &entries, &list, base, patch);
    } else {
        add_patched(merge, &entries, &list, base, patch);
        add_others(&entries, &list, base, patch);
    }
    return raw_with_entries(merge->arena, patch, entries.items, entries.count);
}

/* ---- as it is written --------------------------------------------------- */

static const struct raw *
plain_map(const struct merge *merge, struct str type, const struct raw *base,
          const struct raw *patch)
{
    struct vec entries;
    vec_init(&entries, merge->arena, sizeof(struct raw_entry));
    for (size_t i = 0; i < patch->entry_count; i++) {
        const struct raw_entry *entry = &patch->entries[i];
        struct str inner = merge_entry_type(type, entry->key);
        add_entry(&entries, entry,
                  merge_plain_patch(merge, inner, raw_find(base, entry->key),
                                    entry->value));
    }
    return raw_with_entries(merge->arena, patch, entries.items, entries.count);
}

/* `- $patch: replace` */
static const struct raw *
replace_item(const struct merge *merge, const struct raw *patch)
{
    struct raw *word = arena_new(merge->arena, sizeof *word);
    struct raw_entry *entry = arena_new(merge->arena, sizeof *entry);
    struct raw map = {.kind = RAW_MAP, .span = patch->span};
    *word = (struct raw){.kind = RAW_TEXT,
                         .text = STR("replace"),
                         .span = patch->span,
                         .size = 1,
                         .depth = 1};
    *entry = (struct raw_entry){STR(MERGE_DIRECTIVE), patch->span, word};
    return raw_with_entries(merge->arena, &map, entry, 1);
}

static const struct raw *
whole_list(const struct merge *merge, struct str type, const struct raw *base,
           const struct raw *patch)
{
    const struct raw *merged = merge_list(merge, type, base, patch);
    struct vec entries;
    struct raw_entry none = {.key_span = patch->span};
    vec_init(&entries, merge->arena, sizeof(struct raw_entry));
    if (base != NULL)
        add_entry(&entries, &none, replace_item(merge, patch));
    for (size_t i = 0; i < merged->entry_count; i++)
        add_entry(&entries, &merged->entries[i], merged->entries[i].value);
    return raw_with_entries(merge->arena, patch, entries.items, entries.count);
}

static const struct raw *
plain_list(const struct merge *merge, struct str type, const struct raw *base,
           const struct raw *patch)
{
    struct kube_type list;
    struct vec entries;
    bool is_merged = is_list_merged(merge, type, &list);
    if (!is_merged || has_byte(list.keys, '+') || is_list_replaced(patch))
        return is_merged ? whole_list(merge, type, base, patch)
                         : merge_list(merge, type, NULL, patch);
    vec_init(&entries, merge->arena, sizeof(struct raw_entry));
    for (size_t i = 0; i < patch->entry_count; i++) {
        const struct raw_entry *entry = &patch->entries[i];
        const struct raw *found =
            merge_item_find(base, list.keys, entry->value);
        add_entry(&entries, entry,
                  merge_plain_patch(merge, list.inner, found, entry->value));
    }
    return raw_with_entries(merge->arena, patch, entries.items, entries.count);
}

const struct raw *
merge_plain_patch(const struct merge *merge, struct str type,
                  const struct raw *base, const struct raw *patch)
{
    if (patch->kind == RAW_MAP)
        return plain_map(merge, type, base, patch);
    if (patch->kind == RAW_LIST)
        return plain_list(merge, type, base, patch);
    return patch;
}
