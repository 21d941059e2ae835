/*
 * What runs in a pod beside the workload's own container: init containers and
 * native sidecars (init containers that restart always, Kubernetes 1.29 and
 * later).
 */
#ifndef EMIT_KUBERNETES_CONTAINERS_H
#define EMIT_KUBERNETES_CONTAINERS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* `initContainers:` with both kinds. */
void emit_init_containers(struct yaml *yaml, const struct instance *instance);

bool are_containers_equal(const struct workload *a, const struct workload *b);

#endif
