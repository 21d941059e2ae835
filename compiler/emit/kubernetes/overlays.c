/*
 * The tree of kustomize: base/, base/workloads/ and overlays/ENV/.
 *
 *     overlays/production/   what is of production, on top of base/
 *       workloads/           its Deployments, on top of base/workloads/
 *       blue/ green/         workloads/ twice, where one colour is live and the
 *                            other idle
 *       rolling/             and what has no colours there
 *       release/             what the pipeline decides
 */
#include "emit/kubernetes.h"

#include "emit/kubernetes/certificates.h"
#include "emit/kubernetes/folder.h"
#include "emit/kubernetes/kinds.h"
#include "emit/kubernetes/manifests.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/patches.h"
#include "emit/kubernetes/paths.h"
#include "emit/kubernetes/previews.h"
#include "emit/kubernetes/release.h"
#include "emit/kubernetes/workload.h"
#include "ir/issuer.h"
#include "ir/release.h"

#define KUSTOMIZE "kustomize.config.k8s.io/v1beta1"
#define ROLLING "rolling"

/* What stands side by side in one environment, or in the base. */
struct pair_of_folders {
    struct folder root;
    struct folder workloads;
};

/* What may be coloured somewhere stands apart everywhere; a stateful set never
 * is. */
static struct folder *
folder_of(struct pair_of_folders *folders, const struct kind *kind,
          const struct instance *instance)
{
    bool is_apart =
        kind->scope == SCOPE_COLOUR && !is_stateful(instance->workload);
    return is_apart ? &folders->workloads : &folders->root;
}

static void
folders_init(struct pair_of_folders *folders, const struct plan *plan,
             struct documents *documents, struct str path,
             const struct environment *environment)
{
    folder_init(&folders->root, plan, documents, path, environment);
    folder_init(&folders->workloads, plan, documents,
                arena_format(plan->arena, "{}/workloads", STRS(path)),
                environment);
}

static void
folders_settle(struct pair_of_folders *folders)
{
    folder_settle(&folders->root);
    folder_settle(&folders->workloads);
}

/* ---- the base ----------------------------------------------------------- */

static void
emit_base_object(struct pair_of_folders *base, const struct instance *instance,
                 const struct kind *kind)
{
    struct folder *folder = folder_of(base, kind, instance);
    struct str file = path_base_file(instance, kind);
    kind->emit(folder_object(folder, file, false, instance,
                             STR("The same in every environment.")),
               instance);
    if (kind->file_kind == FILE_BY_SERVICE)
        folder_is_of_service(folder, file);
}

static void
emit_base_service(const struct plan *plan, struct pair_of_folders *base,
                  const struct service *service)
{
    const struct environment *first = plan->ir->environments[0];
    const struct workload *workload = workload_find(first, service);
    if (!plan->services[service->index].is_everywhere)
        return;
    struct instance instance = instance_of(plan, first, workload, PART_BASE);
    for (unsigned id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_row((enum kind_id)id);
        if (kind->scope != SCOPE_ENVIRONMENT && is_in_base(&instance, id))
            emit_base_object(base, &instance, kind);
    }
    folders_settle(base);
}

static void
emit_base_kustomization(struct folder *folder)
{
    struct yaml yaml;
    kustomization_start(folder, &yaml, KUSTOMIZE, "Kustomization");
    yaml_list(&yaml, "resources");
    emit_folder_resources(&yaml, folder);
    yaml_end(&yaml);
}

void
emit_base(const struct plan *plan, struct documents *documents)
{
    const struct ir *ir = plan->ir;
    struct pair_of_folders base;
    folders_init(&base, plan, documents, path_below(plan, STR("base")), NULL);
    struct instance own =
        instance_of(plan, ir->environments[0], NULL, PART_BASE);
    /* What stands in the base exists in each environment or in none. */
    struct subject any = {ir, ir->environments[0], NULL};
    for (unsigned id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_row((enum kind_id)id);
        if (kind->scope == SCOPE_ENVIRONMENT && !kind->is_overlay_only &&
            kind_exists(kind, any))
            emit_base_object(&base, &own, kind);
    }
    for (size_t i = 0; i < ir->service_count; i++)
        emit_base_service(plan, &base, ir->services[i]);
    emit_base_manifests(&base.root);
    emit_base_kustomization(&base.root);
    if (!is_folder_empty(&base.workloads))
        emit_base_kustomization(&base.workloads);
}

