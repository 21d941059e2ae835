/*
 * Deployments and CronJobs, and what keeps them available.
 */
#ifndef EMIT_KUBERNETES_WORKLOADS_H
#define EMIT_KUBERNETES_WORKLOADS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* `revisionHistoryLimit:` */
void emit_revisions(struct yaml *yaml, const struct ir *ir);
void emit_deployment(struct yaml *yaml, const struct instance *instance);
void emit_cron_job(struct yaml *yaml, const struct instance *instance);
void emit_autoscaler(struct yaml *yaml, const struct instance *instance);
void emit_budget(struct yaml *yaml, const struct instance *instance);
void emit_service_account(struct yaml *yaml, const struct instance *instance);

#endif
