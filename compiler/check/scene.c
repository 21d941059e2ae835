#include "check/scene.h"

#include "check/raw_values.h"
#include "check/scene_pods.h"
#include "check/sizes.h"
#include "ir/release.h"

static struct scene *scene_new(struct check *check,
                               const struct environment *environment);
static void collect_raw(struct check *check, struct scene *const *scenes);
static void bind_autoscaler(struct scene *scene, const struct raw_use *use);
static void bind_budget(struct scene *scene, const struct raw_use *use);

const struct scene *const *
scenes_new(struct check *check)
{
    const struct ir *ir = check->ir;
    struct scene **scenes =
        arena_array(check->arena, ir->environment_count, sizeof *scenes);
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        for (size_t j = 0; j < use->environment_count; j++) {
            size_t index = use->environments[j]->index;
            if (scenes[index] == NULL)
                scenes[index] = scene_new(check, use->environments[j]);
        }
    }
    collect_raw(check, scenes);
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        for (size_t j = 0; j < use->environment_count; j++) {
            bind_autoscaler(scenes[use->environments[j]->index], use);
            bind_budget(scenes[use->environments[j]->index], use);
        }
    }
    return (const struct scene *const *)scenes;
}

const struct scene *
scene_of(const struct check *check, const struct environment *environment)
{
    return check->scenes[environment->index];
}

/* ---- what is there ------------------------------------------------------ */

static void
add_generated_service(struct scene *scene, const struct workload *workload)
{
    struct str name = workload->service->name;
    if (is_scheduled(workload) || workload->port_count == 0)
        return;
    struct scene_service *service = arena_new(scene->arena, sizeof *service);
    service->workload = workload;
    service->made_for =
        *(struct scene_pods **)vec_at(&scene->pods, scene->pods.count - 1);
    map_put(&scene->services, name, service);
    if (strategy_of(workload) != STRATEGY_ROLLING)
        map_put(&scene->services,
                arena_format(scene->arena, "{}-preview", STRS(name)), service);
    if (workload->service->kind == SERVICE_STATEFUL)
        map_put(&scene->services,
                arena_format(scene->arena, "{}-peers", STRS(name)), service);
}

static struct scene *
scene_new(struct check *check, const struct environment *environment)
{
    struct scene *scene = arena_new(check->arena, sizeof *scene);
    scene->arena = check->arena;
    scene->ir = check->ir;
    scene->environment = environment;
    vec_init(&scene->pods, check->arena, sizeof(struct scene_pods *));
    map_init(&scene->pods_by_text, check->arena);
    map_init(&scene->pods_by_label, check->arena);
    map_init(&scene->services, check->arena);
    vec_init(&scene->policies, check->arena, sizeof(const struct raw_use *));
    for (size_t i = 0; i < environment->workload_count; i++) {
        scene_add_generated(scene, environment->workloads[i]);
        add_generated_service(scene, environment->workloads[i]);
    }
    return scene;
}

/* The API groups whose objects make no pods and no Services. */
static bool
is_stranger(const struct raw_use *use)
{
    static const char *const groups[] = {"",
                                         "apps",
                                         "autoscaling",
                                         "batch",
                                         "policy",
                                         "cert-manager.io",
                                         "external-secrets.io",
                                         "argoproj.io",
                                         "monitoring.coreos.com",
                                         NULL};
    struct str version = use->object->api_version;
    struct str group =
        has_byte(version, '/') ? str_cut(&version, '/') : STR("");
    for (size_t i = 0; groups[i] != NULL; i++) {
        if (is_str_equal(group, str_from(groups[i])))
            return false;
    }
    return !has_suffix(group, STR(".k8s.io"));
}

static void
add_raw(struct scene *scene, const struct raw_use *use)
{
    scene->has_strangers = scene->has_strangers || is_stranger(use);
    if (is_raw_of(use, "networking.k8s.io", "NetworkPolicy"))
        vec_add_pointer(&scene->policies, use);
    if (!is_raw_of(use, "", "Service"))
        return;
    struct scene_service *service = arena_new(scene->arena, sizeof *service);
    service->raw = use;
    map_put(&scene->services, use->object->name, service);
}

static void
collect_raw(struct check *check, struct scene *const *scenes)
{
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        for (size_t j = 0; j < use->environment_count; j++)
            add_raw(scenes[use->environments[j]->index], use);
    }
    for (size_t i = 0; i < check->raw->pod_count; i++) {
        const struct raw_pod *pod = &check->raw->pods[i];
        for (size_t j = 0; j < pod->use->environment_count; j++)
            scene_add_raw(scenes[pod->use->environments[j]->index], pod);
    }
}

