#include "check/raw.h"

#include "base/map.h"
#include "base/vec.h"
#include "check/raw_values.h"

/* Where an object of a kind says what its pods are. */
static const struct pod_maker {
    const char *group;
    const char *kind;
    const char *path; /* from the object; the template's place */
    bool has_replicas;
} makers[] = {
    {"", "Pod", "", false},
    {"", "ReplicationController", "spec.template", true},
    {"apps", "DaemonSet", "spec.template", false},
    {"apps", "Deployment", "spec.template", true},
    {"apps", "ReplicaSet", "spec.template", true},
    {"apps", "StatefulSet", "spec.template", true},
    {"argoproj.io", "Rollout", "spec.template", true},
    {"batch", "CronJob", "spec.jobTemplate.spec.template", false},
    {"batch", "Job", "spec.template", false},
};

struct world_builder {
    struct check *check;
    struct map seen; /* an object's address -> struct use_list */
    struct vec uses; /* of struct use_list * */
};

/* A use whose environments are still gathered. */
struct use_list {
    const struct raw_object *object;
    bool is_everywhere;
    struct vec environments; /* of const struct environment *, else */
};

static void collect_uses(struct world_builder *builder);
static const struct raw_use *close_uses(struct world_builder *builder);
static void collect_pods(struct check *check, struct raw_world *world);

const struct raw_world *
raw_world_new(struct check *check)
{
    struct raw_world *world = arena_new(check->arena, sizeof *world);
    struct world_builder builder = {.check = check};
    map_init(&builder.seen, check->arena);
    vec_init(&builder.uses, check->arena, sizeof(struct use_list *));
    collect_uses(&builder);
    world->uses = close_uses(&builder);
    world->use_count = builder.uses.count;
    collect_pods(check, world);
    return world;
}

/* ---- objects and where they go ------------------------------------------ */

static struct use_list *
use_list_add(struct world_builder *builder, const struct raw_object *object)
{
    struct use_list *list = arena_new(builder->check->arena, sizeof *list);
    list->object = object;
    vec_init(&list->environments, builder->check->arena,
             sizeof(const struct environment *));
    vec_add_pointer(&builder->uses, list);
    return list;
}

/* One file may be named in several environments. */
static void
add_use(struct world_builder *builder, const struct raw_object *object,
        const struct environment *environment)
{
    const struct raw_object **key =
        arena_new(builder->check->arena, sizeof(const void *));
    *key = object;
    struct str address = {(const char *)key, sizeof *key};
    struct use_list *list = map_find(&builder->seen, address);
    if (list == NULL) {
        list = use_list_add(builder, object);
        map_put(&builder->seen, address, list);
    }
    vec_add_pointer(&list->environments, environment);
}

static void
collect_everywhere(struct world_builder *builder,
                   const struct raw_manifest *manifest)
{
    for (size_t i = 0; i < manifest->objects.count; i++) {
        use_list_add(builder, &manifest->objects.at[i])->is_everywhere = true;
    }
}

static void
collect_uses(struct world_builder *builder)
{
    const struct ir *ir = builder->check->ir;
    for (size_t i = 0; ir->environment_count > 0 && i < ir->manifest_count; i++)
        collect_everywhere(builder, ir->manifests[i]);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t j = 0; j < environment->manifest_count; j++) {
            const struct raw_objects *objects =
                &environment->manifests[j]->objects;
            for (size_t k = 0; k < objects->count; k++)
                add_use(builder, &objects->at[k], environment);
        }
    }
}

static const struct environment *
strictest_of(const struct raw_use *use)
{
    const struct environment *strictest = use->environments[0];
    for (size_t i = 1; i < use->environment_count; i++) {
        if (use->environments[i]->tier > strictest->tier)
            strictest = use->environments[i];
    }
    return strictest;
}

static const struct raw_use *
close_uses(struct world_builder *builder)
{
    struct arena *arena = builder->check->arena;
    const struct ir *ir = builder->check->ir;
    struct raw_use *uses =
        arena_array(arena, builder->uses.count, sizeof *uses);
    for (size_t i = 0; i < builder->uses.count; i++) {
        const struct use_list *list =
            *(struct use_list **)vec_at(&builder->uses, i);
        uses[i] = (struct raw_use){
            .object = list->object,
            .text = arena_format(arena, "{}/{}",
                                 STRS(list->object->kind, list->object->name)),
            .spec = raw_find(list->object->root, STR("spec")),
            .environments = list->is_everywhere ? ir->environments
                                                : list->environments.items,
            .environment_count = list->is_everywhere ? ir->environment_count
                                                     : list->environments.count,
        };
        uses[i].strictest = strictest_of(&uses[i]);
    }
    return uses;
}

/* ---- pods and containers ------------------------------------------------ */

static const struct pod_maker *
maker_find(const struct raw_use *use)
{
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        if (is_raw_of(use, makers[i].group, makers[i].kind))
            return &makers[i];
    }
    return NULL;
}

