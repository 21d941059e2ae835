/*
 * What an environment is, before anything runs in it: its namespace, who may
 * deploy there, how much may run.
 */
#ifndef EMIT_KUBERNETES_ENVIRONMENT_H
#define EMIT_KUBERNETES_ENVIRONMENT_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

struct subject;

void emit_namespace(struct yaml *yaml, const struct instance *instance);
void emit_role(struct yaml *yaml, const struct instance *instance);
void emit_role_binding(struct yaml *yaml, const struct instance *instance);
/* Items of `rules:`, which is open: what a pipeline does. */
void emit_deployer_rules(struct yaml *yaml, const struct ir *ir);
/* Is it the same in every environment, and the base's? */
bool has_common_limits(const struct subject *subject);
bool has_own_limits(const struct subject *subject);
void emit_limit_range(struct yaml *yaml, const struct instance *instance);
void emit_resource_quota(struct yaml *yaml, const struct instance *instance);

/* Has the Role of the pipeline the right to apply objects of this kind? */
bool may_pipeline_apply(struct str api_version, struct str kind);

#endif
