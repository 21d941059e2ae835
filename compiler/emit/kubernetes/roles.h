/*
 * Rules of Roles, from tables of words.
 */
#ifndef EMIT_KUBERNETES_ROLES_H
#define EMIT_KUBERNETES_ROLES_H

#include "emit/text/yaml.h"

#define RBAC_GROUP "rbac.authorization.k8s.io"

/* Words separated by blanks; `core` is the group without a name. */
struct role_rule {
    const char *groups;
    const char *resources;
    const char *verbs;
};

/* One item of `rules:`, which is open. */
void emit_role_rule(struct yaml *yaml, const struct role_rule *rule);
/* `roleRef:` to a Role of the namespace. */
void emit_role_ref(struct yaml *yaml, struct str role);
/* One item of `subjects:`, which is open. */
void emit_group(struct yaml *yaml, struct str group);

#endif
