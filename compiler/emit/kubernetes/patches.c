#include "emit/kubernetes/patches.h"

#include "emit/kubernetes/objects.h"
#include "emit/kubernetes/raw.h"
#include "ir/merge.h"

static const struct raw_scope as_it_stands;

/* What the patch says, with the names that are this environment's own. */
static const struct raw *
root_in(const struct plan *plan, const struct environment *environment,
        const struct patch *patch)
{
    struct yaml yaml;
    struct raw_scope scope = {plan, environment};
    struct raw_tree *tree = arena_new(plan->arena, sizeof *tree);
    raw_tree_init(tree, plan->arena);
    yaml_init_tree(&yaml, tree);
    for (size_t i = 0; i < patch->root->entry_count; i++) {
        const struct raw_entry *entry = &patch->root->entries[i];
        emit_raw_entry(&yaml, &scope, entry->key, entry->value);
    }
    return yaml_end_tree(&yaml);
}

struct kind_of_object {
    struct merge merge;
    struct str type;
};

static struct kind_of_object
kind_of(const struct plan *plan, const struct raw *root)
{
    struct str version = raw_text_at(root, STR("apiVersion"));
    return (struct kind_of_object){
        merge_of(plan->arena, version),
        merge_root_type(version, raw_text_at(root, STR("kind")))};
}

/* After the patches that come before `count`. */
static const struct raw *
root_after(const struct plan *plan, const struct environment *environment,
           const struct made_object *object, size_t count)
{
    const struct raw *root = object->root;
    struct kind_of_object kind = kind_of(plan, root);
    for (size_t i = 0; i < count; i++) {
        const struct patch *patch = &environment->patches[i];
        if (is_patch_of(patch, object))
            root = merge_patch(&kind.merge, kind.type, root,
                               root_in(plan, environment, patch));
    }
    return root;
}

const struct raw *
patched_root(const struct plan *plan, const struct environment *environment,
             const struct made_object *object)
{
    return root_after(plan, environment, object, environment->patch_count);
}

/* ---- printing ----------------------------------------------------------- */

/* kustomize leaves out labels and annotations when there are none. */
static bool
is_left_out(const struct raw_entry *entry)
{
    return entry->value->kind == RAW_MAP && entry->value->entry_count == 0 &&
           (is_str_equal(entry->key, STR("labels")) ||
            is_str_equal(entry->key, STR("annotations")));
}

static void
emit_metadata(struct yaml *yaml, const struct raw *metadata)
{
    yaml_map(yaml, "metadata");
    for (size_t i = 0; i < metadata->entry_count; i++) {
        const struct raw_entry *entry = &metadata->entries[i];
        if (!is_left_out(entry))
            emit_raw_entry(yaml, &as_it_stands, entry->key, entry->value);
    }
    yaml_end(yaml);
}

void
emit_root(struct yaml *yaml, const struct raw *root)
{
    for (size_t i = 0; i < root->entry_count; i++) {
        const struct raw_entry *entry = &root->entries[i];
        if (is_str_equal(entry->key, STR("metadata")))
            emit_metadata(yaml, entry->value);
        else
            emit_raw_entry(yaml, &as_it_stands, entry->key, entry->value);
    }
}

/* ---- files -------------------------------------------------------------- */

/* A name of a file: small letters, digits, dots and hyphens. */
static void
add_file_part(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = ascii_lower(text.at[i]);
        bool is_kept = is_ascii_alnum(byte) || byte == '.' || byte == '-';
        buf_byte(buf, is_kept ? byte : '-');
    }
}

static struct str
file_name(const struct folder *overlay, struct str kind, struct str name)
{
    struct arena *arena = overlay->plan->arena;
    struct buf buf;
    buf_init(&buf, arena);
    buf_add(&buf, STR("patches/"));
    add_file_part(&buf, kind);
    buf_byte(&buf, '-');
    add_file_part(&buf, name);
    struct str first = buf_str(&buf);
    struct str file = first;
    for (int64_t i = 2; map_find(&overlay->by_name, file) != NULL; i++)
        file =
            arena_format(arena, "{}-{}", STRS(first, arena_number(arena, i)));
    return file;
}

/* A patch and the objects over which one file lays it. */
struct laid {
    size_t index; /* of the patch in the environment's */
    const struct made_object *const *objects;
    size_t count;
    const struct raw *base; /* of the first, after the patches before */
    const struct raw *root;
};

