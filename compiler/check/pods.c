/*
 * Families A and N: what stands together in a pod, and what a stateful set and
 * a task need to do what the program says.
 */
#include "check/check.h"
#include "check/sizes.h"
#include "check/walk.h"

/* ---- A25 ---------------------------------------------------------------- */

static void
judge_own_volumes(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->volume_count; i++) {
        const struct volume *volume = &workload->volumes[i];
        if (volume->kind != VOLUME_OWN ||
            workload->service->kind == SERVICE_STATEFUL)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_A25, volume->span,
                     STRS(volume->name, workload->service->name));
        diag_note(diag, workload->service->span, "its pods have no names",
                  NO_STRS);
        diag_help(diag,
                  "make it `stateful`, or the volume `ephemeral` or a `claim`",
                  NO_STRS);
        diag_about(diag, workload_object(check, workload));
    }
}

void
check_own_volumes(struct check *check)
{
    each_workload(check, judge_own_volumes);
}

/* ---- A26 ---------------------------------------------------------------- */

static void
judge_task_steps(struct check *check, const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    for (size_t i = 0; deploy != NULL && i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        if (step->kind != STEP_TASK || step->task == NULL ||
            workload_find(environment, step->task) != NULL)
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_A26, step->span,
                                     STRS(step->task->name, environment->name));
        diag_help(diag, "write `run {}` in `{}`",
                  STRS(step->task->name, environment->name));
        diag_about(diag, environment->name);
    }
}

void
check_task_steps(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_task_steps(check, check->ir->environments[i]);
}

/* ---- A27 ---------------------------------------------------------------- */

/* A container has one preStop hook. */
static void
judge_stop_hooks(struct check *check, const struct workload *workload)
{
    const struct hook *hook = workload->process.before_stop;
    const struct value *drain = workload->drain;
    if (hook == NULL || !is_value_known(drain) || !is_said(drain))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_A27, drain->span,
                                 STRS(workload_object(check, workload)));
    diag_note(diag, hook->span, "this takes its place", NO_STRS);
    diag_help(diag, "wait in the hook itself, and leave `drain` out", NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

void
check_stop_hooks(struct check *check)
{
    each_workload(check, judge_stop_hooks);
}

/* ---- A28 ---------------------------------------------------------------- */

static void
judge_partition(struct check *check, const struct workload *workload)
{
    const struct value *partition = workload->stateful.partition;
    const struct value *first = workload->stateful.first_number;
    if (workload->service->kind != SERVICE_STATEFUL ||
        !is_value_known(partition))
        return;
    const struct value *most = replicas_most(workload);
    if (most == NULL)
        return;
    int64_t from = is_value_known(first) ? first->number : 0;
    if (partition->number < add_bounded(from, most->number))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_A28, partition->span,
                                 STRS(workload_object(check, workload)));
    diag_label(diag, "its highest number is {}",
               STRS(arena_number(check->arena, from + most->number - 1)));
    diag_help(diag, "choose a smaller number", NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

void
check_partitions(struct check *check)
{
    each_workload(check, judge_partition);
}

/* ---- N11 ---------------------------------------------------------------- */

static void
report_twice(struct check *check, struct span span, const char *kind,
             struct str name, const char *reason)
{
    struct diag *diag = diag_add(
        check->sink, DIAG_N11, span,
        STRS(arena_format(check->arena, "{}/{}", STRS(str_from(kind), name))));
    diag_label(diag, "{}", STRS(str_from(reason)));
}

static void
judge_containers(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < workload->container_count; i++) {
        const struct container *container = &workload->containers[i];
        if (is_str_equal(container->name, workload->service->name))
            report_twice(check, container->span, "container", container->name,
                         "the workload's own container is called so");
        for (size_t j = 0; j < i; j++) {
            if (is_str_equal(container->name, workload->containers[j].name))
                report_twice(check, container->span, "container",
                             container->name,
                             "another container of its pod is called so");
        }
    }
}

/* The volumes that broxc makes itself. */
static void
judge_volume_names(struct check *check, const struct workload *workload)
{
    static const char *const made[] = {"tmp", "files", "secret-files"};
    for (size_t i = 0; i < workload->volume_count; i++) {
        const struct volume *volume = &workload->volumes[i];
        for (size_t j = 0; j < sizeof made / sizeof made[0]; j++) {
            if (is_str_equal(volume->name, str_from(made[j])))
                report_twice(check, volume->span, "volume", volume->name,
                             "broxc makes a volume of this name itself");
        }
    }
}

static void
judge_pod_names(struct check *check, const struct workload *workload)
{
    judge_containers(check, workload);
    judge_volume_names(check, workload);
}

void
check_pod_names(struct check *check)
{
    each_workload(check, judge_pod_names);
}
