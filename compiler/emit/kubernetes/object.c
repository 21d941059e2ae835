#include "emit/kubernetes/object.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/workload.h"
#include "ir/quantity.h"

static void emit_own_labels(struct yaml *yaml, const struct instance *instance);
static void emit_annotations(struct yaml *yaml,
                             const struct instance *instance);
static void emit_user_labels(struct yaml *yaml,
                             const struct instance *instance);
static const struct value *hole_in(const struct value *value);

void
object_start(struct yaml *yaml, const struct instance *instance,
             const char *api_version, const char *kind, struct str name)
{
    object_start_as(yaml, instance, APPLIER_PIPELINE, api_version, kind, name);
}

void
object_start_as(struct yaml *yaml, const struct instance *instance,
                enum applier applier, const char *api_version, const char *kind,
                struct str name)
{
    object_open(yaml, instance, applier, api_version, kind, name);
    yaml_end(yaml);
}

void
object_open(struct yaml *yaml, const struct instance *instance,
            enum applier applier, const char *api_version, const char *kind,
            struct str name)
{
    yaml_word(yaml, "apiVersion", api_version);
    yaml_word(yaml, "kind", kind);
    yaml_map(yaml, "metadata");
    yaml_text(yaml, "name", name);
    if (instance->is_flat)
        emit_value(yaml, "namespace", instance->environment->namespace_name);
    if (has_any_section(instance, SECTION(COMMON) | SECTION(LABELS))) {
        yaml_map(yaml, "labels");
        emit_own_labels(yaml, instance);
        if (applier == APPLIER_ADMINISTRATOR &&
            has_section(instance, SECTION_COMMON))
            yaml_word(yaml, LABEL_APPLIED_BY, APPLIED_BY_ADMINISTRATOR);
        emit_user_labels(yaml, instance);
        yaml_end(yaml);
    }
    if (has_section(instance, SECTION_ANNOTATIONS) || instance->extra_count > 0)
        emit_annotations(yaml, instance);
}

void
emit_pod_labels(struct yaml *yaml, const struct instance *instance)
{
    yaml_map(yaml, "labels");
    emit_own_labels(yaml, instance);
    emit_user_labels(yaml, instance);
    yaml_end(yaml);
}

static void
emit_own_labels(struct yaml *yaml, const struct instance *instance)
{
    if (!has_section(instance, SECTION_COMMON))
        return;
    struct str project = instance->plan->ir->project->name;
    if (instance->workload != NULL) {
        emit_selector(yaml, instance->plan, instance->workload->service->name,
                      instance->colour);
        yaml_word(yaml, "app.kubernetes.io/component",
                  is_job(instance->workload) ? "job" : "service");
    }
    yaml_text(yaml, "app.kubernetes.io/part-of", project);
    yaml_word(yaml, "app.kubernetes.io/managed-by", "broxc");
}

/* What selectors and the pipeline stand on cannot be said otherwise. */
static bool
is_reserved_label(struct str key)
{
    return has_prefix(key, STR("broxc/")) ||
           has_prefix(key, STR("app.kubernetes.io/"));
}

static void
emit_user_labels(struct yaml *yaml, const struct instance *instance)
{
    if (!has_section(instance, SECTION_LABELS))
        return;
    const struct service_plan *service =
        service_plan_of(instance->plan, instance->workload);
    for (size_t i = 0; i < instance->workload->label_count; i++) {
        const struct pair *pair = &instance->workload->labels[i];
        if (is_reserved_label(pair->key) ||
            !has_pair(instance, &service->labels, pair))
            continue;
        if (is_value_known(pair->value))
            yaml_text_named(yaml, pair->key, pair->value->text);
        else
            emit_waiting(yaml, pair->key, pair->value);
    }
}

static bool
is_extra(const struct instance *instance, struct str key)
{
    for (size_t i = 0; i < instance->extra_count; i++) {
        if (is_str_equal(instance->extra[i].key, key))
            return true;
    }
    return false;
}

static bool
has_known_annotation(const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    for (size_t i = 0; i < instance->extra_count; i++) {
        if (is_value_known(instance->extra[i].value))
            return true;
    }
    if (!has_section(instance, SECTION_ANNOTATIONS))
        return false;
    const struct service_plan *service =
        service_plan_of(instance->plan, workload);
    for (size_t i = 0; i < workload->annotation_count; i++) {
        const struct pair *pair = &workload->annotations[i];
        if (has_pair(instance, &service->annotations, pair) &&
            is_value_known(pair->value) && !is_extra(instance, pair->key))
            return true;
    }
    return false;
}

static void
emit_extra(struct yaml *yaml, const struct instance *instance)
{
    for (size_t i = 0; i < instance->extra_count; i++)
        emit_value_named(yaml, instance->extra[i].key,
                         instance->extra[i].value);
}

/* Without one that is known there is no map, for kustomize leaves out an empty
 * one. */
static void
emit_annotations(struct yaml *yaml, const struct instance *instance)
{
    bool is_open = has_known_annotation(instance);
    if (is_open)
        yaml_map(yaml, "annotations");
    emit_extra(yaml, instance);
    emit_user_annotations(yaml, instance);
    if (is_open)
        yaml_end(yaml);
}

