/*
 * Family A: autoscalers that somebody wrote by hand, and what they scale.
 */
#include "check/raw_values.h"
#include "check/scene.h"
#include "check/sizes.h"
#include "ir/release.h"

#define GROUP "autoscaling"
#define KIND "HorizontalPodAutoscaler"

static scene_judge judge_replicas, judge_nominal, judge_target;
static raw_container_visit judge_requests;
static raw_visit judge_room, judge_least;
static raw_pod_visit judge_pin;

/* A01 */
void
check_replicas_with_autoscaler(struct check *check)
{
    each_scene_of(check, GROUP, KIND, judge_replicas);
}

/* A02 */
void
check_autoscaler_nominal(struct check *check)
{
    each_scene_of(check, GROUP, KIND, judge_nominal);
}

/* A03, with check_scale_room */
void
check_autoscaler_room(struct check *check)
{
    each_raw_of(check, GROUP, KIND, judge_room);
}

/* A04 */
void
check_autoscaler_requests(struct check *check)
{
    each_raw_container(check, judge_requests);
}

/* A05 */
void
check_autoscaler_target(struct check *check)
{
    each_scene_of(check, GROUP, KIND, judge_target);
}

/* A06, with check_scale_least */
void
check_autoscaler_least(struct check *check)
{
    each_raw_of(check, GROUP, KIND, judge_least);
}

/* A13 */
void
check_raw_pinned_count(struct check *check)
{
    each_raw_pod(check, judge_pin);
}

/* ---- what is scaled ----------------------------------------------------- */

static const struct raw *
target_of(const struct raw_use *use)
{
    return raw_find(use->spec, STR("scaleTargetRef"));
}

static struct str
target_text(const struct scene *scene, const struct raw_use *use)
{
    const struct raw *target = target_of(use);
    return arena_format(scene->arena, "{}/{}",
                        STRS(raw_text_at(target, STR("kind")),
                             raw_text_at(target, STR("name"))));
}

/* NULL when nobody here makes it. */
static const struct scene_pods *
scaled_find(const struct scene *scene, const struct raw_use *use)
{
    return map_find(&scene->pods_by_text, target_text(scene, use));
}

static struct span
target_span(const struct raw_use *use)
{
    const struct raw *name = raw_find(target_of(use), STR("name"));
    return name == NULL ? use->object->name_span : name->span;
}

/* ---- A01 ---------------------------------------------------------------- */

/* The count that an apply would put there; NULL when it writes none. */
static const struct value *
written_count(const struct scene_pods *pods)
{
    const struct workload *workload = pods->workload;
    if (workload == NULL || workload->scale != NULL ||
        strategy_of(workload) != STRATEGY_ROLLING ||
        !is_value_known(workload->count))
        return NULL;
    return workload->count;
}

static bool
judge_replicas(struct check *check, const struct raw_use *use,
               const struct scene *scene)
{
    const struct scene_pods *pods = scaled_find(scene, use);
    if (pods == NULL)
        return false;
    const struct value *count = written_count(pods);
    const struct raw *replicas =
        pods->raw == NULL ? NULL
                          : raw_find(pods->raw->use->spec, STR("replicas"));
    if (count == NULL && replicas == NULL)
        return false;
    struct diag *diag = raw_report(
        check, DIAG_A01, replicas == NULL ? count->span : replicas->span, use,
        STRS(pods->text));
    diag_label(diag, "every apply goes back to it", NO_STRS);
    diag_note(diag, use->object->name_span, "what it chose is lost then",
              NO_STRS);
    if (replicas != NULL)
        diag_help(diag, "leave `replicas` out", NO_STRS);
    else
        diag_help(diag, "write `scale {}..{}` behind it instead of `{}`",
                  STRS(arena_number(check->arena, autoscaler_least(use)),
                       arena_number(check->arena, autoscaler_most(use)),
                       use->text));
    return true;
}

/* ---- A02 ---------------------------------------------------------------- */

/* Where the count is written, too, A01 says what is wrong. */
static bool
judge_nominal(struct check *check, const struct raw_use *use,
              const struct scene *scene)
{
    const struct scene_pods *pods = scaled_find(scene, use);
    int64_t least = autoscaler_least(use);
    if (pods == NULL || pods->workload == NULL || written_count(pods) != NULL)
        return false;
    const struct value *count = pods->workload->count;
    if (count == NULL || !is_value_known(count) || least < 0 ||
        least >= count->number)
        return false;
    const struct raw *said = raw_find(use->spec, STR("minReplicas"));
    struct diag *diag =
        raw_report(check, DIAG_A02,
                   said == NULL ? use->object->name_span : said->span, use,
                   STRS(pods->text, arena_number(check->arena, least),
                        arena_number(check->arena, count->number)));
    diag_label(diag,
               said == NULL ? "1, where `minReplicas` is not said"
                            : "fewer than it is to run with",
               NO_STRS);
    diag_note(diag, count->span, "the program runs this many", NO_STRS);
    diag_help(diag, "write `minReplicas: {}`, or run fewer",
              STRS(arena_number(check->arena, count->number)));
    return true;
}

/* ---- A03, A06 ----------------------------------------------------------- */

static void
judge_room(struct check *check, const struct raw_use *use)
{
    const struct raw *most = raw_find(use->spec, STR("maxReplicas"));
    int64_t least = autoscaler_least(use);
    if (most == NULL || least < 0 || least != autoscaler_most(use))
        return;
    struct diag *diag =
        raw_report(check, DIAG_A03, most->span, use, STRS(use->text));
    diag_label(diag, "never more and never fewer", NO_STRS);
    diag_help(diag, "raise it, or take the autoscaler away", NO_STRS);
}

