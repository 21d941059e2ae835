/*
 * Objects around a pod template. Values that the cluster or the pipeline
 * decides are left out: an apply must not undo them.
 */
#include "emit/kubernetes/workloads.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/pod.h"
#include "emit/kubernetes/workload.h"

enum {
    JOBS_KEPT = 3,
    JOB_RETRIES = 2,
    JOB_START_SECONDS = 300,
    MILLI = 1000,
};

static struct str coloured_name(const struct instance *instance);
static void emit_strategy(struct yaml *yaml, const struct instance *instance);
static void emit_scale_behaviour(struct yaml *yaml,
                                 const struct instance *instance);

/* ---- Deployment --------------------------------------------------------- */

void
emit_revisions(struct yaml *yaml, const struct ir *ir)
{
    yaml_number(yaml, "revisionHistoryLimit", rollback_keep(ir));
}

void
emit_deployment(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    object_start(yaml, instance, "apps/v1", "Deployment",
                 coloured_name(instance));
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_REPLICAS))
        emit_count(yaml, "replicas", fixed_count(workload));
    if (has_section(instance, SECTION_COMMON))
        emit_revisions(yaml, instance->plan->ir);
    if (has_section(instance, SECTION_DEADLINE))
        yaml_number(yaml, "progressDeadlineSeconds",
                    deadline_seconds(workload));
    if (has_section(instance, SECTION_COMMON))
        emit_strategy(yaml, instance);
    emit_pod_template(yaml, instance);
    yaml_end(yaml);
}

static void
emit_strategy(struct yaml *yaml, const struct instance *instance)
{
    yaml_map(yaml, "strategy");
    yaml_word(yaml, "type", "RollingUpdate");
    yaml_map(yaml, "rollingUpdate");
    yaml_number(yaml, "maxUnavailable", 0);
    yaml_text(yaml, "maxSurge", STR("25%"));
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_map(yaml, "selector");
    emit_match_labels(yaml, instance->plan, instance->workload->service->name,
                      instance->colour);
    yaml_end(yaml);
}

/* ---- CronJob ------------------------------------------------------------ */

static void
emit_schedule(struct yaml *yaml, const struct workload *workload)
{
    emit_value(yaml, "schedule", workload->schedule);
    if (workload->time_zone != NULL)
        emit_value(yaml, "timeZone", workload->time_zone);
    else
        yaml_word(yaml, "timeZone", "Etc/UTC");
}

static void
emit_job_template(struct yaml *yaml, const struct instance *instance)
{
    yaml_map(yaml, "jobTemplate");
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON))
        yaml_number(yaml, "backoffLimit", JOB_RETRIES);
    emit_pod_template(yaml, instance);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_cron_job(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "batch/v1", "CronJob",
                 instance->workload->service->name);
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_SCHEDULE))
        emit_schedule(yaml, instance->workload);
    if (has_section(instance, SECTION_COMMON)) {
        yaml_word(yaml, "concurrencyPolicy", "Forbid");
        yaml_number(yaml, "startingDeadlineSeconds", JOB_START_SECONDS);
        yaml_number(yaml, "successfulJobsHistoryLimit", JOBS_KEPT);
        yaml_number(yaml, "failedJobsHistoryLimit", JOBS_KEPT);
    }
    if (has_pod_template(instance))
        emit_job_template(yaml, instance);
    yaml_end(yaml);
}

/* ---- HorizontalPodAutoscaler -------------------------------------------- */

static const char *
scaled_kind(const struct workload *workload)
{
    if (has_rollout(workload))
        return "Rollout";
    return is_stateful(workload) ? "StatefulSet" : "Deployment";
}

static void
emit_scale_target(struct yaml *yaml, const struct instance *instance)
{
    bool is_rollout = has_rollout(instance->workload);
    yaml_map(yaml, "scaleTargetRef");
    yaml_word(yaml, "apiVersion",
              is_rollout ? "argoproj.io/v1alpha1" : "apps/v1");
    yaml_word(yaml, "kind", scaled_kind(instance->workload));
    yaml_text(yaml, "name", coloured_name(instance));
    yaml_end(yaml);
}

