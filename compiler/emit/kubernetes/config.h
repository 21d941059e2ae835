/*
 * What a workload is told: its ConfigMap, its secrets and where they come
 * from.
 */
#ifndef EMIT_KUBERNETES_CONFIG_H
#define EMIT_KUBERNETES_CONFIG_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_config_map(struct yaml *yaml, const struct instance *instance);
void emit_external_secret(struct yaml *yaml, const struct instance *instance);
/* The same for secrets that are read as files: they are no variables. */
void emit_secret_files(struct yaml *yaml, const struct instance *instance);
void emit_vault_account(struct yaml *yaml, const struct instance *instance);
void emit_secret_store(struct yaml *yaml, const struct instance *instance);

#endif
