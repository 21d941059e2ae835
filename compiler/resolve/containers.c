/*
 * Volumes first, since containers mount them by name.
 */
#include "resolve/containers.h"

#include "diag/near.h"
#include "resolve/node.h"
#include "resolve/volumes.h"

static const struct volume *
find_volume(const struct scope *scope, const struct workload *workload,
            const struct node *node)
{
    struct str name = node_key(node);
    struct near near = {.wanted = name};
    if (node->cells[0].syntax == NULL)
        return NULL;
    for (size_t i = 0; i < workload->volume_count; i++) {
        if (is_str_equal(workload->volumes[i].name, name))
            return &workload->volumes[i];
        near_offer(&near, workload->volumes[i].name);
    }
    struct diag *diag = diag_add(scope->resolver->sink, DIAG_L07, node->span,
                                 STRS(STR("volume"), name));
    if (!is_str_empty(near.best))
        diag_help(diag, "the nearest name is `{}`", STRS(near.best));
    return NULL;
}

static void
resolve_mounts(const struct scope *scope, const struct workload *workload,
               struct container *container)
{
    struct vec list = scope_list(scope, WORD_MOUNT);
    struct vec mounts;
    vec_init(&mounts, scope->resolver->arena, sizeof(struct mount));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, at->node);
        const struct volume *volume = find_volume(scope, workload, at->node);
        if (volume == NULL)
            continue;
        const struct value *path = scope_value(&inside, WORD_VOLUME_AT);
        struct mount *mount = vec_add(&mounts);
        mount->volume = volume;
        mount->path = path != NULL ? path : volume->path;
        mount->sub_path = scope_value(&inside, WORD_VOLUME_SUB_PATH);
        mount->is_read_only =
            volume->is_read_only || scope_has(&inside, WORD_VOLUME_READ_ONLY);
    }
    container->mounts = mounts.items;
    container->mount_count = mounts.count;
}

static void
add_containers(const struct scope *scope, enum word_id id,
               const struct workload *workload, struct vec *containers)
{
    struct vec list = scope_list(scope, id);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, at->node);
        struct container container = {
            .name = node_key(at->node),
            .is_sidecar = id == WORD_SIDECAR,
            .image = scope_value(&inside, WORD_CONTAINER_IMAGE),
            .command = scope_value(&inside, WORD_CONTAINER_COMMAND),
            .arguments = scope_value(&inside, WORD_CONTAINER_ARGUMENTS),
            .memory = scope_value(&inside, WORD_CONTAINER_MEMORY),
            .cpu = scope_value(&inside, WORD_CONTAINER_CPU),
            .has_config = scope_has(&inside, WORD_CONTAINER_CONFIG),
            .span = at->node->span,
        };
        resolve_mounts(&inside, workload, &container);
        *(struct container *)vec_add(containers) = container;
    }
}

void
resolve_containers(const struct scope *scope, struct workload *workload)
{
    struct vec containers;
    vec_init(&containers, scope->resolver->arena, sizeof(struct container));
    resolve_files(scope, workload);
    resolve_volumes(scope, workload);
    resolve_secret_files(scope, workload);
    add_containers(scope, WORD_INIT, workload, &containers);
    add_containers(scope, WORD_SIDECAR, workload, &containers);
    workload->containers = containers.items;
    workload->container_count = containers.count;
}
