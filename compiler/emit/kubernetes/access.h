/*
 * What people may do in an environment's namespace.
 */
#ifndef EMIT_KUBERNETES_ACCESS_H
#define EMIT_KUBERNETES_ACCESS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* Has a known group this role? */
bool has_access(const struct environment *environment, enum access_role role);
/* A Role and its RoleBinding for each role that a known group has. */
void emit_access(struct yaml *yaml, const struct instance *instance);

#endif
