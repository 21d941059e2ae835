/*
 * Volumes first, since containers mount them by name.
 */
#include "resolve/containers.h"

#include "diag/near.h"
#include "resolve/bind.h"
#include "resolve/node.h"

/* L29: a place in the container that only the program can choose. */
static const struct value *
required_path(const struct scope *scope, const struct node *node)
{
    struct scope inside = scope_inside(scope, node);
    const struct value *path = scope_value(&inside, WORD_VOLUME_AT);
    if (path == NULL && node->cells[0].syntax != NULL) {
        struct diag *diag =
            diag_add(scope->resolver->sink, DIAG_L29, node->span,
                     STRS(arena_format(scope->resolver->arena, "`{}`",
                                       STRS(str_from(node->word->name))),
                          STR("at")));
        diag_help(diag, "write it like `{} … at /data`",
                  STRS(str_from(node->word->name)));
    }
    return path;
}

/* L28: a claim has a name, an empty volume none. */
static void
check_claim(const struct scope *scope, const struct node *node,
            const struct volume *volume)
{
    bool is_claim = volume->kind == VOLUME_CLAIM;
    if (is_claim == (volume->claim != NULL))
        return;
    diag_add(scope->resolver->sink, DIAG_L28, node->span,
             STRS(is_claim ? STR("claim") : STR("empty"),
                  is_claim ? STR("the claim's name") : STR("no name")));
}

static void
resolve_volumes(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_VOLUME);
    struct volume *volumes =
        arena_array(scope->resolver->arena, list.count, sizeof *volumes);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, at->node);
        const struct value *kind = scope_argument(scope, *at, 1);
        volumes[i].name = node_key(at->node);
        volumes[i].kind = kind != NULL && is_str_equal(kind->text, STR("claim"))
                              ? VOLUME_CLAIM
                              : VOLUME_EMPTY;
        volumes[i].claim = scope_argument(scope, *at, 2);
        volumes[i].path = required_path(scope, at->node);
        volumes[i].size = scope_value(&inside, WORD_VOLUME_SIZE);
        volumes[i].is_in_memory = scope_has(&inside, WORD_VOLUME_IN_MEMORY);
        volumes[i].is_read_only = scope_has(&inside, WORD_VOLUME_READ_ONLY);
        volumes[i].span = at->node->span;
        check_claim(scope, at->node, &volumes[i]);
    }
    workload->volumes = volumes;
    workload->volume_count = list.count;
}

static void
resolve_secret_files(const struct scope *scope, struct workload *workload)
{
    struct vec list = scope_list(scope, WORD_SECRET_FILE);
    struct vec files;
    vec_init(&files, scope->resolver->arena, sizeof(struct secret_file));
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        const struct value *name = scope_argument(scope, *at, 0);
        if (!is_value_known(name))
            continue;
        struct secret_file *file = vec_add(&files);
        file->secret = bind_secret(scope->resolver, name);
        file->path = required_path(scope, at->node);
        file->span = at->node->span;
    }
    workload->secret_files = files.items;
    workload->secret_file_count = files.count;
}

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
    resolve_volumes(scope, workload);
    resolve_secret_files(scope, workload);
    add_containers(scope, WORD_INIT, workload, &containers);
    add_containers(scope, WORD_SIDECAR, workload, &containers);
    workload->containers = containers.items;
    workload->container_count = containers.count;
}
