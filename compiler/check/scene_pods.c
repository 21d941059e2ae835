#include "check/scene_pods.h"

#include "check/raw_values.h"
#include "check/sizes.h"
#include "ir/release.h"

/* The labels of what broxc writes, besides the user's own. */
static const char *const own_labels[] = {
    "app.kubernetes.io/name",       "app.kubernetes.io/instance",
    "app.kubernetes.io/component",  "app.kubernetes.io/part-of",
    "app.kubernetes.io/managed-by", "broxc/colour",
};

static bool own_label(const struct scene *scene, const struct scene_pods *pods,
                      struct str key, struct str *value);
static struct scene_walk walk_of(const struct scene *scene,
                                 const struct raw *selector, bool is_plain);

/* ---- adding ------------------------------------------------------------- */

static void
index_label(struct scene *scene, struct scene_pods *pods, struct str key,
            struct str value)
{
    struct str text = arena_format(scene->arena, "{}={}", STRS(key, value));
    struct vec *list = map_find(&scene->pods_by_label, text);
    if (list == NULL) {
        list = arena_new(scene->arena, sizeof *list);
        vec_init(list, scene->arena, sizeof(struct scene_pods *));
        map_put(&scene->pods_by_label, text, list);
    }
    vec_add_pointer(list, pods);
}

static struct scene_pods *
add_pods(struct scene *scene, struct scene_pods found)
{
    struct scene_pods *pods = arena_new(scene->arena, sizeof *pods);
    *pods = found;
    pods->text =
        arena_format(scene->arena, "{}/{}", STRS(found.kind, found.name));
    vec_add_pointer(&scene->pods, pods);
    map_put(&scene->pods_by_text, pods->text, pods);
    return pods;
}

static void
index_generated(struct scene *scene, struct scene_pods *pods)
{
    const struct workload *workload = pods->workload;
    for (size_t i = 0; i < sizeof own_labels / sizeof own_labels[0]; i++) {
        struct str key = str_from(own_labels[i]);
        struct str value;
        if (own_label(scene, pods, key, &value))
            index_label(scene, pods, key, value);
    }
    for (size_t i = 0; i < workload->label_count; i++) {
        if (is_value_known(workload->labels[i].value))
            index_label(scene, pods, workload->labels[i].key,
                        workload->labels[i].value->text);
    }
}

static struct str
made_kind(const struct workload *workload)
{
    if (workload->service->kind == SERVICE_JOB)
        return STR("CronJob");
    if (workload->service->kind == SERVICE_TASK)
        return STR("Job");
    if (workload->service->kind == SERVICE_STATEFUL)
        return STR("StatefulSet");
    return has_rollout(workload) ? STR("Rollout") : STR("Deployment");
}

static void
add_coloured(struct scene *scene, const struct workload *workload,
             struct str colour)
{
    struct str name = workload->service->name;
    const struct value *least = replicas_least(workload);
    const struct value *most = replicas_most(workload);
    bool is_coloured = !is_str_empty(colour);
    struct scene_pods pods = {
        .kind = made_kind(workload),
        .name = is_coloured
                    ? arena_format(scene->arena, "{}-{}", STRS(name, colour))
                    : name,
        .span = workload->span,
        .workload = workload,
        .colour = colour,
        .least = least == NULL ? -1 : least->number,
        .most = most == NULL ? -1 : most->number,
    };
    index_generated(scene, add_pods(scene, pods));
}

static void
add_migration(struct scene *scene, const struct workload *workload)
{
    struct scene_pods pods = {
        .kind = STR("Job"),
        .name = arena_format(scene->arena, "{}-migrate",
                             STRS(workload->service->name)),
        .span = workload->migration->span,
        .workload = workload,
        .is_migration = true,
        .least = 0,
        .most = 1,
    };
    index_generated(scene, add_pods(scene, pods));
}

void
scene_add_generated(struct scene *scene, const struct workload *workload)
{
    if (workload->migration != NULL)
        add_migration(scene, workload);
    if (!is_coloured(workload)) {
        add_coloured(scene, workload, STR(""));
        return;
    }
    add_coloured(scene, workload, STR("blue"));
    add_coloured(scene, workload, STR("green"));
}

/* How many run, by the object's own word; one where it says none. */
static int64_t
raw_replicas(const struct raw_pod *raw)
{
    const struct raw *replicas = raw_find(raw->use->spec, STR("replicas"));
    int64_t number;
    if (!has_raw_replicas(raw) || replicas == NULL)
        return 1;
    return raw_to_number(replicas, &number) ? number : -1;
}

void
scene_add_raw(struct scene *scene, const struct raw_pod *raw)
{
    const struct raw *labels = raw_find(raw->metadata, STR("labels"));
    int64_t replicas = raw_replicas(raw);
    struct scene_pods *pods =
        add_pods(scene, (struct scene_pods){.kind = raw->use->object->kind,
                                            .name = raw->use->object->name,
                                            .span = raw->use->object->name_span,
                                            .raw = raw,
                                            .least = replicas,
                                            .most = replicas});
    for (size_t i = 0; i < raw_key_count(labels); i++)
        index_label(scene, pods, labels->entries[i].key,
                    labels->entries[i].value->text);
}

/* ---- labels ------------------------------------------------------------- */

