/*
 * A task is a CronJob that is suspended: the template lies in the cluster, is
 * checked with all else, never runs by itself, and is started by `kubectl
 * create job --from`.
 */
#include "emit/kubernetes/jobs.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/pod.h"
#include "emit/kubernetes/workload.h"

enum { JOB_RETRIES = 2, TASK_RETRIES = 0 };

/* A date that every reader takes, and that a suspended CronJob never asks. */
#define NO_SCHEDULE "0 0 1 1 *"

static bool
is_task(const struct workload *workload)
{
    return workload->service->kind == SERVICE_TASK;
}

static void
emit_schedule(struct yaml *yaml, const struct workload *workload)
{
    if (is_task(workload))
        yaml_text(yaml, "schedule", STR(NO_SCHEDULE));
    else
        emit_value(yaml, "schedule", workload->schedule);
    if (workload->time_zone != NULL)
        emit_value(yaml, "timeZone", workload->time_zone);
    else
        yaml_word(yaml, "timeZone", "Etc/UTC");
}

static void
emit_rules(struct yaml *yaml, const struct workload *workload)
{
    const struct job_rules *rules = &workload->job;
    if (is_task(workload)) {
        yaml_comment(yaml, STR("started by the pipeline, never by itself"));
        yaml_bool(yaml, "suspend", true);
    } else if (rules->is_suspended) {
        yaml_bool(yaml, "suspend", true);
    }
    emit_choice(yaml, "concurrencyPolicy", rules->overlap);
    emit_seconds(yaml, "startingDeadlineSeconds", rules->late);
    emit_count(yaml, "successfulJobsHistoryLimit", rules->history);
    emit_count(yaml, "failedJobsHistoryLimit", rules->history_failed);
}

static void
emit_run(struct yaml *yaml, const struct workload *workload)
{
    const struct job_rules *rules = &workload->job;
    if (rules->retries != NULL)
        emit_count(yaml, "backoffLimit", rules->retries);
    else
        yaml_number(yaml, "backoffLimit",
                    is_task(workload) ? TASK_RETRIES : JOB_RETRIES);
    emit_seconds(yaml, "activeDeadlineSeconds", rules->time_limit);
    emit_count(yaml, "parallelism", rules->parallel);
    emit_count(yaml, "completions", rules->completions);
    if (rules->is_indexed)
        yaml_word(yaml, "completionMode", "Indexed");
    emit_seconds(yaml, "ttlSecondsAfterFinished", rules->keep_finished);
}

static void
emit_job_template(struct yaml *yaml, const struct instance *instance)
{
    yaml_map(yaml, "jobTemplate");
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_JOB))
        emit_run(yaml, instance->workload);
    emit_pod_template(yaml, instance);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_cron_job(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    object_start(yaml, instance, "batch/v1", "CronJob",
                 workload->service->name);
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_SCHEDULE))
        emit_schedule(yaml, workload);
    if (has_section(instance, SECTION_JOB))
        emit_rules(yaml, workload);
    if (has_section(instance, SECTION_JOB) || has_pod_template(instance))
        emit_job_template(yaml, instance);
    yaml_end(yaml);
}

bool
are_job_rules_equal(const struct job_rules *a, const struct job_rules *b)
{
    return is_value_equal(a->overlap, b->overlap) &&
           is_value_equal(a->late, b->late) &&
           is_value_equal(a->history, b->history) &&
           is_value_equal(a->history_failed, b->history_failed) &&
           is_value_equal(a->retries, b->retries) &&
           is_value_equal(a->time_limit, b->time_limit) &&
           is_value_equal(a->parallel, b->parallel) &&
           is_value_equal(a->completions, b->completions) &&
           is_value_equal(a->keep_finished, b->keep_finished) &&
           a->is_indexed == b->is_indexed && a->is_suspended == b->is_suspended;
}
