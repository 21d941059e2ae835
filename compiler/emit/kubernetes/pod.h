/*
 * The template of a workload's pods, as Deployments and CronJobs have it.
 */
#ifndef EMIT_KUBERNETES_POD_H
#define EMIT_KUBERNETES_POD_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* Is there anything in this part of it? */
bool has_pod_template(const struct instance *instance);
/* `template:` with all that this part has of it; nothing when that is
 * nothing. */
void emit_pod_template(struct yaml *yaml, const struct instance *instance);

#endif
