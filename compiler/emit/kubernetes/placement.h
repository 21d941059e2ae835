/*
 * Which nodes take a workload's pods, and what stands around them there.
 */
#ifndef EMIT_KUBERNETES_PLACEMENT_H
#define EMIT_KUBERNETES_PLACEMENT_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

bool has_placement(const struct workload *workload);
/* All but the spread, as entries of a pod's spec, which is open. */
void emit_placement(struct yaml *yaml, const struct instance *instance);
/* `topologySpreadConstraints:` */
void emit_spread(struct yaml *yaml, const struct instance *instance);

bool are_placements_equal(const struct workload *a, const struct workload *b);
bool are_spreads_equal(const struct workload *a, const struct workload *b);

#endif
