/*
 * Volumes first, since containers mount them by name.
 */
#include "resolve/containers.h"

#include "diag/near.h"
#include "resolve/node.h"
#include "resolve/probes.h"
#include "resolve/process.h"
#include "resolve/volumes.h"
#include "resolve/ports.h"

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
        struct scope inside = scope_inside(scope, *at);
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

/* L35: one that runs to its end is not asked how it is. */
static void
check_init(const struct scope *scope, const struct container *container,
           const struct node *node)
{
    static const enum word_id words[] = {WORD_READY, WORD_LIVE, WORD_STARTUP,
                                         WORD_AFTER_START, WORD_BEFORE_STOP};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const struct node *word = node_child(node, words[i]);
        if (word == NULL || container->is_sidecar)
            continue;
        struct diag *diag =
            diag_add(scope->resolver->sink, DIAG_L35, word->word_span,
                     STRS(str_from(word->word->name), STR("`init`")));
        diag_help(diag,
                  "it runs to its end; a `sidecar` runs beside the others",
                  NO_STRS);
    }
}

static struct container
resolve_container(const struct scope *inside, struct str name, bool is_sidecar)
{
    size_t port_count = 0;
    const struct port *ports = resolve_port_list(inside, &port_count);
    struct container container = {
        .name = name,
        .is_sidecar = is_sidecar,
        .image = scope_value(inside, WORD_CONTAINER_IMAGE),
        .pull = scope_value(inside, WORD_PULL),
        .command = scope_value(inside, WORD_CONTAINER_COMMAND),
        .arguments = scope_value(inside, WORD_CONTAINER_ARGUMENTS),
        .directory = scope_value(inside, WORD_DIRECTORY),
        .memory = scope_value(inside, WORD_CONTAINER_MEMORY),
        .cpu = scope_value(inside, WORD_CONTAINER_CPU),
        .storage = scope_value(inside, WORD_STORAGE),
        .ports = ports,
        .port_count = port_count,
        .has_config = scope_has(inside, WORD_CONTAINER_CONFIG),
    };
    container.process = resolve_process(inside, ports, port_count);
    resolve_container_probes(inside, &container);
    return container;
}

static void
add_containers(const struct scope *scope, enum word_id id,
               const struct workload *workload, struct vec *containers)
{
    struct vec list = scope_list(scope, id);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        struct container container =
            resolve_container(&inside, node_key(at->node), id == WORD_SIDECAR);
        container.span = at->node->span;
        check_init(scope, &container, at->node);
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
    add_containers(scope, WORD_INIT, workload, &containers);
    add_containers(scope, WORD_SIDECAR, workload, &containers);
    workload->containers = containers.items;
    workload->container_count = containers.count;
}
