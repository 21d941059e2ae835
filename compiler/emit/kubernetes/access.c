#include "emit/kubernetes/access.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/roles.h"

static const struct {
    enum access_role role;
    struct role_rule rule;
} rows[] = {
#define ACCESS(role, groups, resources, verbs)                                 \
    {ACCESS_##role, {groups, resources, verbs}},
#include "emit/kubernetes/access.def"
#undef ACCESS
};

static bool
is_member(const struct access *access, enum access_role role)
{
    return access->has_role[role] && is_value_known(access->group);
}

bool
has_access(const struct environment *environment, enum access_role role)
{
    for (size_t i = 0; i < environment->access_count; i++) {
        if (is_member(&environment->accesses[i], role))
            return true;
    }
    return false;
}

static void
emit_access_role(struct yaml *yaml, const struct instance *instance,
                 enum access_role role)
{
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, RBAC_GROUP "/v1",
                    "Role", access_role_object(role));
    yaml_list(yaml, "rules");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].role == role)
            emit_role_rule(yaml, &rows[i].rule);
    }
    yaml_end(yaml);
}

static void
emit_access_binding(struct yaml *yaml, const struct instance *instance,
                    enum access_role role)
{
    const struct environment *environment = instance->environment;
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, RBAC_GROUP "/v1",
                    "RoleBinding", access_role_object(role));
    emit_role_ref(yaml, access_role_object(role));
    yaml_list(yaml, "subjects");
    for (size_t i = 0; i < environment->access_count; i++) {
        if (is_member(&environment->accesses[i], role))
            emit_group(yaml, environment->accesses[i].group->text);
        else if (environment->accesses[i].has_role[role])
            emit_waiting(yaml, STR("a group"), environment->accesses[i].group);
    }
    yaml_end(yaml);
}

void
emit_access(struct yaml *yaml, const struct instance *instance)
{
    bool is_first = true;
    for (enum access_role role = ACCESS_VIEW; role < ACCESS_COUNT; role++) {
        if (!has_access(instance->environment, role))
            continue;
        if (!is_first)
            yaml_document(yaml);
        is_first = false;
        emit_access_role(yaml, instance, role);
        yaml_document(yaml);
        emit_access_binding(yaml, instance, role);
    }
}
