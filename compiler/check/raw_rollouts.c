/*
 * Family A: how a workload that somebody wrote by hand is replaced by its next
 * release, and what it leans on.
 */
#include "check/raw_values.h"
#include "check/scene.h"
#include "check/sizes.h"

enum {
    DEADLINE_SECONDS = 600, /* progressDeadlineSeconds, when not said */
    GRACE_SECONDS = 30,     /* terminationGracePeriodSeconds, likewise */
    PERIOD_SECONDS = 10,    /* of a probe, likewise */
    FAILURES = 3,
};

static raw_pod_visit judge_deadline, judge_recreate, judge_history;
static raw_visit judge_standstill;
static scene_judge judge_stateful;

/* A19 */
void
check_raw_deadline(struct check *check)
{
    each_raw_pod(check, judge_deadline);
}

/* A20 */
void
check_raw_standstill(struct check *check)
{
    each_raw_of(check, "apps", "Deployment", judge_standstill);
    each_raw_of(check, "apps", "DaemonSet", judge_standstill);
}

/* A21 */
void
check_raw_recreate(struct check *check)
{
    each_raw_pod(check, judge_recreate);
}

/* A23 */
void
check_stateful_service(struct check *check)
{
    each_scene_of(check, "apps", "StatefulSet", judge_stateful);
}

/* A24 */
void
check_raw_history(struct check *check)
{
    each_raw_pod(check, judge_history);
}

/* ---- A19 ---------------------------------------------------------------- */

static int64_t
number_at(const struct raw *raw, const char *key, int64_t otherwise)
{
    int64_t number;
    return raw_to_number(raw_find(raw, str_from(key)), &number) ? number
                                                                : otherwise;
}

/* The longest that a probe waits before it gives a pod up. */
static int64_t
patience_seconds(const struct raw *probe)
{
    if (probe == NULL)
        return 0;
    int64_t asked =
        multiply_bounded(number_at(probe, "periodSeconds", PERIOD_SECONDS),
                         number_at(probe, "failureThreshold", FAILURES));
    return add_bounded(number_at(probe, "initialDelaySeconds", 0), asked);
}

/* The container that may take longest to come up; NULL when none says how
 * long it may take. */
static const struct raw *
slowest_of(const struct check *check, const struct raw_pod *pod,
           int64_t *seconds)
{
    const struct raw *slowest = NULL;
    *seconds = 0;
    for (size_t i = 0; i < pod->container_count; i++) {
        const struct raw *probe =
            raw_find(raw_container_at(check, pod, i)->raw, STR("startupProbe"));
        int64_t patience = patience_seconds(probe);
        if (patience > *seconds) {
            *seconds = patience;
            slowest = probe;
        }
    }
    return slowest;
}