static bool
own_label(const struct scene *scene, const struct scene_pods *pods,
          struct str key, struct str *value)
{
    const struct workload *workload = pods->workload;
    if (is_str_equal(key, STR("app.kubernetes.io/name")))
        *value = pods->is_migration ? pods->name : workload->service->name;
    else if (is_str_equal(key, STR("app.kubernetes.io/instance")) ||
             is_str_equal(key, STR("app.kubernetes.io/part-of")))
        *value = scene->ir->project->name;
    else if (is_str_equal(key, STR("app.kubernetes.io/component")))
        *value = is_scheduled(workload) ? STR("job") : STR("service");
    else if (is_str_equal(key, STR("app.kubernetes.io/managed-by")))
        *value = STR("broxc");
    else if (is_str_equal(key, STR("broxc/colour")) &&
             !is_str_empty(pods->colour))
        *value = pods->colour;
    else
        return false;
    return true;
}

bool
pods_label(const struct scene *scene, const struct scene_pods *pods,
           struct str key, struct str *value)
{
    if (pods->raw != NULL) {
        const struct raw *found =
            raw_find(raw_find(pods->raw->metadata, STR("labels")), key);
        if (found != NULL)
            *value = found->text;
        return found != NULL;
    }
    if (own_label(scene, pods, key, value))
        return true;
    for (size_t i = 0; i < pods->workload->label_count; i++) {
        const struct pair *pair = &pods->workload->labels[i];
        if (is_str_equal(pair->key, key) && is_value_known(pair->value)) {
            *value = pair->value->text;
            return true;
        }
    }
    return false;
}

/* ---- selectors ---------------------------------------------------------- */

bool
is_matched(const struct scene *scene, const struct scene_pods *pods,
           const struct raw *labels)
{
    for (size_t i = 0; i < raw_key_count(labels); i++) {
        struct str value;
        if (!pods_label(scene, pods, labels->entries[i].key, &value) ||
            !is_str_equal(value, labels->entries[i].value->text))
            return false;
    }
    return true;
}

/* { key, operator: In NotIn Exists DoesNotExist, values } */
static bool
is_expression_met(const struct scene *scene, const struct scene_pods *pods,
                  const struct raw *expression)
{
    const struct raw *values = raw_find(expression, STR("values"));
    const struct raw *operator= raw_find(expression, STR("operator"));
    struct str value;
    bool has_label =
        pods_label(scene, pods, raw_text_at(expression, STR("key")), &value);
    bool is_listed = false;
    for (size_t i = 0; has_label && i < raw_item_count(values); i++)
        is_listed =
            is_listed || is_str_equal(values->entries[i].value->text, value);
    if (is_raw_text(operator, "In"))
        return is_listed;
    if (is_raw_text(operator, "NotIn"))
        return !is_listed;
    return has_label == is_raw_text(operator, "Exists");
}

bool
is_selected(const struct scene *scene, const struct scene_pods *pods,
            const struct raw *selector)
{
    const struct raw *expressions = raw_find(selector, STR("matchExpressions"));
    for (size_t i = 0; i < raw_item_count(expressions); i++) {
        if (!is_expression_met(scene, pods, expressions->entries[i].value))
            return false;
    }
    return is_matched(scene, pods, raw_find(selector, STR("matchLabels")));
}

static const struct vec *
labelled_find(const struct scene *scene, const struct raw_entry *label)
{
    return map_find(&scene->pods_by_label,
                    arena_format(scene->arena, "{}={}",
                                 STRS(label->key, label->value->text)));
}

const struct raw_entry *
scene_stray_label(const struct scene *scene, const struct raw *labels)
{
    for (size_t i = 0; i < raw_key_count(labels); i++) {
        if (labelled_find(scene, &labels->entries[i]) == NULL)
            return &labels->entries[i];
    }
    return NULL;
}

/* The fewest that have one of the labels: only they can have all. */
static const struct vec *
candidates_of(const struct scene *scene, const struct raw *labels)
{
    static const struct vec none = {.count = 0};
    const struct vec *fewest = &scene->pods;
    for (size_t i = 0; i < raw_key_count(labels); i++) {
        const struct vec *list = labelled_find(scene, &labels->entries[i]);
        if (list == NULL)
            return &none;
        if (list->count < fewest->count)
            fewest = list;
    }
    return fewest;
}

static struct scene_walk
walk_of(const struct scene *scene, const struct raw *selector, bool is_plain)
{
    const struct raw *labels =
        is_plain ? selector : raw_find(selector, STR("matchLabels"));
    return (struct scene_walk){.scene = scene,
                               .selector = selector,
                               .is_plain = is_plain,
                               .candidates = candidates_of(scene, labels)};
}

struct scene_walk
scene_select(const struct scene *scene, const struct raw *selector)
{
    return walk_of(scene, selector, false);
}

struct scene_walk
scene_match(const struct scene *scene, const struct raw *labels)
{
    return walk_of(scene, labels, true);
}

struct scene_pods *
scene_next(struct scene_walk *walk)
{
    while (walk->next < walk->candidates->count) {
        struct scene_pods *pods =
            *(struct scene_pods **)vec_at(walk->candidates, walk->next++);
        if (walk->is_plain ? is_matched(walk->scene, pods, walk->selector)
                           : is_selected(walk->scene, pods, walk->selector))
            return pods;
    }
    return NULL;
}