static bool
has_part_apart(const struct plan *plan, const struct service *service)
{
    const struct environment *first = plan->ir->environments[0];
    const struct workload *workload = workload_find(first, service);
    uint64_t kinds = plan->services[service->index].base_kinds;
    for (unsigned id = 0; id < KIND_COUNT; id++) {
        if ((kinds >> id & 1) != 0 &&
            kind_row((enum kind_id)id)->scope == SCOPE_COLOUR &&
            !is_stateful(workload))
            return true;
    }
    return false;
}

/* Has the base a folder of workloads? */
static bool
has_base_workloads(const struct plan *plan)
{
    for (size_t i = 0; i < plan->ir->service_count; i++) {
        if (has_part_apart(plan, plan->ir->services[i]))
            return true;
    }
    return false;
}

/* ---- an overlay --------------------------------------------------------- */

static void
emit_patch(struct pair_of_folders *overlay, const struct kind *kind,
           struct instance instance)
{
    struct instance patch = instance_of(instance.plan, instance.environment,
                                        instance.workload, PART_PATCH);
    if (!has_any_section(&patch, kind->sections))
        return;
    struct str about = arena_format(
        instance.plan->arena, "What differs in {}; the rest is in the base.",
        STRS(instance.environment->name));
    struct folder *folder = folder_of(overlay, kind, &patch);
    struct str file = path_patch_file(&patch, kind);
    kind->emit(folder_object(folder, file, true, &patch, about), &patch);
    if (kind->file_kind == FILE_BY_SERVICE)
        folder_is_of_service(folder, file);
}

static void
emit_own(struct pair_of_folders *overlay, const struct kind *kind,
         const struct instance *instance)
{
    struct str about =
        arena_format(instance->plan->arena, "What {} has of its own.",
                     STRS(instance->environment->name));
    struct folder *folder = folder_of(overlay, kind, instance);
    struct str file = path_own_file(instance, kind);
    kind->emit(folder_object(folder, file, false, instance, about), instance);
    if (kind->file_kind == FILE_BY_SERVICE && kind->own_file == NULL)
        folder_is_of_service(folder, file);
}

static void
emit_overlay_objects(const struct plan *plan, struct pair_of_folders *overlay,
                     const struct environment *environment,
                     const struct workload *workload)
{
    struct instance whole =
        instance_of(plan, environment, workload, PART_WHOLE);
    struct subject subject = {plan->ir, environment, workload};
    for (unsigned id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_row((enum kind_id)id);
        bool is_own_scope =
            (kind->scope == SCOPE_ENVIRONMENT) == (workload == NULL);
        if (!is_own_scope || !kind_exists(kind, subject))
            continue;
        if (is_in_base(&whole, id))
            emit_patch(overlay, kind, whole);
        else
            emit_own(overlay, kind, &whole);
    }
    folders_settle(overlay);
}

/* ---- its kustomizations ------------------------------------------------- */

/* Gives the ConfigMap of the base the name that its content here has;
 * kustomize changes all references with it. */
static void
emit_rename(struct yaml *yaml, struct str from, struct str to)
{
    struct buf content;
    struct yaml patch;
    buf_init(&content, yaml->arena);
    yaml_init(&patch, &content, yaml->arena);
    yaml_item(&patch);
    yaml_word(&patch, "op", "replace");
    yaml_word(&patch, "path", "/metadata/name");
    yaml_text(&patch, "value", to);
    yaml_end(&patch);

    yaml_item(yaml);
    yaml_map(yaml, "target");
    yaml_word(yaml, "kind", "ConfigMap");
    yaml_text(yaml, "name", from);
    yaml_end(yaml);
    yaml_block(yaml, "patch", buf_str(&content));
    yaml_end(yaml);
}

