/*
 * How requests reach a workload, and which ones: Services, Ingresses, network
 * policies.
 */
#ifndef EMIT_KUBERNETES_NETWORK_H
#define EMIT_KUBERNETES_NETWORK_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_service(struct yaml *yaml, const struct instance *instance);
void emit_preview(struct yaml *yaml, const struct instance *instance);
/* `ports:` of a Service; each by its own number when not renumbered. */
void emit_service_ports(struct yaml *yaml, const struct workload *workload,
                        bool is_renumbered);
void emit_stable(struct yaml *yaml, const struct instance *instance);
void emit_ingress(struct yaml *yaml, const struct instance *instance);
/* One object for each redirect of the environment that is known. */
void emit_redirects(struct yaml *yaml, const struct instance *instance);

void emit_deny_policy(struct yaml *yaml, const struct instance *instance);
void emit_dns_policy(struct yaml *yaml, const struct instance *instance);
/* The pods that answer an HTTP-01 challenge. */
void emit_solver_policy(struct yaml *yaml, const struct instance *instance);
/* The pods of a Gateway that run in the namespace, if they do. */
bool has_own_gateway_pods(const struct environment *environment);
void emit_gateway_policy(struct yaml *yaml, const struct instance *instance);
void emit_network_policy(struct yaml *yaml, const struct instance *instance);
void emit_migration_policy(struct yaml *yaml, const struct instance *instance);

#endif