void
emit_user_annotations(struct yaml *yaml, const struct instance *instance)
{
    if (!has_section(instance, SECTION_ANNOTATIONS))
        return;
    const struct service_plan *service =
        service_plan_of(instance->plan, instance->workload);
    for (size_t i = 0; i < instance->workload->annotation_count; i++) {
        const struct pair *pair = &instance->workload->annotations[i];
        if (!has_pair(instance, &service->annotations, pair) ||
            is_extra(instance, pair->key))
            continue;
        if (is_value_known(pair->value))
            yaml_text_named(yaml, pair->key, pair->value->text);
        else
            emit_waiting(yaml, pair->key, pair->value);
    }
}

void
emit_selector(struct yaml *yaml, const struct plan *plan, struct str service,
              struct str colour)
{
    yaml_text(yaml, "app.kubernetes.io/name", service);
    yaml_text(yaml, "app.kubernetes.io/instance", plan->ir->project->name);
    if (!is_str_empty(colour))
        yaml_text(yaml, LABEL_COLOUR, colour);
}

void
emit_match_labels(struct yaml *yaml, const struct plan *plan,
                  struct str service, struct str colour)
{
    yaml_map(yaml, "matchLabels");
    emit_selector(yaml, plan, service, colour);
    yaml_end(yaml);
}

/* ---- values that may be unknown ----------------------------------------- */

void
emit_value(struct yaml *yaml, const char *key, const struct value *value)
{
    if (is_value_known(value))
        yaml_text(yaml, key, value->text);
    else
        emit_waiting(yaml, str_from(key), value);
}

void
emit_value_named(struct yaml *yaml, struct str key, const struct value *value)
{
    if (is_value_known(value))
        yaml_text_named(yaml, key, value->text);
    else
        emit_waiting(yaml, key, value);
}

/* Words of the language that the Kubernetes API spells otherwise. */
static const struct {
    const char *word;
    const char *api;
} choices[] = {
    {"tcp", "TCP"},
    {"udp", "UDP"},
    {"sctp", "SCTP"},
    {"always", "Always"},
    {"if-not-present", "IfNotPresent"},
    {"never", "Never"},
    {"no-schedule", "NoSchedule"},
    {"prefer-no-schedule", "PreferNoSchedule"},
    {"no-execute", "NoExecute"},
    {"cluster", "ClusterIP"},
    {"node", "NodePort"},
    {"load-balancer", "LoadBalancer"},
    {"once", "ReadWriteOnce"},
    {"once-pod", "ReadWriteOncePod"},
    {"many", "ReadWriteMany"},
    {"read-many", "ReadOnlyMany"},
    {"keep", "Retain"},
    {"delete", "Delete"},
    {"one-by-one", "OrderedReady"},
    {"parallel", "Parallel"},
    {"pod-name", "metadata.name"},
    {"namespace", "metadata.namespace"},
    {"pod-uid", "metadata.uid"},
    {"labels", "metadata.labels"},
    {"annotations", "metadata.annotations"},
    {"pod-ip", "status.podIP"},
    {"pod-ips", "status.podIPs"},
    {"node-name", "spec.nodeName"},
    {"node-ip", "status.hostIP"},
    {"service-account", "spec.serviceAccountName"},
    {"cpu-request", "requests.cpu"},
    {"cpu-limit", "limits.cpu"},
    {"memory-request", "requests.memory"},
    {"memory-limit", "limits.memory"},
    {"storage-request", "requests.ephemeral-storage"},
    {"storage-limit", "limits.ephemeral-storage"},
    {"forbid", "Forbid"},
    {"allow", "Allow"},
    {"replace", "Replace"},
    {"most", "Max"},
    {"least", "Min"},
    {"none", "Disabled"},
};

struct str
choice_text(const struct value *choice)
{
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        if (is_str_equal(choice->text, str_from(choices[i].word)))
            return str_from(choices[i].api);
    }
    return choice->text;
}

void
emit_choice(struct yaml *yaml, const char *key, const struct value *choice)
{
    if (!is_value_known(choice)) {
        emit_waiting(yaml, str_from(key), choice);
        return;
    }
    yaml_text_from(yaml, key, choice_text(choice), choice->text);
}

void
emit_waiting(struct yaml *yaml, struct str key, const struct value *value)
{
    const struct value *hole = hole_in(value);
    if (hole == NULL)
        return;
    struct arena *arena = yaml->arena;
    yaml_comment(
        yaml, arena_format(arena, "{} waits for ?{}", STRS(key, hole->text)));
}

static const struct value *
hole_in(const struct value *value)
{
    if (value == NULL || value->kind == VALUE_HOLE)
        return value;
    for (size_t i = 0; i < value->item_count; i++) {
        const struct value *hole = hole_in(&value->items[i]);
        if (hole != NULL)
            return hole;
    }
    return NULL;
}

void
emit_seconds(struct yaml *yaml, const char *key, const struct value *value)
{
    if (!is_value_known(value)) {
        emit_waiting(yaml, str_from(key), value);
        return;
    }
    int64_t seconds = duration_seconds(value->number);
    yaml_number_from(yaml, key, seconds > 0 ? seconds : 1, value->text);
}

void
emit_count(struct yaml *yaml, const char *key, const struct value *value)
{
    if (is_value_known(value))
        yaml_number_from(yaml, key, value->number, value->text);
    else
        emit_waiting(yaml, str_from(key), value);
}
