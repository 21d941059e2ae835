/*
 * Rollouts take their pods from the Deployment of their service, which stays
 * as it is everywhere and has none of its own: so images, config and patches
 * find it where they always do. Nothing here goes on by itself but analyses:
 * a pause waits for the pipeline.
 */
#include "emit/kubernetes/rollout.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/workload.h"
#include "emit/kubernetes/workloads.h"
#include "emit/workflows/queries.h"
#include "ir/quantity.h"

#define ARGO "argoproj.io/v1alpha1"

enum {
    DELAY_SECONDS_MIN = 30, /* the default of Argo Rollouts */
    ABORT_DELAY_SECONDS = 30,
    WHOLE_PERCENT = 100,
    MILLI = 1000,
};

static void emit_blue_green(struct yaml *yaml, const struct instance *instance);
static void emit_canary(struct yaml *yaml, const struct instance *instance);
static void emit_analysis(struct yaml *yaml, const struct instance *instance,
                          const struct step *step);

/* ---- Rollout ------------------------------------------------------------ */

static void
emit_workload_reference(struct yaml *yaml, struct str name)
{
    yaml_map(yaml, "workloadRef");
    yaml_word(yaml, "apiVersion", "apps/v1");
    yaml_word(yaml, "kind", "Deployment");
    yaml_text(yaml, "name", name);
    yaml_word(yaml, "scaleDown", "onsuccess");
    yaml_end(yaml);
}

