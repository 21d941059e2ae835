/*
 * Raw data, and the patches that hold it.
 */
#include "dump.h"

static void
dump_raw(struct dump *dump, const char *what, struct str key,
         const struct raw *raw)
{
    dump_begin(dump, what);
    if (!is_str_empty(key))
        dump_text(dump, key);
    dump_text(dump, raw_kind_name(raw->kind));
    if (raw->kind < RAW_LIST)
        dump_text(dump, raw->text);
    dump_place(dump, raw->span);
    dump_end(dump);
    dump->depth++;
    for (size_t i = 0; i < raw->entry_count; i++)
        dump_raw(dump, raw->kind == RAW_LIST ? "item" : "entry",
                 raw->entries[i].key, raw->entries[i].value);
    dump->depth--;
}

void
dump_patch(struct dump *dump, const struct patch *patch)
{
    dump_name(dump, "patch", patch->name, patch->name_span);
    dump->depth++;
    dump_name(dump, "kind", patch->kind, patch->kind_span);
    dump_raw(dump, "over it", STR(""), patch->root);
    dump->depth--;
}
