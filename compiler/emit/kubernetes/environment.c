#include "emit/kubernetes/environment.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/roles.h"
#include "ir/edge.h"
#include "ir/release.h"

#define DEPLOYER "deployer"

enum { VERSION_MINOR_BASE = 1000 };

static void emit_pod_security_labels(struct yaml *yaml, const struct ir *ir);

/* ---- Namespace ---------------------------------------------------------- */

/* In the base it has the project's name, which kustomize replaces by the
 * environment's namespace once that is known. */
static void
emit_namespace_name(struct yaml *yaml, const struct instance *instance)
{
    const struct value *name = instance->environment->namespace_name;
    bool is_named = instance->is_flat && is_value_known(name);
    if (instance->is_flat && !is_named)
        emit_waiting(yaml, STR("name"), name);
    yaml_text(yaml, "name",
              is_named ? name->text : instance->plan->ir->project->name);
}

void
emit_namespace(struct yaml *yaml, const struct instance *instance)
{
    const struct environment *environment = instance->environment;
    struct str project = instance->plan->ir->project->name;
    yaml_word(yaml, "apiVersion", "v1");
    yaml_word(yaml, "kind", "Namespace");
    yaml_map(yaml, "metadata");
    emit_namespace_name(yaml, instance);
    yaml_map(yaml, "labels");
    if (has_section(instance, SECTION_COMMON)) {
        yaml_text(yaml, "app.kubernetes.io/part-of", project);
        yaml_word(yaml, "app.kubernetes.io/managed-by", "broxc");
        yaml_word(yaml, LABEL_APPLIED_BY, APPLIED_BY_ADMINISTRATOR);
        emit_pod_security_labels(yaml, instance->plan->ir);
    }
    if (has_section(instance, SECTION_ENVIRONMENT)) {
        yaml_text(yaml, LABEL_ENVIRONMENT, environment->name);
        emit_value(yaml, LABEL_TIER, environment->tier_value);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Pinned to the oldest version that the project supports, so that an upgrade
 * of the cluster never refuses a pod that ran before. */
static void
emit_pod_security_labels(struct yaml *yaml, const struct ir *ir)
{
    static const char *const modes[] = {"enforce", "audit", "warn"};
    struct arena *arena = yaml->arena;
    const struct value *versions = ir->project->kubernetes;
    struct str version = STR("latest");
    if (is_value_known(versions)) {
        const struct value *oldest =
            versions->kind == VALUE_RANGE ? &versions->items[0] : versions;
        version = arena_format(
            arena, "v{}.{}",
            STRS(arena_number(arena, oldest->number / VERSION_MINOR_BASE),
                 arena_number(arena, oldest->number % VERSION_MINOR_BASE)));
    }
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        struct str label = arena_format(arena, "pod-security.kubernetes.io/{}",
                                        STRS(str_from(modes[i])));
        yaml_text_named(yaml, label, STR("restricted"));
        yaml_text_named(yaml, arena_format(arena, "{}-version", STRS(label)),
                        version);
    }
}

/* ---- who may deploy ----------------------------------------------------- */

/* ROLLOUTS: Argo Rollouts has the pods of some environment. */
enum role_need {
    NEED_ALWAYS,
    NEED_STATEFUL,
    NEED_TASK,
    NEED_GATEWAY,
    NEED_ROLLOUTS,
    NEED_DRIFT,
};

static const struct {
    enum role_need need;
    struct role_rule rule;
} role_rows[] = {
#define RIGHT(need, groups, resources, verbs)                                  \
    {need, {groups, resources, verbs}},
#include "ir/deployer.def"
#undef RIGHT
};

static bool
has_any_gateway(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_gateway(ir->environments[i]))
            return true;
    }
    return false;
}

static bool
has_role_word(const char *words, struct str wanted)
{
    struct str rest = str_from(words);
    while (!is_str_empty(rest)) {
        if (is_str_equal(str_cut(&rest, ' '), wanted))
            return true;
    }
    return false;
}

/* `NetworkPolicy` is `networkpolicies` in a path of the API. */
static bool
is_resource_of(struct str resource, struct str kind)
{
    struct str ending = STR("s");
    if (has_suffix(kind, STR("s"))) {
        ending = STR("es");
    } else if (has_suffix(kind, STR("y"))) {
        ending = STR("ies");
        kind = str_slice(kind, 0, kind.len - 1);
    }
    return resource.len == kind.len + ending.len &&
           has_suffix(resource, ending) &&
           is_str_equal_nocase(str_slice(resource, 0, kind.len), kind);
}

bool
may_pipeline_apply(struct str api_version, struct str kind)
{
    struct str group =
        has_byte(api_version, '/') ? str_cut(&api_version, '/') : STR("core");
    for (size_t i = 0; i < sizeof role_rows / sizeof role_rows[0]; i++) {
        const struct role_rule *rule = &role_rows[i].rule;
        struct str resources = str_from(rule->resources);
        if (role_rows[i].need != NEED_ALWAYS ||
            !has_role_word(rule->groups, group) ||
            !has_role_word(rule->verbs, STR("create")) ||
            !has_role_word(rule->verbs, STR("patch")))
            continue;
        while (!is_str_empty(resources)) {
            if (is_resource_of(str_cut(&resources, ' '), kind))
                return true;
        }
    }
    return false;
}

static bool
needs_rollouts(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_rollouts(ir->environments[i]))
            return true;
    }
    return false;
}

static bool
needs_drift(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->drift != NULL)
            return true;
    }
    return false;
}

static bool
has_kind(const struct ir *ir, enum service_kind kind)
{
    for (size_t i = 0; i < ir->service_count; i++) {
        if (ir->services[i]->kind == kind)
            return true;
    }
    return false;
}

static bool
is_needed(const struct ir *ir, enum role_need need)
{
    switch (need) {
    case NEED_ALWAYS:
        return true;
    case NEED_STATEFUL:
        return has_kind(ir, SERVICE_STATEFUL);
    case NEED_TASK:
        return has_kind(ir, SERVICE_TASK);
    case NEED_GATEWAY:
        return has_any_gateway(ir);
    case NEED_ROLLOUTS:
        return needs_rollouts(ir);
    case NEED_DRIFT:
        return needs_drift(ir);
    }
    return true;
}

void
emit_role(struct yaml *yaml, const struct instance *instance)
{
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, RBAC_GROUP "/v1",
                    "Role", STR(DEPLOYER));
    yaml_list(yaml, "rules");
    emit_deployer_rules(yaml, instance->plan->ir);
    yaml_end(yaml);
}

void
emit_deployer_rules(struct yaml *yaml, const struct ir *ir)
{
    for (size_t i = 0; i < sizeof role_rows / sizeof role_rows[0]; i++) {
        if (is_needed(ir, role_rows[i].need))
            emit_role_rule(yaml, &role_rows[i].rule);
    }
}

void
emit_role_binding(struct yaml *yaml, const struct instance *instance)
{
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, RBAC_GROUP "/v1",
                    "RoleBinding", STR(DEPLOYER));
    if (has_section(instance, SECTION_COMMON))
        emit_role_ref(yaml, STR(DEPLOYER));
    if (!has_section(instance, SECTION_ENVIRONMENT))
        return;
    yaml_list(yaml, "subjects");
    emit_group(yaml,
               name_deployers(instance->plan->arena, instance->environment));
    yaml_end(yaml);
}
