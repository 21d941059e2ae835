/*
 * An object before and after a patch, walked side by side.
 */
#include "foreign/patches.h"

#include "base/buf.h"
#include "base/map.h"

enum mode {
    MODE_ALL,
    MODE_KEPT,
    MODE_STAYS,
    MODE_ITEMS,
    MODE_ONLY,
    MODE_NEVER,
};

struct protected_row {
    struct str kinds;
    struct str path;
    enum mode mode;
    struct str words;
    const char *why;
    const char *way; /* out; "" for none */
};

static const struct protected_row rows[] = {
#define PROTECTED(kinds, path, mode, words, ...)                               \
    {STR_INIT(kinds), STR_INIT(path), MODE_##mode, STR_INIT(words),            \
     __VA_ARGS__},
#include "foreign/protected.def"
#undef PROTECTED
};

/* Where both are: a chain up to the object. */
struct walk {
    const struct walk *parent; /* NULL: the object itself */
    struct str key;            /* `[]` for an item */
    struct str shown;          /* what tells an item from the others */
    size_t depth;
    struct str type;
    const struct raw *made;  /* before all patches, or NULL */
    const struct raw *patch; /* what the patch says here, or NULL */
    struct span span;        /* of the nearest thing that it says */
};

struct changes {
    const struct patch_check *check;
    struct str kind;
    bool is_brought;
    struct map reported; /* bytes of a span: one message a thing that is said */
};

static void compare(struct changes *changes, const struct walk *walk,
                    const struct raw *before, const struct raw *after);

void
check_patch_changes(const struct patch_check *check,
                    const struct made_object *object, const struct raw *before,
                    const struct raw *after)
{
    struct changes changes = {
        .check = check,
        .kind = check->patch->kind,
        .is_brought = object->is_brought,
    };
    map_init(&changes.reported, check->merge.arena);
    struct walk root = {
        .type = merge_root_type(raw_text_at(object->root, STR("apiVersion")),
                                check->patch->kind),
        .made = object->root,
        .patch = check->patch->root,
        .span = check->patch->span,
    };
    compare(&changes, &root, before, after);
}

/* ---- the table ---------------------------------------------------------- */

static bool
is_kind_of(const struct changes *changes, struct str kinds)
{
    if (is_str_equal(kinds, STR("*")))
        return true;
    bool is_any = is_str_empty(kinds);
    while (!is_str_empty(kinds)) {
        if (is_str_equal(str_cut(&kinds, '|'), changes->kind))
            is_any = true;
    }
    return is_any && !changes->is_brought;
}

static bool
is_key_of(struct str pattern, struct str key)
{
    if (!has_suffix(pattern, STR("*")))
        return is_str_equal(pattern, key);
    return has_prefix(key, str_slice(pattern, 0, pattern.len - 1));
}

/* Does the chain end here, at a pod's spec? */
static bool
is_pod_spec(const struct changes *changes, const struct walk *walk)
{
    if (walk == NULL || !is_str_equal(walk->key, STR("spec")))
        return false;
    if (walk->depth == 1)
        return is_str_equal(changes->kind, STR("Pod"));
    return walk->parent != NULL &&
           is_str_equal(walk->parent->key, STR("template"));
}

/* Cuts the last key off. */
static struct str
cut_last(struct str *path)
{
    size_t at = path->len;
    while (at > 0 && path->at[at - 1] != ' ')
        at--;
    struct str last = str_slice(*path, at, path->len);
    *path = str_slice(*path, 0, at > 0 ? at - 1 : 0);
    return last;
}

static bool
is_at(const struct changes *changes, const struct walk *walk, struct str path)
{
    while (!is_str_empty(path)) {
        struct str key = cut_last(&path);
        if (is_str_equal(key, STR("**")))
            return true;
        if (is_str_equal(key, STR("~")))
            return is_pod_spec(changes, walk);
        if (walk == NULL || walk->depth == 0 || !is_key_of(key, walk->key))
            return false;
        walk = walk->parent;
    }
    return walk != NULL && walk->depth == 0;
}

static bool
is_one_of(struct str words, const struct raw *raw)
{
    while (!is_str_empty(words)) {
        if (is_str_equal(str_cut(&words, '|'), raw->text))
            return true;
    }
    return false;
}

/* What another patch brought may be changed again: `made` is what counts. */
static bool
is_broken(const struct protected_row *row, const struct raw *before,
          const struct raw *after)
{
    switch (row->mode) {
    case MODE_ALL:
        return !is_raw_equal(before, after);
    case MODE_KEPT:
        return before != NULL && !is_raw_equal(before, after);
    case MODE_STAYS:
        return before != NULL && after == NULL;
    case MODE_ITEMS:
        return (before == NULL) != (after == NULL);
    case MODE_ONLY:
        return !is_raw_equal(before, after) &&
               (after == NULL ? before != NULL : !is_one_of(row->words, after));
    case MODE_NEVER:
        return !is_raw_equal(before, after) && after != NULL &&
               is_one_of(row->words, after);
    }
    return false;
}

/* ---- messages ----------------------------------------------------------- */

static void
add_path(struct buf *buf, const struct walk *walk)
{
    if (walk == NULL || walk->depth == 0)
        return;
    add_path(buf, walk->parent);
    if (is_str_equal(walk->key, STR("[]"))) {
        buf_format(buf, "[{}]", STRS(walk->shown));
        return;
    }
    if (walk->depth > 1)
        buf_byte(buf, '.');
    buf_add(buf, walk->key);
}

