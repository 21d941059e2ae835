/*
 * How a patch is to be merged: what `$patch` says, and by which keys the items
 * of a list are found.
 */
#include "foreign/patches.h"

static void check_map(const struct patch_check *check, struct str type,
                      const struct raw *map);
static void check_list(const struct patch_check *check, struct str type,
                       const struct raw *list);

static struct diag *
report_directive(const struct patch_check *check, struct span span,
                 struct str text, const char *label, struct strs texts)
{
    struct diag *diag = diag_add(check->sink, DIAG_Y16, span, STRS(text));
    diag_label(diag, label, texts);
    return diag;
}

void
check_patch_directives(const struct patch_check *check, struct str type,
                       const struct raw *raw)
{
    if (raw->kind == RAW_MAP)
        check_map(check, type, raw);
    else if (raw->kind == RAW_LIST)
        check_list(check, type, raw);
}

/* ---- maps --------------------------------------------------------------- */

static void
check_directive(const struct patch_check *check, const struct raw_entry *entry)
{
    static const struct str known[] = {STR_INIT("merge"), STR_INIT("replace"),
                                       STR_INIT("delete")};
    if (!is_str_equal(entry->key, STR(MERGE_DIRECTIVE))) {
        struct diag *diag =
            report_directive(check, entry->key_span, entry->key,
                             "no directive but `$patch` is known", NO_STRS);
        diag_help(diag, "`null` takes a field out", NO_STRS);
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (is_str_equal(entry->value->text, known[i]))
            return;
    }
    report_directive(check, entry->value->span, entry->key,
                     "it says `merge`, `replace` or `delete`", NO_STRS);
}

static void
check_map(const struct patch_check *check, struct str type,
          const struct raw *map)
{
    for (size_t i = 0; i < map->entry_count; i++) {
        const struct raw_entry *entry = &map->entries[i];
        if (has_prefix(entry->key, STR("$")))
            check_directive(check, entry);
        else
            check_patch_directives(check, merge_entry_type(type, entry->key),
                                   entry->value);
    }
}

/* ---- lists -------------------------------------------------------------- */

static void
check_keys(const struct patch_check *check, const struct kube_type *list,
           const struct raw *item)
{
    struct str keys = list->keys;
    while (!is_str_empty(keys)) {
        struct str key = str_cut(&keys, '+');
        if (!is_str_empty(merge_key_value(item, key)))
            continue;
        report_directive(check, item->span, STR("this item"),
                         "items of this list are found by `{}`, and it has \
none",
                         STRS(key));
        return;
    }
}

static void
check_twice(const struct patch_check *check, const struct kube_type *list,
            const struct raw *items, size_t index)
{
    const struct raw *item = items->entries[index].value;
    const struct raw *first = merge_item_find(items, list->keys, item);
    if (first == item || is_str_empty(list->keys))
        return;
    struct diag *diag =
        report_directive(check, item->span, STR("this item"),
                         "another one here has the same key", NO_STRS);
    diag_note(diag, first->span, "the first one stands here", NO_STRS);
}

static bool
is_replace_alone(const struct raw *item)
{
    return item->entry_count == 1 &&
           is_str_equal(merge_directive(item), STR("replace"));
}

static void
check_merged_items(const struct patch_check *check,
                   const struct kube_type *list, const struct raw *items)
{
    for (size_t i = 0; i < items->entry_count; i++) {
        const struct raw *item = items->entries[i].value;
        if (is_replace_alone(item))
            continue;
        if (item->kind == RAW_MAP)
            check_keys(check, list, item);
        check_twice(check, list, items, i);
    }
}

static void
check_whole_items(const struct patch_check *check, const struct raw *items)
{
    for (size_t i = 0; i < items->entry_count; i++) {
        const struct raw *item = items->entries[i].value;
        const struct raw_entry *entry =
            raw_entry_find(item, STR(MERGE_DIRECTIVE));
        if (entry != NULL)
            report_directive(check, entry->key_span, entry->key,
                             "this list is replaced as a whole", NO_STRS);
    }
}

static void
check_list(const struct patch_check *check, struct str type,
           const struct raw *list)
{
    struct kube_type known;
    bool is_merged = is_list_merged(&check->merge, type, &known);
    if (is_merged)
        check_merged_items(check, &known, list);
    else
        check_whole_items(check, list);
    for (size_t i = 0; i < list->entry_count; i++)
        check_patch_directives(check, known.inner, list->entries[i].value);
}