static void
judge_least(struct check *check, const struct raw_use *use)
{
    const struct raw *said = raw_find(use->spec, STR("minReplicas"));
    if (!is_raw_in_production(use) || autoscaler_least(use) != 1 ||
        autoscaler_most(use) == 1)
        return;
    struct diag *diag = raw_report(
        check, DIAG_A06, said == NULL ? use->object->name_span : said->span,
        use,
        STRS(arena_format(check->arena, "{}/{}",
                          STRS(raw_text_at(target_of(use), STR("kind")),
                               raw_text_at(target_of(use), STR("name"))))));
    diag_label(diag,
               said == NULL ? "1, where `minReplicas` is not said"
                            : "every restart is an outage then",
               NO_STRS);
    diag_help(diag, "write `minReplicas: 2` or more", NO_STRS);
}

/* ---- A04 ---------------------------------------------------------------- */

/* A container's request, or its limit, which stands in for it. */
static bool
has_request(const struct raw_container *container, struct str resource)
{
    const struct raw *resources = raw_find(container->raw, STR("resources"));
    return raw_find(raw_find(resources, STR("requests")), resource) != NULL ||
           raw_find(raw_find(resources, STR("limits")), resource) != NULL;
}

static void
judge_request(struct check *check, const struct raw_container *container,
              const struct raw_use *autoscaler, struct str resource)
{
    const struct raw *share = autoscaler_share(autoscaler, resource);
    if (share == NULL || has_request(container, resource))
        return;
    struct diag *diag =
        raw_report(check, DIAG_A04, container->span, container->pod->use,
                   STRS(autoscaler->text, resource));
    diag_label(diag, "it asks for none", NO_STRS);
    diag_note(diag, share->span, "{}% of what is asked for", STRS(share->text));
    diag_help(diag, "write `{}` under its `resources.requests`",
              STRS(resource));
}

/* Containers that run to their end first do not count. */
static void
judge_requests(struct check *check, const struct raw_container *container)
{
    if (container->kind != RAW_CONTAINER_MAIN &&
        container->kind != RAW_CONTAINER_SIDECAR)
        return;
    const struct raw_use *autoscaler = autoscaler_find(check, container->pod);
    if (autoscaler == NULL)
        return;
    judge_request(check, container, autoscaler, STR("cpu"));
    judge_request(check, container, autoscaler, STR("memory"));
}

/* ---- A05 ---------------------------------------------------------------- */

/* What makes pods and is known here; others may be scaled, too. */
static bool
is_known_kind(struct str kind)
{
    static const char *const kinds[] = {
        "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController",
        "Rollout",    "DaemonSet",   "CronJob",    "Job",
        NULL};
    for (size_t i = 0; kinds[i] != NULL; i++) {
        if (is_str_equal(kind, str_from(kinds[i])))
            return true;
    }
    return false;
}

static const struct scene_pods *
named_alike(const struct scene *scene, struct str name)
{
    for (size_t i = 0; i < scene->pods.count; i++) {
        const struct scene_pods *pods =
            *(struct scene_pods **)vec_at(&scene->pods, i);
        if (is_str_equal(pods->name, name) ||
            (pods->workload != NULL &&
             is_str_equal(pods->workload->service->name, name)))
            return pods;
    }
    return NULL;
}

static bool
judge_target(struct check *check, const struct raw_use *use,
             const struct scene *scene)
{
    const struct raw *target = target_of(use);
    struct str name = raw_text_at(target, STR("name"));
    if (is_str_empty(name) ||
        !is_known_kind(raw_text_at(target, STR("kind"))) ||
        scaled_find(scene, use) != NULL || scene->has_strangers)
        return false;
    const struct scene_pods *alike = named_alike(scene, name);
    struct diag *diag = raw_report(check, DIAG_A05, target_span(use), use,
                                   STRS(use->text, target_text(scene, use)));
    diag_label(diag, "`{}` has none", STRS(scene->environment->name));
    if (alike == NULL) {
        diag_help(diag,
                  "name what is to be scaled, or take the autoscaler away",
                  NO_STRS);
        return true;
    }
    diag_note(diag, alike->span, "this one is `{}`", STRS(alike->text));
    if (alike->workload != NULL)
        diag_help(diag, "write `scale LEAST..MOST` behind `run {}` instead",
                  STRS(alike->workload->service->name));
    else
        diag_help(diag, "name `{}`", STRS(alike->text));
    return true;
}

/* ---- A13 ---------------------------------------------------------------- */

/* Argo Rollouts tries a release with this many pods, and makes the others
 * before it switches. */
static void
judge_pin(struct check *check, const struct raw_pod *pod)
{
    const struct raw_use *autoscaler = autoscaler_find(check, pod);
    const struct raw *pin =
        raw_at(pod->use->spec, "strategy.blueGreen.previewReplicaCount");
    int64_t count;
    if (autoscaler == NULL || !raw_to_number(pin, &count) ||
        count >= autoscaler_most(autoscaler))
        return;
    struct diag *diag =
        raw_report(check, DIAG_A13, pin->span, pod->use,
                   STRS(pod->use->text, arena_number(check->arena, count)));
    diag_label(diag, "it is tried with fewer than it will run with", NO_STRS);
    diag_note(diag, autoscaler->object->name_span,
              "this may have raised the one that serves to {}",
              STRS(arena_number(check->arena, autoscaler_most(autoscaler))));
    diag_help(diag, "leave it out: both colours are as large then", NO_STRS);
}
