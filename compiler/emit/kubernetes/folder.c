#include "emit/kubernetes/folder.h"

static void add_origins(struct manifest *manifest,
                        const struct instance *instance);

void
folder_init(struct folder *folder, const struct plan *plan,
            struct documents *documents, struct str path,
            const struct environment *environment)
{
    *folder = (struct folder){.plan = plan,
                              .documents = documents,
                              .path = path,
                              .environment = environment};
    map_init(&folder->by_name, plan->arena);
    vec_init(&folder->manifests, plan->arena, sizeof(struct manifest *));
    vec_init(&folder->writers, plan->arena, sizeof(struct yaml *));
}

static struct document *
folder_document(struct folder *folder, struct str name)
{
    struct str path = arena_format(folder->plan->arena, "{}/{}.yaml",
                                   STRS(folder->path, name));
    struct document *document =
        document_add(folder->documents, path, TARGET_KUBERNETES);
    if (folder->environment != NULL)
        document->environment = folder->environment->name;
    return document;
}

static struct yaml *
take_writer(struct folder *folder)
{
    struct vec *writers = &folder->writers;
    if (writers->count == 0)
        return arena_new(folder->plan->arena, sizeof(struct yaml));
    struct yaml *writer = *(struct yaml **)vec_at(writers, writers->count - 1);
    writers->count--;
    return writer;
}

struct yaml *
folder_object(struct folder *folder, struct str name, bool is_patch,
              const struct instance *instance, struct str about)
{
    struct manifest *manifest = map_find(&folder->by_name, name);
    if (manifest == NULL) {
        manifest = arena_new(folder->plan->arena, sizeof *manifest);
        manifest->name = name;
        manifest->is_patch = is_patch;
        manifest->document = folder_document(folder, name);
        manifest->yaml = take_writer(folder);
        yaml_init(manifest->yaml, &manifest->document->content,
                  folder->plan->arena);
        emit_head(manifest->yaml, about);
        map_put(&folder->by_name, name, manifest);
        vec_add_pointer(&folder->manifests, manifest);
        document_origin(manifest->document,
                        folder->environment != NULL
                            ? folder->environment->span
                            : folder->plan->ir->project->span);
    }
    document_pass(folder->documents, manifest->document);
    add_origins(manifest, instance);
    yaml_document(manifest->yaml);
    return manifest->yaml;
}

static void
add_origins(struct manifest *manifest, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    if (workload == NULL || workload == manifest->last)
        return;
    manifest->last = workload;
    document_origin(manifest->document, workload->service->span);
    if (instance->part != PART_BASE)
        document_origin(manifest->document, workload->span);
}

void
folder_is_of_service(struct folder *folder, struct str name)
{
    struct manifest *manifest = map_find(&folder->by_name, name);
    manifest->is_of_service = true;
}

void
folder_settle(struct folder *folder)
{
    struct manifest *const *manifests = folder->manifests.items;
    for (; folder->settled < folder->manifests.count; folder->settled++) {
        struct manifest *manifest = manifests[folder->settled];
        if (!manifest->is_of_service)
            continue;
        document_end(folder->documents, manifest->document);
        vec_add_pointer(&folder->writers, manifest->yaml);
        manifest->yaml = NULL;
    }
}

bool
is_folder_empty(const struct folder *folder)
{
    return folder->manifests.count == 0;
}

/* ---- kustomization.yaml ------------------------------------------------- */

void
emit_head(struct yaml *yaml, struct str about)
{
    yaml_comment(yaml, STR("Made by broxc from the program. Edit the program, \
not this file."));
    if (!is_str_empty(about))
        yaml_comment(yaml, about);
}

struct document *
kustomization_start(struct folder *folder, struct yaml *yaml,
                    const char *api_version, const char *kind)
{
    struct document *document = folder_document(folder, STR("kustomization"));
    document_origin(document, folder->environment != NULL
                                  ? folder->environment->span
                                  : folder->plan->ir->project->span);
    folder->kustomization = document;
    yaml_init(yaml, &document->content, folder->plan->arena);
    emit_head(yaml, STR(""));
    yaml_word(yaml, "apiVersion", api_version);
    yaml_word(yaml, "kind", kind);
    return document;
}

static struct str
file_name(const struct folder *folder, const struct manifest *manifest)
{
    return arena_format(folder->plan->arena, "{}.yaml", STRS(manifest->name));
}

void
emit_folder_resources(struct yaml *yaml, const struct folder *folder)
{
    struct manifest *const *manifests = folder->manifests.items;
    for (size_t i = 0; i < folder->manifests.count; i++) {
        if (!manifests[i]->is_patch)
            yaml_item_text(yaml, file_name(folder, manifests[i]));
        document_pass(folder->documents, folder->kustomization);
    }
}

static void
emit_target(struct yaml *yaml, const struct manifest *manifest)
{
    if (is_str_empty(manifest->target_name))
        return;
    yaml_map(yaml, "target");
    yaml_text(yaml, "kind", manifest->target_kind);
    yaml_text(yaml, "name", manifest->target_name);
    yaml_end(yaml);
}

void
emit_folder_patches(struct yaml *yaml, const struct folder *folder)
{
    struct manifest *const *manifests = folder->manifests.items;
    for (size_t i = 0; i < folder->manifests.count; i++) {
        if (!manifests[i]->is_patch)
            continue;
        yaml_item(yaml);
        yaml_text(yaml, "path", file_name(folder, manifests[i]));
        emit_target(yaml, manifests[i]);
        yaml_end(yaml);
        document_pass(folder->documents, folder->kustomization);
    }
}

bool
has_patches(const struct folder *folder)
{
    struct manifest *const *manifests = folder->manifests.items;
    for (size_t i = 0; i < folder->manifests.count; i++) {
        if (manifests[i]->is_patch)
            return true;
    }
    return false;
}
