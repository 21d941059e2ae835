/*
 * The autoscaler of a workload.
 */
#ifndef EMIT_KUBERNETES_SCALE_H
#define EMIT_KUBERNETES_SCALE_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_autoscaler(struct yaml *yaml, const struct instance *instance);
bool are_scale_rules_equal(const struct workload *a, const struct workload *b);
bool are_other_metrics_equal(const struct workload *a,
                             const struct workload *b);

#endif
