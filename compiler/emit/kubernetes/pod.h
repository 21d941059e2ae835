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

/* Parts that init containers and sidecars have, too. */
void emit_workload_image(struct yaml *yaml, const struct instance *instance);
void emit_container_ports(struct yaml *yaml, const struct port *ports,
                          size_t count);
/* Nothing when it is NULL. */
void emit_probe(struct yaml *yaml, const char *key, const struct probe *probe);
void emit_startup_probe(struct yaml *yaml, const struct probe *probe);
/* `envFrom:` of the config contract and the vault, or nothing. */
void emit_variables(struct yaml *yaml, const struct instance *instance);
/* `resources:`; each range may be NULL. */
void emit_sizes(struct yaml *yaml, const struct value *cpu,
                const struct value *memory, const struct value *storage);
/* An item of a list that is open. */
void emit_tmp_mount(struct yaml *yaml);

#endif