/* `api-blue|api-green`; empty when the file's own name says it. */
static struct str
target_names(struct arena *arena, struct str name, const struct laid *laid)
{
    struct buf buf;
    struct str first = made_name(laid->objects[0]);
    struct str source = laid->objects[0]->source_name;
    if (laid->count == 1 && is_str_equal(source, first) &&
        is_str_equal(name, first))
        return STR("");
    buf_init(&buf, arena);
    if (!is_str_equal(source, first))
        buf_format(&buf, "{}|", STRS(source));
    for (size_t i = 0; i < laid->count; i++)
        buf_format(&buf, i == 0 ? "{}" : "|{}",
                   STRS(made_name(laid->objects[i])));
    return buf_str(&buf);
}

/* What a file says first, and the rest of a patch's metadata. */
static void
emit_patch_head(struct yaml *yaml, struct str kind, struct str name,
                const struct laid *laid)
{
    const struct raw *metadata = raw_find(laid->root, STR("metadata"));
    yaml_text(yaml, "apiVersion", raw_text_at(laid->base, STR("apiVersion")));
    yaml_text(yaml, "kind", kind);
    yaml_map(yaml, "metadata");
    yaml_text(yaml, "name", name);
    for (size_t i = 0; metadata != NULL && i < metadata->entry_count; i++)
        emit_raw_entry(yaml, &as_it_stands, metadata->entries[i].key,
                       metadata->entries[i].value);
    yaml_end(yaml);
}

static bool
is_in_head(struct str key)
{
    return is_str_equal(key, STR("apiVersion")) ||
           is_str_equal(key, STR("kind")) || is_str_equal(key, STR("metadata"));
}

static void
emit_patch(struct yaml *yaml, struct str kind, struct str name,
           const struct laid *laid)
{
    emit_patch_head(yaml, kind, name, laid);
    for (size_t i = 0; i < laid->root->entry_count; i++) {
        const struct raw_entry *entry = &laid->root->entries[i];
        if (!is_in_head(entry->key))
            emit_raw_entry(yaml, &as_it_stands, entry->key, entry->value);
    }
}

static void
emit_patch_file(struct folder *overlay, struct str name,
                const struct laid *laid)
{
    const struct plan *plan = overlay->plan;
    const struct patch *patch = &overlay->environment->patches[laid->index];
    struct instance instance = {.plan = plan,
                                .environment = overlay->environment};
    struct str file = file_name(overlay, patch->kind, name);
    struct yaml *yaml =
        folder_object(overlay, file, true, &instance,
                      arena_format(plan->arena, "Laid by hand over {} {}.",
                                   STRS(patch->kind, name)));
    struct manifest *manifest = map_find(&overlay->by_name, file);
    manifest->target_kind = patch->kind;
    manifest->target_name = target_names(plan->arena, name, laid);
    document_origin(manifest->document, patch->span);
    emit_patch(yaml, patch->kind, name, laid);
}

/* What the patch says, written for this object. */
static struct laid
lay_over(const struct folder *overlay, size_t index,
         const struct made_object *const *object)
{
    const struct plan *plan = overlay->plan;
    const struct environment *environment = overlay->environment;
    struct laid laid = {.index = index, .objects = object, .count = 1};
    laid.base = root_after(plan, environment, *object, index);
    struct kind_of_object kind = kind_of(plan, laid.base);
    laid.root = merge_plain_patch(
        &kind.merge, kind.type, laid.base,
        root_in(plan, environment, &environment->patches[index]));
    return laid;
}

/* One file for all of them, unless their colours make a list that is written
 * whole differ. */
static void
emit_patch_files(struct folder *overlay, size_t index,
                 const struct made_object *const *objects, size_t count)
{
    struct laid all = lay_over(overlay, index, &objects[0]);
    bool is_same = true;
    for (size_t i = 1; i < count; i++) {
        struct laid other = lay_over(overlay, index, &objects[i]);
        is_same = is_same && is_raw_equal(all.root, other.root);
    }
    all.count = count;
    if (is_same) {
        emit_patch_file(overlay, overlay->environment->patches[index].name,
                        &all);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct laid one = lay_over(overlay, index, &objects[i]);
        emit_patch_file(overlay, made_name(objects[i]), &one);
    }
}

void
emit_overlay_patches(struct folder *overlay)
{
    const struct environment *environment = overlay->environment;
    if (environment->patch_count == 0)
        return;
    struct made_objects made = make_all(overlay->plan, environment);
    struct vec found;
    vec_init(&found, overlay->plan->arena, sizeof(const struct made_object *));
    for (size_t i = 0; i < environment->patch_count; i++) {
        found.count = 0;
        for (size_t j = 0; j < made.count; j++) {
            if (is_patch_of(&environment->patches[i], &made.at[j]))
                vec_add_pointer(&found, &made.at[j]);
        }
        if (found.count > 0)
            emit_patch_files(overlay, i, found.items, found.count);
    }
}