static void
emit_renames(struct yaml *yaml, const struct folder *folder)
{
    const struct plan *plan = folder->plan;
    const struct environment *environment = folder->environment;
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        struct instance instance =
            instance_of(plan, environment, workload, PART_WHOLE);
        if (is_in_base(&instance, KIND_CONFIG_MAP))
            emit_rename(yaml, name_config(plan->arena, workload->service),
                        name_config_hashed(plan->arena, workload));
        document_pass(folder->documents, folder->kustomization);
    }
}

/* Has it a Deployment, of colours or without? */
static bool
has_deployment(const struct environment *environment, bool is_of_colours)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!is_job(workload) && !is_stateful(workload) &&
            is_coloured(workload) == is_of_colours)
            return true;
    }
    return false;
}

static void
emit_workload_folders(struct yaml *yaml, const struct environment *environment)
{
    if (!has_colours(environment)) {
        yaml_item_word(yaml, "workloads");
        return;
    }
    yaml_item_word(yaml, COLOUR_ACTIVE);
    yaml_item_word(yaml, COLOUR_IDLE);
    if (has_deployment(environment, false))
        yaml_item_word(yaml, ROLLING);
}

static void
emit_root_kustomization(struct pair_of_folders *overlay, bool has_workloads)
{
    const struct environment *environment = overlay->root.environment;
    struct yaml yaml;
    kustomization_start(&overlay->root, &yaml, KUSTOMIZE, "Kustomization");
    if (is_value_known(environment->namespace_name))
        yaml_text(&yaml, "namespace", environment->namespace_name->text);
    yaml_list(&yaml, "resources");
    yaml_item_text(&yaml, STR("../../base"));
    if (has_workloads)
        emit_workload_folders(&yaml, environment);
    emit_folder_resources(&yaml, &overlay->root);
    yaml_end(&yaml);
    if (has_release(environment)) {
        yaml_list(&yaml, "components");
        yaml_item_word(&yaml, "release");
        yaml_end(&yaml);
    }
    yaml_list(&yaml, "patches");
    emit_folder_patches(&yaml, &overlay->root);
    emit_renames(&yaml, &overlay->root);
    yaml_end(&yaml);
}

static void
emit_workloads_kustomization(struct folder *folder, bool is_in_base_too)
{
    struct yaml yaml;
    kustomization_start(folder, &yaml, KUSTOMIZE, "Kustomization");
    yaml_list(&yaml, "resources");
    if (is_in_base_too)
        yaml_item_text(&yaml, STR("../../../base/workloads"));
    emit_folder_resources(&yaml, folder);
    yaml_end(&yaml);
    if (!has_patches(folder))
        return;
    yaml_list(&yaml, "patches");
    emit_folder_patches(&yaml, folder);
    yaml_end(&yaml);
}

/* Leaves out everything that is called as this service. Only the target's name
 * counts; a patch must name a kind all the same. */
static void
emit_left_out(struct yaml *yaml, struct str service)
{
    struct buf content;
    struct yaml patch;
    buf_init(&content, yaml->arena);
    yaml_init(&patch, &content, yaml->arena);
    yaml_word(&patch, "apiVersion", "v1");
    yaml_word(&patch, "kind", "Any");
    yaml_map(&patch, "metadata");
    yaml_text(&patch, "name", service);
    yaml_end(&patch);
    yaml_word(&patch, "$patch", "delete");

    yaml_item(yaml);
    yaml_map(yaml, "target");
    yaml_text(yaml, "name", service);
    yaml_end(yaml);
    yaml_block(yaml, "patch", buf_str(&content));
    yaml_end(yaml);
}

/* `workloads/` once more, with what is deployed one way alone. */
static void
emit_share_of_workloads(struct yaml *yaml,
                        const struct environment *environment,
                        bool is_of_colours)
{
    yaml_list(yaml, "resources");
    yaml_item_text(yaml, STR("../workloads"));
    yaml_end(yaml);
    if (!has_deployment(environment, !is_of_colours))
        return;
    yaml_list(yaml, "patches");
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (!is_job(workload) && !is_stateful(workload) &&
            is_coloured(workload) != is_of_colours)
            emit_left_out(yaml, workload->service->name);
    }
    yaml_end(yaml);
}