static void
add_containers(struct check *check, struct vec *list, const struct raw_pod *pod,
               const char *key, enum raw_container_kind kind)
{
    const struct raw *containers = raw_find(pod->spec, str_from(key));
    for (size_t i = 0; i < raw_item_count(containers); i++) {
        const struct raw *raw = containers->entries[i].value;
        const struct raw *name = raw_find(raw, STR("name"));
        if (raw->kind != RAW_MAP || name == NULL)
            continue;
        struct raw_container *container = vec_add(list);
        *container = (struct raw_container){
            .raw = raw,
            .kind = kind,
            .security = raw_find(raw, STR("securityContext")),
            .text = arena_format(check->arena, "{}` of `{}",
                                 STRS(name->text, pod->use->text)),
            .span = name->span,
        };
        if (kind == RAW_CONTAINER_INIT &&
            is_str_equal(raw_text_at(raw, STR("restartPolicy")), STR("Always")))
            container->kind = RAW_CONTAINER_SIDECAR;
    }
}

static void
collect_pod(struct check *check, struct vec *pods, struct vec *containers,
            const struct raw_use *use)
{
    const struct pod_maker *maker = maker_find(use);
    if (maker == NULL)
        return;
    const struct raw *root = raw_at(use->object->root, maker->path);
    const struct raw *spec = raw_find(root, STR("spec"));
    if (spec == NULL || spec->kind != RAW_MAP)
        return;
    struct raw_pod *pod = vec_add(pods);
    *pod = (struct raw_pod){
        .use = use,
        .metadata = raw_find(root, STR("metadata")),
        .spec = spec,
        .security = raw_find(spec, STR("securityContext")),
        .container_first = containers->count,
    };
    add_containers(check, containers, pod, "initContainers",
                   RAW_CONTAINER_INIT);
    add_containers(check, containers, pod, "containers", RAW_CONTAINER_MAIN);
    add_containers(check, containers, pod, "ephemeralContainers",
                   RAW_CONTAINER_DEBUG);
    pod->container_count = containers->count - pod->container_first;
}

static void
collect_pods(struct check *check, struct raw_world *world)
{
    struct vec pods;
    struct vec containers;
    vec_init(&pods, check->arena, sizeof(struct raw_pod));
    vec_init(&containers, check->arena, sizeof(struct raw_container));
    for (size_t i = 0; i < world->use_count; i++)
        collect_pod(check, &pods, &containers, &world->uses[i]);
    /* Lists move while they grow: they are bound to each other at the end. */
    for (size_t i = 0; i < pods.count; i++) {
        const struct raw_pod *pod = vec_at(&pods, i);
        for (size_t j = 0; j < pod->container_count; j++) {
            struct raw_container *container =
                vec_at(&containers, pod->container_first + j);
            container->pod = pod;
        }
    }
    world->pods = pods.items;
    world->pod_count = pods.count;
    world->containers = containers.items;
    world->container_count = containers.count;
}

/* ---- loops -------------------------------------------------------------- */

void
each_raw(struct check *check, raw_visit *visit)
{
    for (size_t i = 0; i < check->raw->use_count; i++)
        visit(check, &check->raw->uses[i]);
}

void
each_raw_of(struct check *check, const char *group, const char *kind,
            raw_visit *visit)
{
    for (size_t i = 0; i < check->raw->use_count; i++) {
        if (is_raw_of(&check->raw->uses[i], group, kind))
            visit(check, &check->raw->uses[i]);
    }
}

bool
is_raw_of(const struct raw_use *use, const char *group, const char *kind)
{
    struct str version = use->object->api_version;
    struct str found =
        has_byte(version, '/') ? str_cut(&version, '/') : STR("");
    return is_str_equal(use->object->kind, str_from(kind)) &&
           is_str_equal(found, str_from(group));
}

void
each_raw_pod(struct check *check, raw_pod_visit *visit)
{
    for (size_t i = 0; i < check->raw->pod_count; i++)
        visit(check, &check->raw->pods[i]);
}

void
each_raw_container(struct check *check, raw_container_visit *visit)
{
    for (size_t i = 0; i < check->raw->container_count; i++)
        visit(check, &check->raw->containers[i]);
}

const struct raw_container *
raw_container_at(const struct check *check, const struct raw_pod *pod,
                 size_t index)
{
    return &check->raw->containers[pod->container_first + index];
}

bool
is_raw_in_production(const struct raw_use *use)
{
    return use->strictest->tier == TIER_PRODUCTION;
}

bool
has_raw_replicas(const struct raw_pod *pod)
{
    const struct pod_maker *maker = maker_find(pod->use);
    return maker != NULL && maker->has_replicas;
}

bool
is_raw_windows(const struct raw_pod *pod)
{
    const struct raw *os = raw_find(pod->spec, STR("os"));
    return is_str_equal(raw_text_at(os, STR("name")), STR("windows"));
}

struct diag *
raw_report(struct check *check, enum diag_code code, struct span span,
           const struct raw_use *use, struct strs texts)
{
    struct diag *diag = diag_add(check->sink, code, span, texts);
    diag_about(diag, use->text);
    return diag;
}