static struct str
path_text(const struct changes *changes, const struct walk *walk)
{
    struct buf buf;
    buf_init(&buf, changes->check->merge.arena);
    add_path(&buf, walk);
    return buf_str(&buf);
}

/* False when something was said of the same place. */
static bool
is_first_at(struct changes *changes, const struct walk *walk)
{
    struct str key = {(const char *)&walk->span, sizeof walk->span};
    if (map_find(&changes->reported, key) != NULL)
        return false;
    map_put(&changes->reported, arena_copy(changes->check->merge.arena, key),
            changes);
    return true;
}

/* True after a report: what is below need not be looked at. */
static bool
check_protected(struct changes *changes, const struct walk *walk,
                const struct raw *after)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct protected_row *row = &rows[i];
        if (!is_kind_of(changes, row->kinds) ||
            !is_at(changes, walk, row->path) ||
            !is_broken(row, walk->made, after))
            continue;
        if (!is_first_at(changes, walk))
            return true;
        struct diag *diag = diag_add(changes->check->sink, DIAG_Y14, walk->span,
                                     STRS(path_text(changes, walk)));
        diag_label(diag, "{}", STRS(str_from(row->why)));
        if (row->way[0] != '\0')
            diag_help(diag, "{}", STRS(str_from(row->way)));
        return true;
    }
    return false;
}

/* A field that must be there, and that the patch takes out or never brings. */
static void
check_required(struct changes *changes, const struct walk *walk,
               const struct raw *before, const struct raw *after)
{
    struct kube_field field;
    if (after == NULL || after->kind != RAW_MAP ||
        kube_type_of(walk->type).form != KUBE_SHAPE)
        return;
    struct str rest = kube_fields(walk->type);
    while (kube_field_next(&rest, &field)) {
        bool is_needed = before == NULL || raw_find(before, field.name) != NULL;
        struct walk missing = {
            .parent = walk, .key = field.name, .depth = walk->depth + 1};
        if (field.is_required && is_needed &&
            raw_find(after, field.name) == NULL && is_first_at(changes, walk))
            diag_add(changes->check->sink, DIAG_Y05, walk->span,
                     STRS(changes->kind, path_text(changes, &missing)));
    }
}

/* ---- side by side ------------------------------------------------------- */

static struct walk
walk_into(const struct walk *walk, struct str key)
{
    const struct raw_entry *said = raw_entry_find(walk->patch, key);
    return (struct walk){
        .parent = walk,
        .key = key,
        .depth = walk->depth + 1,
        .type = merge_entry_type(walk->type, key),
        .made = raw_find(walk->made, key),
        .patch = said == NULL ? NULL : said->value,
        .span = said == NULL ? walk->span : said->key_span,
    };
}

static void
compare_keys(struct changes *changes, const struct walk *walk,
             const struct raw *from, const struct raw *before,
             const struct raw *after)
{
    for (size_t i = 0; from != NULL && i < from->entry_count; i++) {
        struct str key = from->entries[i].key;
        struct walk inner = walk_into(walk, key);
        if (from == before || raw_find(before, key) == NULL)
            compare(changes, &inner, raw_find(before, key),
                    raw_find(after, key));
    }
}

static const struct raw *
item_find(const struct raw *list, const struct kube_type *type,
          const struct raw *wanted, size_t index)
{
    if (list == NULL || list->kind != RAW_LIST)
        return NULL;
    if (type->is_merged)
        return merge_item_find(list, type->keys, wanted);
    return index < list->entry_count ? list->entries[index].value : NULL;
}

static void
compare_items(struct changes *changes, const struct walk *walk,
              const struct raw *from, const struct raw *before,
              const struct raw *after)
{
    struct kube_type type = {.form = KUBE_LIST, .inner = STR("any")};
    if (kube_type_of(walk->type).form == KUBE_LIST)
        type = kube_type_of(walk->type);
    for (size_t i = 0; from != NULL && i < from->entry_count; i++) {
        const struct raw *item = from->entries[i].value;
        const struct raw *old = item_find(before, &type, item, i);
        const struct raw *said = item_find(walk->patch, &type, item, i);
        struct str keys = type.keys;
        struct walk inner = {
            .parent = walk,
            .key = STR("[]"),
            .shown = type.is_merged ? merge_key_value(item, str_cut(&keys, '+'))
                                    : arena_number(changes->check->merge.arena,
                                                   (int64_t)i),
            .depth = walk->depth + 1,
            .type = type.inner,
            .made = item_find(walk->made, &type, item, i),
            .patch = said,
            .span = said == NULL ? walk->span : said->span,
        };
        if (from == before || old == NULL)
            compare(changes, &inner, old, item_find(after, &type, item, i));
    }
}

/* One of the two may be NULL: it was not there, or it no longer is. */
static void
compare(struct changes *changes, const struct walk *walk,
        const struct raw *before, const struct raw *after)
{
    if (is_raw_equal(before, after) || check_protected(changes, walk, after))
        return;
    check_required(changes, walk, before, after);
    const struct raw *either = after != NULL ? after : before;
    if (either->kind == RAW_MAP) {
        compare_keys(changes, walk, before, before, after);
        compare_keys(changes, walk, after, before, after);
    } else if (either->kind == RAW_LIST) {
        compare_items(changes, walk, before, before, after);
        compare_items(changes, walk, after, before, after);
    }
}