void
emit_rollout(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    struct str name = workload->service->name;
    object_start(yaml, instance, ARGO, "Rollout", name);
    yaml_map(yaml, "spec");
    if (workload->scale == NULL)
        emit_count(yaml, "replicas", workload->count);
    emit_seconds(yaml, "minReadySeconds", workload->update.steady);
    emit_revisions(yaml, instance);
    yaml_number(yaml, "progressDeadlineSeconds", deadline_seconds(workload));
    yaml_bool(yaml, "progressDeadlineAbort", true);
    yaml_map(yaml, "rollbackWindow");
    yaml_number(yaml, "revisions", rollback_keep(instance->plan->ir));
    yaml_end(yaml);
    yaml_map(yaml, "selector");
    emit_match_labels(yaml, instance->plan, name, STR(""));
    yaml_end(yaml);
    emit_workload_reference(yaml, name);
    yaml_map(yaml, "strategy");
    if (strategy_of(workload) == STRATEGY_CANARY)
        emit_canary(yaml, instance);
    else
        emit_blue_green(yaml, instance);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Which step is asked for, and of which pods: those of the new release. */
static void
emit_analysis_use(struct yaml *yaml, const char *key,
                  const struct instance *instance, const struct step *step)
{
    yaml_map(yaml, key);
    yaml_list(yaml, "templates");
    yaml_item(yaml);
    yaml_text(yaml, "templateName", name_analysis(yaml->arena, step));
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_list(yaml, "args");
    yaml_item(yaml);
    yaml_word(yaml, "name", "service");
    yaml_text(yaml, "value", instance->workload->service->name);
    yaml_end(yaml);
    yaml_item(yaml);
    yaml_word(yaml, "name", "hash");
    yaml_map(yaml, "valueFrom");
    yaml_word(yaml, "podTemplateHashValue", "Latest");
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* The old pods outlive the watch, and what `keep` says. */
static int64_t
delay_seconds(const struct deploy *deploy)
{
    int64_t watch = duration_seconds(step_ms(deploy, STEP_WATCH));
    int64_t keep = duration_seconds(step_ms(deploy, STEP_KEEP));
    int64_t longer = watch > keep ? watch : keep;
    return longer > DELAY_SECONDS_MIN ? longer : DELAY_SECONDS_MIN;
}

/* With an autoscaler the preview has as many pods as it says at the moment:
 * a fixed count could be fewer than the traffic needs. */
static void
emit_blue_green(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    const struct deploy *deploy = instance->environment->deploy;
    const struct step *watch = deploy_step_find(deploy, STEP_WATCH);
    yaml_map(yaml, "blueGreen");
    yaml_text(yaml, "activeService", workload->service->name);
    yaml_text(yaml, "previewService",
              name_preview(yaml->arena, workload->service));
    yaml_bool(yaml, "autoPromotionEnabled", false);
    if (workload->scale == NULL)
        emit_count(yaml, "previewReplicaCount", workload->count);
    yaml_number(yaml, "scaleDownDelaySeconds", delay_seconds(deploy));
    yaml_number(yaml, "abortScaleDownDelaySeconds", ABORT_DELAY_SECONDS);
    if (has_analysis(instance->environment, watch))
        emit_analysis_use(yaml, "postPromotionAnalysis", instance, watch);
    yaml_end(yaml);
}

static void
emit_pause(struct yaml *yaml)
{
    yaml_item(yaml);
    yaml_map(yaml, "pause");
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_weight(struct yaml *yaml, int64_t percent)
{
    yaml_item(yaml);
    yaml_number(yaml, "setWeight", percent);
    yaml_end(yaml);
}

static void
emit_analysis_step(struct yaml *yaml, const struct instance *instance,
                   const struct step *step)
{
    if (!has_analysis(instance->environment, step))
        return;
    yaml_item(yaml);
    emit_analysis_use(yaml, "analysis", instance, step);
    yaml_end(yaml);
}

/* The order that rollout_step() in emit/workflows/ counts: the first weight,
 * then for each share a pause, its weight and its analysis; a last pause, all
 * the traffic, the watch. */
static void
emit_steps(struct yaml *yaml, const struct instance *instance)
{
    const struct deploy *deploy = instance->environment->deploy;
    bool is_first = true;
    yaml_list(yaml, "steps");
    for (size_t i = 0; i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        if (!is_share_known(step))
            continue;
        int64_t percent = (step->share->number + MILLI / 2) / MILLI;
        if (is_first)
            emit_weight(yaml, percent);
        emit_pause(yaml);
        if (!is_first)
            emit_weight(yaml, percent);
        emit_analysis_step(yaml, instance, step);
        is_first = false;
    }
    emit_pause(yaml);
    emit_weight(yaml, WHOLE_PERCENT);
    const struct step *watch = deploy_step_find(deploy, STEP_WATCH);
    if (watch != NULL)
        emit_analysis_step(yaml, instance, watch);
    yaml_end(yaml);
}

static void
emit_canary(struct yaml *yaml, const struct instance *instance)
{
    const struct service *service = instance->workload->service;
    yaml_map(yaml, "canary");
    yaml_text(yaml, "canaryService", name_preview(yaml->arena, service));
    yaml_text(yaml, "stableService", name_stable(yaml->arena, service));
    yaml_number(yaml, "maxUnavailable", 0);
    yaml_text(yaml, "maxSurge", STR("25%"));
    emit_steps(yaml, instance);
    yaml_end(yaml);
}

/* ---- AnalysisTemplate --------------------------------------------------- */

bool
has_analysis(const struct environment *environment, const struct step *step)
{
    return step != NULL &&
           (step->kind == STEP_SHARE || step->kind == STEP_WATCH) &&
           is_value_known(step->duration) && step->threshold_count > 0 &&
           is_value_known(environment->namespace_name);
}

void
emit_analyses(struct yaml *yaml, const struct instance *instance)
{
    const struct deploy *deploy = instance->environment->deploy;
    bool is_first = true;
    for (size_t i = 0; i < deploy->step_count; i++) {
        if (!has_analysis(instance->environment, &deploy->steps[i]))
            continue;
        if (!is_first)
            yaml_document(yaml);
        emit_analysis(yaml, instance, &deploy->steps[i]);
        is_first = false;
    }
}

/* Prometheus is named by the pipeline, which knows its address: in the
 * component `release`. */
static void
emit_arguments(struct yaml *yaml)
{
    static const char *const names[] = {"prometheus", "service", "hash"};
    yaml_list(yaml, "args");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        yaml_item(yaml);
        yaml_word(yaml, "name", names[i]);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static struct str
seconds_text(struct arena *arena, int64_t seconds)
{
    return arena_format(arena, "{}s", STRS(arena_number(arena, seconds)));
}

/* A second broken answer ends it, as in runtime/pipeline/watch.sh. */
static void
emit_metric(struct yaml *yaml, const struct watch_time *time,
            const struct watch_check *check)
{
    struct arena *arena = yaml->arena;
    yaml_item(yaml);
    yaml_text(yaml, "name", check->name);
    yaml_text(yaml, "initialDelay", seconds_text(arena, time->settle_seconds));
    yaml_text(yaml, "interval", seconds_text(arena, WATCH_INTERVAL_SECONDS));
    yaml_number(yaml, "count",
                1 + (time->seconds - time->settle_seconds) /
                        WATCH_INTERVAL_SECONDS);
    yaml_number(yaml, "failureLimit", 1);
    yaml_number(yaml, "consecutiveErrorLimit", 1);
    yaml_text(yaml, "successCondition",
              arena_format(arena, "len(result) > 0 && result[0] {} {}",
                           STRS(check->operator_text, check->bound)));
    yaml_map(yaml, "provider");
    yaml_map(yaml, "prometheus");
    yaml_text(yaml, "address", STR("{{args.prometheus}}"));
    yaml_text(yaml, "query", check->query);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_analysis(struct yaml *yaml, const struct instance *instance,
              const struct step *step)
{
    struct arena *arena = yaml->arena;
    struct watch_time time = watch_time_of(step);
    struct watch_checks checks =
        watch_checks_of(arena, instance->environment, step,
                        STR("{{args.service}}-{{args.hash}}-.*"));
    object_start(yaml, instance, ARGO, "AnalysisTemplate",
                 name_analysis(arena, step));
    yaml_map(yaml, "spec");
    emit_arguments(yaml);
    yaml_list(yaml, "metrics");
    for (size_t i = 0; i < checks.count; i++)
        emit_metric(yaml, &time, &checks.at[i]);
    yaml_end(yaml);
    yaml_end(yaml);
}
