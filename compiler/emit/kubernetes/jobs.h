/*
 * What runs to its end: CronJobs, of jobs on their schedule, and of tasks,
 * which the pipeline starts.
 */
#ifndef EMIT_KUBERNETES_JOBS_H
#define EMIT_KUBERNETES_JOBS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_cron_job(struct yaml *yaml, const struct instance *instance);
bool are_job_rules_equal(const struct job_rules *a, const struct job_rules *b);

#endif
