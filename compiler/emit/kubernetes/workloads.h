/*
 * Deployments, and what stands beside every workload.
 */
#ifndef EMIT_KUBERNETES_WORKLOADS_H
#define EMIT_KUBERNETES_WORKLOADS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* `revisionHistoryLimit:` */
void emit_revisions(struct yaml *yaml, const struct instance *instance);
/* `api-blue`; its service's name where it has no colour. */
struct str coloured_name(const struct instance *instance);
/* Are all pods ended before any of the next release starts? */
bool is_recreated(const struct update *update);
bool are_updates_equal(const struct update *a, const struct update *b);
void emit_deployment(struct yaml *yaml, const struct instance *instance);
void emit_budget(struct yaml *yaml, const struct instance *instance);
void emit_service_account(struct yaml *yaml, const struct instance *instance);

#endif