/* ---- autoscalers and budgets -------------------------------------------- */

int64_t
autoscaler_least(const struct raw_use *use)
{
    const struct raw *least = raw_find(use->spec, STR("minReplicas"));
    int64_t number = 1;
    return least == NULL || raw_to_number(least, &number) ? number : -1;
}

int64_t
autoscaler_most(const struct raw_use *use)
{
    int64_t number;
    bool is_read =
        raw_to_number(raw_find(use->spec, STR("maxReplicas")), &number);
    return is_read ? number : -1;
}

const struct raw *
autoscaler_share(const struct raw_use *use, struct str resource)
{
    const struct raw *metrics = raw_find(use->spec, STR("metrics"));
    const struct raw *old =
        raw_find(use->spec, STR("targetCPUUtilizationPercentage"));
    if (old != NULL && is_str_equal(resource, STR("cpu")))
        return old;
    for (size_t i = 0; i < raw_item_count(metrics); i++) {
        const struct raw *metric =
            raw_find(metrics->entries[i].value, STR("resource"));
        const struct raw *share = raw_at(metric, "target.averageUtilization");
        if (share != NULL &&
            is_str_equal(raw_text_at(metric, STR("name")), resource))
            return share;
    }
    return NULL;
}

const struct raw_use *
autoscaler_find(const struct check *check, const struct raw_pod *pod)
{
    for (size_t i = 0; i < pod->use->environment_count; i++) {
        const struct scene *scene = scene_of(check, pod->use->environments[i]);
        const struct scene_pods *pods =
            map_find(&scene->pods_by_text, pod->use->text);
        if (pods->raw == pod && pods->autoscaler != NULL)
            return pods->autoscaler;
    }
    return NULL;
}

/* Its range is what decides how many there are. */
static void
bind_autoscaler(struct scene *scene, const struct raw_use *use)
{
    const struct raw *target = raw_find(use->spec, STR("scaleTargetRef"));
    struct str text = arena_format(scene->arena, "{}/{}",
                                   STRS(raw_text_at(target, STR("kind")),
                                        raw_text_at(target, STR("name"))));
    struct scene_pods *pods = map_find(&scene->pods_by_text, text);
    if (!is_raw_of(use, "autoscaling", "HorizontalPodAutoscaler") ||
        pods == NULL || pods->autoscaler != NULL)
        return;
    pods->autoscaler = use;
    pods->least = autoscaler_least(use);
    pods->most = autoscaler_most(use);
}

static void
bind_budget(struct scene *scene, const struct raw_use *use)
{
    if (!is_raw_of(use, "policy", "PodDisruptionBudget"))
        return;
    struct scene_walk walk =
        scene_select(scene, raw_find(use->spec, STR("selector")));
    for (struct scene_pods *pods = scene_next(&walk); pods != NULL;
         pods = scene_next(&walk))
        pods->has_budget = true;
}

const struct scene_pods *
service_pods(const struct scene *scene, const struct scene_service *service)
{
    if (service->raw == NULL)
        return service->made_for;
    const struct raw *selector = raw_find(service->raw->spec, STR("selector"));
    if (raw_key_count(selector) == 0)
        return NULL;
    struct scene_walk walk = scene_match(scene, selector);
    return scene_next(&walk);
}

/* ---- loops -------------------------------------------------------------- */

void
each_scene_of(struct check *check, const char *group, const char *kind,
              scene_judge *judge)
{
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        if (!is_raw_of(use, group, kind))
            continue;
        bool is_reported = false;
        for (size_t j = 0; !is_reported && j < use->environment_count; j++)
            is_reported =
                judge(check, use, scene_of(check, use->environments[j]));
    }
}

void
each_scene_pods(struct check *check, scene_pods_judge *judge)
{
    for (size_t i = 0; i < check->raw->pod_count; i++) {
        const struct raw_use *use = check->raw->pods[i].use;
        bool is_reported = false;
        for (size_t j = 0; !is_reported && j < use->environment_count; j++) {
            const struct scene *scene = scene_of(check, use->environments[j]);
            const struct scene_pods *pods =
                map_find(&scene->pods_by_text, use->text);
            /* Another object of that name has its place: N11 tells that. */
            is_reported =
                pods->raw == &check->raw->pods[i] && judge(check, scene, pods);
        }
    }
}
