#include "emit/kubernetes/manifests.h"

#include "emit/kubernetes/environment.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/paths.h"
#include "emit/kubernetes/raw.h"

#define LABEL_PART_OF "app.kubernetes.io/part-of"
#define LABEL_MANAGED_BY "app.kubernetes.io/managed-by"

/* Which objects of a file: those that are the same in every environment, which
 * the base has, or those that name what is an environment's own. */
enum share { SHARE_ALL, SHARE_SAME, SHARE_OWN };

static void emit_into_folder(struct folder *folder,
                             const struct raw_manifest *manifest,
                             enum share share);
static const struct raw_scope as_it_stands;

void
emit_base_manifests(struct folder *base)
{
    const struct ir *ir = base->plan->ir;
    for (size_t i = 0; i < ir->manifest_count; i++)
        emit_into_folder(base, ir->manifests[i], SHARE_SAME);
}

void
emit_overlay_manifests(struct folder *overlay)
{
    const struct ir *ir = overlay->plan->ir;
    const struct environment *environment = overlay->environment;
    for (size_t i = 0; i < ir->manifest_count; i++)
        emit_into_folder(overlay, ir->manifests[i], SHARE_OWN);
    for (size_t i = 0; i < environment->manifest_count; i++)
        emit_into_folder(overlay, environment->manifests[i], SHARE_ALL);
}

static struct str
file_name(const struct plan *plan, const struct raw_manifest *manifest)
{
    return arena_format(plan->arena, "manifests/{}",
                        STRS(raw_manifest_stem(manifest)));
}

static struct str
about_manifest(const struct plan *plan, const struct raw_manifest *manifest)
{
    return arena_format(plan->arena, "Taken over from {}.",
                        STRS(manifest->path));
}

static void
add_manifest_origins(struct document *document,
                     const struct raw_manifest *manifest)
{
    document_origin(document, manifest->span);
    document_origin(document, manifest->file_span);
}

static bool
is_of_share(const struct ir *ir, const struct raw_object *object,
            enum share share)
{
    if (object->is_cluster_wide || share == SHARE_ALL)
        return !object->is_cluster_wide;
    return has_own_names(ir, object->root) == (share == SHARE_OWN);
}

static void
emit_into_folder(struct folder *folder, const struct raw_manifest *manifest,
                 enum share share)
{
    const struct plan *plan = folder->plan;
    struct instance instance = {.plan = plan,
                                .environment = folder->environment};
    struct str name = file_name(plan, manifest);
    for (size_t i = 0; i < manifest->objects.count; i++) {
        const struct raw_object *object = &manifest->objects.at[i];
        if (!is_of_share(plan->ir, object, share))
            continue;
        bool is_first = map_find(&folder->by_name, name) == NULL;
        struct yaml *yaml = folder_object(folder, name, false, &instance,
                                          about_manifest(plan, manifest));
        const struct manifest *file = map_find(&folder->by_name, name);
        if (is_first)
            add_manifest_origins(file->document, manifest);
        emit_manifest_object(yaml, plan, object, folder->environment);
    }
}

/* ---- an object ---------------------------------------------------------- */

/* Labels that are ours to give. */
static bool
is_own_label(struct str key)
{
    return has_prefix(key, STR("broxc/")) ||
           is_str_equal(key, STR(LABEL_PART_OF)) ||
           is_str_equal(key, STR(LABEL_MANAGED_BY));
}

/* What the pipeline has no right to apply, an administrator applies: a file
 * must not widen what the pipeline may do. */
static void
emit_labels(struct yaml *yaml, const struct plan *plan,
            const struct raw_object *object, const struct raw *labels)
{
    size_t count =
        labels != NULL && labels->kind == RAW_MAP ? labels->entry_count : 0;
    yaml_map(yaml, "labels");
    for (size_t i = 0; i < count; i++) {
        const struct raw_entry *label = &labels->entries[i];
        if (!is_own_label(label->key))
            emit_raw_entry(yaml, &as_it_stands, label->key, label->value);
    }
    yaml_text(yaml, LABEL_PART_OF, plan->ir->project->name);
    yaml_word(yaml, LABEL_MANAGED_BY, "broxc");
    if (object->is_cluster_wide ||
        !may_pipeline_apply(object->api_version, object->kind))
        yaml_word(yaml, LABEL_APPLIED_BY, APPLIED_BY_ADMINISTRATOR);
    yaml_end(yaml);
}