static void
emit_share(struct yaml *yaml, const char *resource, const struct value *share)
{
    if (!is_value_known(share)) {
        emit_waiting(yaml, str_from(resource), share);
        return;
    }
    yaml_item(yaml);
    yaml_word(yaml, "type", "Resource");
    yaml_map(yaml, "resource");
    yaml_word(yaml, "name", resource);
    yaml_map(yaml, "target");
    yaml_word(yaml, "type", "Utilization");
    yaml_number(yaml, "averageUtilization", share->number / MILLI);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* A metric that its pods give, so much of it for each of them. */
static void
emit_pod_metric(struct yaml *yaml, const struct pair *metric)
{
    if (!is_value_known(metric->value)) {
        emit_waiting(yaml, metric->key, metric->value);
        return;
    }
    yaml_item(yaml);
    yaml_word(yaml, "type", "Pods");
    yaml_map(yaml, "pods");
    yaml_map(yaml, "metric");
    yaml_text(yaml, "name", metric->key);
    yaml_end(yaml);
    yaml_map(yaml, "target");
    yaml_word(yaml, "type", "AverageValue");
    yaml_text(yaml, "averageValue", metric->value->text);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_scale_metrics(struct yaml *yaml, const struct workload *workload)
{
    yaml_list(yaml, "metrics");
    emit_share(yaml, "cpu", workload->scale_cpu);
    if (workload->scale_memory != NULL)
        emit_share(yaml, "memory", workload->scale_memory);
    for (size_t i = 0; i < workload->scale_metric_count; i++)
        emit_pod_metric(yaml, &workload->scale_metrics[i]);
    yaml_end(yaml);
}

void
emit_autoscaler(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    object_start(yaml, instance, "autoscaling/v2", "HorizontalPodAutoscaler",
                 coloured_name(instance));
    if (!has_any_section(instance, SECTION(COMMON) | SECTION(SCALE) |
                                       SECTION(SCALE_OBJECT) |
                                       SECTION(SCALE_TARGET)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_SCALE_OBJECT))
        emit_scale_target(yaml, instance);
    if (has_section(instance, SECTION_SCALE)) {
        yaml_number(yaml, "minReplicas", range_low(workload->scale)->number);
        yaml_number(yaml, "maxReplicas", range_high(workload->scale)->number);
    }
    if (has_section(instance, SECTION_SCALE_TARGET))
        emit_scale_metrics(yaml, workload);
    if (has_any_section(instance, SECTION(COMMON) | SECTION(CALM)))
        emit_scale_behaviour(yaml, instance);
    yaml_end(yaml);
}

static void
emit_scale_policy(struct yaml *yaml, const char *type, int64_t value)
{
    yaml_item(yaml);
    yaml_word(yaml, "type", type);
    yaml_number(yaml, "value", value);
    yaml_number(yaml, "periodSeconds", 15);
    yaml_end(yaml);
}

static void
emit_scale_up(struct yaml *yaml)
{
    yaml_map(yaml, "scaleUp");
    yaml_number(yaml, "stabilizationWindowSeconds", 0);
    yaml_word(yaml, "selectPolicy", "Max");
    yaml_list(yaml, "policies");
    emit_scale_policy(yaml, "Percent", 100);
    emit_scale_policy(yaml, "Pods", 4);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* The defaults of Kubernetes, said aloud: up at once, down after calm. */
static void
emit_scale_behaviour(struct yaml *yaml, const struct instance *instance)
{
    yaml_map(yaml, "behavior");
    if (has_section(instance, SECTION_COMMON))
        emit_scale_up(yaml);
    yaml_map(yaml, "scaleDown");
    if (has_section(instance, SECTION_CALM))
        emit_seconds(yaml, "stabilizationWindowSeconds",
                     instance->workload->scale_calm);
    if (has_section(instance, SECTION_COMMON)) {
        yaml_list(yaml, "policies");
        emit_scale_policy(yaml, "Percent", 100);
        yaml_end(yaml);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

/* ---- the others --------------------------------------------------------- */

/* A pod that is not healthy anyway never keeps a node from being drained. */
void
emit_budget(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "policy/v1", "PodDisruptionBudget",
                 coloured_name(instance));
    if (!has_section(instance, SECTION_COMMON))
        return;
    yaml_map(yaml, "spec");
    yaml_number(yaml, "maxUnavailable", 1);
    yaml_word(yaml, "unhealthyPodEvictionPolicy", "AlwaysAllow");
    yaml_map(yaml, "selector");
    emit_match_labels(yaml, instance->plan, instance->workload->service->name,
                      instance->colour);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_service_account(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "v1", "ServiceAccount",
                 instance->workload->service->name);
    if (has_section(instance, SECTION_COMMON))
        yaml_bool(yaml, "automountServiceAccountToken", false);
}

static struct str
coloured_name(const struct instance *instance)
{
    return name_coloured(instance->plan->arena, instance->workload->service,
                         instance->colour);
}