static void
subfolder_start(struct folder *folder, struct yaml *yaml,
                const struct folder *root, const char *name)
{
    folder_init(folder, root->plan, root->documents,
                arena_format(root->plan->arena, "{}/{}",
                             STRS(root->path, str_from(name))),
                root->environment);
    kustomization_start(folder, yaml, KUSTOMIZE, "Kustomization");
}

/* Under names and labels of the colour. */
static void
emit_colour_kustomization(const struct folder *root, const char *colour)
{
    struct folder folder;
    struct yaml yaml;
    subfolder_start(&folder, &yaml, root, colour);
    yaml_text(&yaml, "nameSuffix",
              arena_format(root->plan->arena, "-{}", STRS(str_from(colour))));
    emit_share_of_workloads(&yaml, root->environment, true);
    yaml_list(&yaml, "labels");
    yaml_item(&yaml);
    yaml_map(&yaml, "pairs");
    yaml_word(&yaml, LABEL_COLOUR, colour);
    yaml_end(&yaml);
    yaml_bool(&yaml, "includeSelectors", true);
    yaml_end(&yaml);
    yaml_end(&yaml);
}

static void
emit_rolling_kustomization(const struct folder *root)
{
    struct folder folder;
    struct yaml yaml;
    subfolder_start(&folder, &yaml, root, ROLLING);
    emit_share_of_workloads(&yaml, root->environment, false);
}

void
emit_overlay(const struct plan *plan, struct documents *documents,
             const struct environment *environment)
{
    struct pair_of_folders overlay;
    struct str path = path_overlay(plan, environment);
    bool is_in_base_too = has_base_workloads(plan);
    folders_init(&overlay, plan, documents, path, environment);
    emit_overlay_objects(plan, &overlay, environment, NULL);
    for (size_t i = 0; i < environment->workload_count; i++)
        emit_overlay_objects(plan, &overlay, environment,
                             environment->workloads[i]);
    emit_overlay_manifests(&overlay.root);
    emit_overlay_patches(&overlay.root);
    bool has_workloads = is_in_base_too || !is_folder_empty(&overlay.workloads);
    emit_root_kustomization(&overlay, has_workloads);
    if (has_workloads)
        emit_workloads_kustomization(&overlay.workloads, is_in_base_too);
    if (has_workloads && has_colours(environment)) {
        emit_colour_kustomization(&overlay.root, COLOUR_ACTIVE);
        emit_colour_kustomization(&overlay.root, COLOUR_IDLE);
        if (has_deployment(environment, false))
            emit_rolling_kustomization(&overlay.root);
    }
    if (has_release(environment))
        emit_release(plan, documents,
                     arena_format(plan->arena, "{}/release", STRS(path)),
                     environment);
}

/* ---- the cluster -------------------------------------------------------- */

/* What has no namespace is no overlay's: two environments may share it. */
static void
emit_issuer_file(const struct plan *plan, struct documents *documents)
{
    struct document *document =
        document_add(documents, path_below(plan, STR("cluster/issuer.yaml")),
                     TARGET_KUBERNETES);
    document_origin(document, plan->ir->tls->span);
    struct yaml yaml;
    yaml_init(&yaml, &document->content, plan->arena);
    emit_head(&yaml, STR("An administrator applies it, once a cluster."));
    yaml_document(&yaml);
    emit_cluster_issuer(&yaml, plan->ir);
}

void
emit_cluster(const struct plan *plan, struct documents *documents)
{
    const struct ir *ir = plan->ir;
    if (is_issuer_of_cluster(ir))
        emit_issuer_file(plan, documents);
    emit_cluster_manifests(plan, documents);
    if (ir->preview != NULL && has_pipeline(ir, ir->preview->from))
        emit_preview_rights(plan, documents);
}