/* What emit_metadata prints itself; and kustomize leaves out annotations when
 * there are none. */
static bool
is_metadata_done(const struct raw_entry *entry)
{
    static const struct str done[] = {STR_INIT("name"), STR_INIT("namespace"),
                                      STR_INIT("labels")};
    for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
        if (is_str_equal(entry->key, done[i]))
            return true;
    }
    return is_str_equal(entry->key, STR("annotations")) &&
           entry->value->entry_count == 0;
}

static void
emit_metadata(struct yaml *yaml, const struct plan *plan,
              const struct raw_object *object, const struct raw *metadata,
              const struct environment *environment)
{
    yaml_map(yaml, "metadata");
    yaml_text(yaml, "name", object->name);
    if (environment != NULL)
        emit_value(yaml, "namespace", environment->namespace_name);
    emit_labels(yaml, plan, object, raw_find(metadata, STR("labels")));
    for (size_t i = 0; i < metadata->entry_count; i++) {
        const struct raw_entry *entry = &metadata->entries[i];
        if (!is_metadata_done(entry))
            emit_raw_entry(yaml, &as_it_stands, entry->key, entry->value);
    }
    yaml_end(yaml);
}

void
emit_manifest_object(struct yaml *yaml, const struct plan *plan,
                     const struct raw_object *object,
                     const struct environment *environment)
{
    struct raw_scope scope = {plan, environment};
    for (size_t i = 0; i < object->root->entry_count; i++) {
        const struct raw_entry *entry = &object->root->entries[i];
        if (is_str_equal(entry->key, STR("metadata")))
            emit_metadata(yaml, plan, object, entry->value, environment);
        else
            emit_raw_entry(yaml, &scope, entry->key, entry->value);
    }
}

/* ---- flat --------------------------------------------------------------- */

void
add_manifests_origins(struct document *document, const struct ir *ir,
                      const struct environment *environment)
{
    for (size_t i = 0; i < ir->manifest_count; i++)
        add_manifest_origins(document, ir->manifests[i]);
    for (size_t i = 0; i < environment->manifest_count; i++)
        add_manifest_origins(document, environment->manifests[i]);
}

/* ---- the cluster -------------------------------------------------------- */

static void
emit_cluster_manifest(const struct plan *plan, struct documents *documents,
                      const struct raw_manifest *manifest, struct map *seen)
{
    struct yaml yaml;
    struct document *document = NULL;
    if (map_find(seen, manifest->path) != NULL)
        return;
    map_put(seen, manifest->path, manifest);
    for (size_t i = 0; i < manifest->objects.count; i++) {
        const struct raw_object *object = &manifest->objects.at[i];
        if (!object->is_cluster_wide)
            continue;
        if (document == NULL) {
            struct str path = arena_format(plan->arena, "cluster/{}.yaml",
                                           STRS(file_name(plan, manifest)));
            document = document_add(documents, path_below(plan, path),
                                    TARGET_KUBERNETES);
            add_manifest_origins(document, manifest);
            yaml_init(&yaml, &document->content, plan->arena);
            emit_head(&yaml, about_manifest(plan, manifest));
        }
        yaml_document(&yaml);
        emit_manifest_object(&yaml, plan, object, NULL);
    }
}

void
emit_cluster_manifests(const struct plan *plan, struct documents *documents)
{
    const struct ir *ir = plan->ir;
    struct map seen;
    map_init(&seen, plan->arena);
    for (size_t i = 0; i < ir->manifest_count; i++)
        emit_cluster_manifest(plan, documents, ir->manifests[i], &seen);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t j = 0; j < environment->manifest_count; j++)
            emit_cluster_manifest(plan, documents, environment->manifests[j],
                                  &seen);
    }
}