static void
judge_deadline(struct check *check, const struct raw_pod *pod)
{
    const struct raw *said =
        raw_find(pod->use->spec, STR("progressDeadlineSeconds"));
    int64_t start;
    const struct raw *probe = slowest_of(check, pod, &start);
    int64_t grace =
        number_at(pod->spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
    int64_t deadline =
        number_at(pod->use->spec, "progressDeadlineSeconds", DEADLINE_SECONDS);
    int64_t needed = add_bounded(start, grace);
    if (probe == NULL || deadline >= needed ||
        (!is_raw_of(pod->use, "apps", "Deployment") &&
         !is_raw_of(pod->use, "argoproj.io", "Rollout")))
        return;
    struct diag *diag =
        raw_report(check, DIAG_A19,
                   said == NULL ? pod->use->object->name_span : said->span,
                   pod->use, STRS(pod->use->text));
    diag_label(diag, "given up after {} s",
               STRS(arena_number(check->arena, deadline)));
    diag_note(diag, probe->span, "coming up may take {} s, and ending {} s",
              STRS(arena_number(check->arena, start),
                   arena_number(check->arena, grace)));
    diag_help(diag, "write `progressDeadlineSeconds: {}` or more",
              STRS(arena_number(check->arena, needed)));
}

/* ---- A20, A21 ----------------------------------------------------------- */

static const struct raw *
rolling_of(const struct raw_use *use)
{
    const struct raw *rolling = raw_at(use->spec, "strategy.rollingUpdate");
    return rolling != NULL ? rolling
                           : raw_at(use->spec, "updateStrategy.rollingUpdate");
}

static void
judge_standstill(struct check *check, const struct raw_use *use)
{
    const struct raw *rolling = rolling_of(use);
    const struct raw *gone = raw_find(rolling, STR("maxUnavailable"));
    const struct raw *more = raw_find(rolling, STR("maxSurge"));
    if (raw_share(gone, 100, true) != 0 || raw_share(more, 100, true) != 0)
        return;
    struct diag *diag =
        raw_report(check, DIAG_A20, gone->span, use, STRS(use->text));
    diag_label(diag, "no old pod may go", NO_STRS);
    diag_note(diag, more->span, "and no new one may come", NO_STRS);
    diag_help(diag, "write `maxSurge: 25%`", NO_STRS);
}

static void
judge_recreate(struct check *check, const struct raw_pod *pod)
{
    const struct raw *type = raw_at(pod->use->spec, "strategy.type");
    if (!is_raw_text(type, "Recreate") || !is_raw_in_production(pod->use))
        return;
    struct diag *diag =
        raw_report(check, DIAG_A21, type->span, pod->use, STRS(pod->use->text));
    diag_label(diag, "all pods end before the first new one starts", NO_STRS);
    diag_help(
        diag,
        "write `RollingUpdate`, or a StatefulSet if two must never run at once",
        NO_STRS);
}

/* ---- A22 ---------------------------------------------------------------- */

static struct diag *
report_priority(struct check *check, struct span span, struct str object,
                const char *label)
{
    struct diag *diag = diag_add(check->sink, DIAG_A22, span, STRS(object));
    diag_label(diag, label, NO_STRS);
    diag_about(diag, object);
    return diag;
}

/* Which classes a cluster has is known only when the program brings some. */
static bool
is_class_strange(const struct map *classes, struct str name)
{
    return classes->count > 0 && map_find(classes, name) == NULL &&
           !has_prefix(name, STR("system-"));
}

static void
judge_raw_priority(struct check *check, const struct map *classes,
                   const struct raw_pod *pod)
{
    const struct raw *name = raw_find(pod->spec, STR("priorityClassName"));
    if (!is_raw_in_production(pod->use))
        return;
    if (name == NULL)
        diag_help(report_priority(check, pod->use->object->name_span,
                                  pod->use->text,
                                  "it gives way like any other pod"),
                  "name a class by `priorityClassName`", NO_STRS);
    else if (is_class_strange(classes, name->text))
        diag_help(report_priority(check, name->span, pod->use->text,
                                  "no manifest brings this class"),
                  "write its PriorityClass, or name one that is there",
                  NO_STRS);
}

/* A service says none where the program has none. */
static void
judge_priority(struct check *check, const struct map *classes,
               const struct workload *workload)
{
    const struct value *class_name = workload->priority;
    if (workload->environment->tier != TIER_PRODUCTION || classes->count == 0)
        return;
    if (class_name == NULL)
        diag_help(report_priority(check, workload->span,
                                  workload_object(check, workload),
                                  "it gives way like any other pod"),
                  "write `priority` and a class", NO_STRS);
    else if (is_value_known(class_name) &&
             is_class_strange(classes, class_name->text))
        diag_help(report_priority(check, class_name->span,
                                  workload_object(check, workload),
                                  "no manifest brings this class"),
                  "write its PriorityClass, or name one that is there",
                  NO_STRS);
}

void
check_priority(struct check *check)
{
    struct map classes;
    map_init(&classes, check->arena);
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        if (is_raw_of(use, "scheduling.k8s.io", "PriorityClass"))
            map_put(&classes, use->object->name, use);
    }
    for (size_t i = 0; i < check->raw->pod_count; i++)
        judge_raw_priority(check, &classes, &check->raw->pods[i]);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; j < environment->workload_count; j++)
            judge_priority(check, &classes, environment->workloads[j]);
    }
}

/* ---- A23 ---------------------------------------------------------------- */

static bool
report_stateful(struct check *check, const struct raw_use *use,
                struct span span, const char *label)
{
    struct diag *diag = raw_report(check, DIAG_A23, span, use, STRS(use->text));
    diag_label(diag, label, NO_STRS);
    diag_help(
        diag,
        "write a Service with `clusterIP: None`, and name it by `serviceName`",
        NO_STRS);
    return true;
}

static bool
judge_stateful(struct check *check, const struct raw_use *use,
               const struct scene *scene)
{
    const struct raw *name = raw_find(use->spec, STR("serviceName"));
    if (name == NULL || is_str_empty(name->text))
        return report_stateful(check, use, use->object->name_span,
                               "its pods have no names of their own");
    const struct scene_service *service =
        map_find(&scene->services, name->text);
    if (service == NULL && scene->has_strangers)
        return false;
    if (service == NULL)
        return report_stateful(check, use, name->span,
                               "there is no Service of this name");
    if (service->raw == NULL ||
        !is_raw_text(raw_find(service->raw->spec, STR("clusterIP")), "None"))
        return report_stateful(check, use, name->span,
                               "this Service has an address of its own");
    return false;
}

/* ---- A24 ---------------------------------------------------------------- */

static void
judge_history(struct check *check, const struct raw_pod *pod)
{
    const struct rollback *rollback = check->ir->rollback;
    const struct raw *limit =
        raw_find(pod->use->spec, STR("revisionHistoryLimit"));
    int64_t kept;
    if (rollback == NULL || !is_value_known(rollback->keep) ||
        !raw_to_number(limit, &kept) || kept >= rollback->keep->number)
        return;
    struct diag *diag =
        raw_report(check, DIAG_A24, limit->span, pod->use,
                   STRS(pod->use->text, arena_number(check->arena, kept),
                        arena_number(check->arena, rollback->keep->number)));
    diag_label(diag, "older ones are gone", NO_STRS);
    diag_note(diag, rollback->keep->span, "so many can be gone back to",
              NO_STRS);
    diag_help(diag, "write `revisionHistoryLimit: {}`",
              STRS(arena_number(check->arena, rollback->keep->number)));
}
