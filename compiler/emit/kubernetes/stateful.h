/*
 * StatefulSets, and the Service by which their pods find each other.
 */
#ifndef EMIT_KUBERNETES_STATEFUL_H
#define EMIT_KUBERNETES_STATEFUL_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_stateful_set(struct yaml *yaml, const struct instance *instance);
void emit_peers(struct yaml *yaml, const struct instance *instance);
bool are_stateful_equal(const struct workload *a, const struct workload *b);

#endif
