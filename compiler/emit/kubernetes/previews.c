/*
 * Whoever brings a pull request into the cluster makes namespaces, which RBAC
 * knows only for the whole cluster. An admission policy holds it to those of
 * previews. The policy asks who may bind their role, and not for a name: so it
 * holds whomever an administrator has let in, and cannot be forgotten.
 */
#include "emit/kubernetes/previews.h"

#include "emit/kubernetes/environment.h"
#include "emit/kubernetes/folder.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/paths.h"
#include "emit/kubernetes/roles.h"

#define ADMISSION "admissionregistration.k8s.io/v1"

/* In a template, where one brace is two. */
#define NUMBER "[1-9][0-9]{{0,6}"

static void emit_release_role(struct yaml *yaml,
                              const struct instance *instance);
static void emit_deployer_role(struct yaml *yaml,
                               const struct instance *instance);
static void emit_deployer_binding(struct yaml *yaml,
                                  const struct instance *instance);
static void emit_policy(struct yaml *yaml, const struct instance *instance);
static void emit_policy_binding(struct yaml *yaml,
                                const struct instance *instance);
static void emit_store(struct yaml *yaml, const struct instance *instance);

void
emit_preview_rights(const struct plan *plan, struct documents *documents)
{
    static void (*const objects[])(struct yaml * yaml,
                                   const struct instance *instance) = {
        emit_release_role,   emit_deployer_role, emit_policy,
        emit_policy_binding, emit_store,         emit_deployer_binding,
    };
    const struct preview *preview = plan->ir->preview;
    struct instance instance =
        instance_of(plan, preview->from, NULL, PART_WHOLE);
    struct document *document =
        document_add(documents, path_below(plan, STR("previews/rights.yaml")),
                     TARGET_KUBERNETES);
    struct yaml yaml;
    document_origin(document, preview->span);
    document_origin(document, preview->from->span);
    yaml_init(&yaml, &document->content, plan->arena);
    emit_head(&yaml, arena_format(plan->arena,
                                  "An administrator applies it, once, to the "
                                  "cluster of {}.",
                                  STRS(preview->from->name)));
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        if (objects[i] == emit_store && preview->from->vault == NULL)
            continue;
        yaml_document(&yaml);
        objects[i](&yaml, &instance);
    }
    document_end(documents, document);
}

/* ---- roles --------------------------------------------------------------- */

/* In a preview's namespace it does what a pipeline does, bounds what may run
 * there, and waits for certificates, too. */
static void
emit_release_role(struct yaml *yaml, const struct instance *instance)
{
    static const struct role_rule bounds = {
        "core", "limitranges resourcequotas", "create patch"};
    static const struct role_rule certificates = {"cert-manager.io",
                                                  "certificates", "get list"};
    object_start_as(
        yaml, instance, APPLIER_ADMINISTRATOR, RBAC_GROUP "/v1", "ClusterRole",
        name_preview_release(instance->plan->arena, instance->environment));
    yaml_list(yaml, "rules");
    emit_deployer_rules(yaml, instance->plan->ir);
    emit_role_rule(yaml, &bounds);
    emit_role_rule(yaml, &certificates);
    yaml_end(yaml);
}

static void
emit_deployer_role(struct yaml *yaml, const struct instance *instance)
{
    static const struct role_rule rules[] = {
        {"core", "namespaces", "get list create delete"},
        {RBAC_GROUP, "rolebindings", "create"},
    };
    struct arena *arena = instance->plan->arena;
    const struct environment *environment = instance->environment;
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, RBAC_GROUP "/v1",
                    "ClusterRole", name_preview_deployer(arena, environment));
    yaml_list(yaml, "rules");
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        emit_role_rule(yaml, &rules[i]);
    yaml_item(yaml);
    yaml_flow_list(yaml, "apiGroups", STRS(STR(RBAC_GROUP)));
    yaml_flow_list(yaml, "resources", STRS(STR("clusterroles")));
    yaml_flow_list(yaml, "verbs", STRS(STR("bind")));
    yaml_flow_list(yaml, "resourceNames",
                   STRS(name_preview_release(arena, environment)));
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_deployer_binding(struct yaml *yaml, const struct instance *instance)
{
    struct arena *arena = instance->plan->arena;
    struct str name = name_preview_deployer(arena, instance->environment);
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, RBAC_GROUP "/v1",
                    "ClusterRoleBinding", name);
    yaml_map(yaml, "roleRef");
    yaml_word(yaml, "apiGroup", RBAC_GROUP);
    yaml_word(yaml, "kind", "ClusterRole");
    yaml_text(yaml, "name", name);
    yaml_end(yaml);
    yaml_list(yaml, "subjects");
    emit_group(yaml, arena_format(arena, "{}s", STRS(name)));
    yaml_end(yaml);
}

/* ---- the policy ---------------------------------------------------------- */

static void
emit_condition(struct yaml *yaml, const char *name, struct str expression)
{
    yaml_item(yaml);
    yaml_word(yaml, "name", name);
    yaml_text(yaml, "expression", expression);
    yaml_end(yaml);
}

static void
emit_validation(struct yaml *yaml, struct str expression, struct str message)
{
    yaml_item(yaml);
    yaml_text(yaml, "expression", expression);
    yaml_text(yaml, "message", message);
    yaml_end(yaml);
}

static void
emit_resource(struct yaml *yaml, const char *group, const char *resource)
{
    yaml_item(yaml);
    yaml_flow_list(yaml, "apiGroups", STRS(str_from(group)));
    yaml_flow_list(yaml, "apiVersions", STRS(STR("*")));
    yaml_flow_list(yaml, "operations",
                   STRS(STR("CREATE"), STR("UPDATE"), STR("DELETE")));
    yaml_flow_list(yaml, "resources", STRS(str_from(resource)));
    yaml_end(yaml);
}

/* Who may bind the role, and may not give itself any right it likes: that is
 * an administrator, whom a policy could not hold. */
static void
emit_who(struct yaml *yaml, const struct instance *instance)
{
    struct arena *arena = instance->plan->arena;
    yaml_list(yaml, "matchConditions");
    emit_condition(
        yaml, "deploys-previews",
        arena_format(arena,
                     "authorizer.group('" RBAC_GROUP
                     "').resource('clusterroles')"
                     ".name('{}').check('bind').allowed()",
                     STRS(name_preview_release(arena, instance->environment))));
    emit_condition(yaml, "is-no-administrator",
                   STR("!authorizer.group('" RBAC_GROUP
                       "').resource('clusterroles')"
                       ".check('escalate').allowed()"));
    yaml_end(yaml);
}

static void
emit_namespace_rule(struct yaml *yaml, struct arena *arena, struct str from)
{
    emit_validation(
        yaml,
        arena_format(
            arena,
            "request.resource.resource != 'namespaces' || "
            "(request.operation != 'UPDATE' && "
            "variables.labels.exists(label, label == '" LABEL_PREVIEW_OF "') "
            "&& variables.labels['" LABEL_PREVIEW_OF "'] == '{}' && "
            "variables.labels.exists(label, label == '" LABEL_PREVIEW "') && "
            "variables.labels['" LABEL_PREVIEW "'].matches('^" NUMBER "$') && "
            "variables.target.metadata.name == '{}-pr-' + "
            "variables.labels['" LABEL_PREVIEW "'])",
            STRS(from, from)),
        arena_format(arena,
                     "only namespaces {}-pr-N are made and deleted, with the "
                     "labels of a preview",
                     STRS(from)));
    emit_validation(
        yaml,
        STR("request.resource.resource != 'namespaces' || "
            "request.operation != 'CREATE' || "
            "(variables.labels.exists(label, "
            "label == 'pod-security.kubernetes.io/enforce') && "
            "variables.labels['pod-security.kubernetes.io/enforce'] == "
            "'restricted')"),
        STR("a preview's pods are held to the restricted standard"));
}

static void
emit_binding_rule(struct yaml *yaml, struct arena *arena, struct str from,
                  struct str role)
{
    emit_validation(
        yaml,
        arena_format(arena,
                     "request.resource.resource != 'rolebindings' || "
                     "(request.operation == 'CREATE' && "
                     "request.namespace.matches('^{}-pr-" NUMBER "$') && "
                     "has(namespaceObject.metadata.labels) && "
                     "namespaceObject.metadata.labels.exists(label, "
                     "label == '" LABEL_PREVIEW_OF "') && "
                     "namespaceObject.metadata.labels['" LABEL_PREVIEW_OF
                     "'] == '{}' "
                     "&& object.roleRef.kind == 'ClusterRole' && "
                     "object.roleRef.name == '{}' && has(object.subjects) && "
                     "object.subjects.all(subject, subject.kind == 'User' && "
                     "subject.name == request.userInfo.username))",
                     STRS(from, from, role)),
        arena_format(arena,
                     "in a preview's namespace {} is bound to whoever asks, "
                     "and nothing else anywhere",
                     STRS(role)));
}

static void
emit_variables(struct yaml *yaml)
{
    yaml_list(yaml, "variables");
    emit_condition(yaml, "target",
                   STR("request.operation == 'DELETE' ? oldObject : object"));
    emit_condition(yaml, "labels",
                   STR("has(variables.target.metadata.labels) ? "
                       "variables.target.metadata.labels : {}"));
    yaml_end(yaml);
}

static void
emit_policy(struct yaml *yaml, const struct instance *instance)
{
    struct arena *arena = instance->plan->arena;
    const struct environment *environment = instance->environment;
    struct str from = environment->namespace_name->text;
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, ADMISSION,
                    "ValidatingAdmissionPolicy",
                    name_previews(arena, environment));
    yaml_map(yaml, "spec");
    yaml_word(yaml, "failurePolicy", "Fail");
    yaml_map(yaml, "matchConstraints");
    yaml_list(yaml, "resourceRules");
    emit_resource(yaml, "", "namespaces");
    emit_resource(yaml, RBAC_GROUP, "rolebindings");
    yaml_end(yaml);
    yaml_end(yaml);
    emit_who(yaml, instance);
    emit_variables(yaml);
    yaml_list(yaml, "validations");
    emit_namespace_rule(yaml, arena, from);
    emit_binding_rule(yaml, arena, from,
                      name_preview_release(arena, environment));
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_policy_binding(struct yaml *yaml, const struct instance *instance)
{
    struct str name =
        name_previews(instance->plan->arena, instance->environment);
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, ADMISSION,
                    "ValidatingAdmissionPolicyBinding", name);
    yaml_map(yaml, "spec");
    yaml_text(yaml, "policyName", name);
    yaml_flow_list(yaml, "validationActions", STRS(STR("Deny")));
    yaml_end(yaml);
}

/* ---- secrets ------------------------------------------------------------- */

/* Azure trusts the environment's account by its namespace, letter by letter,
 * and takes 20 such names: so previews read the vault through that account, by
 * a store that is open to their namespaces alone. */
static void
emit_store(struct yaml *yaml, const struct instance *instance)
{
    struct arena *arena = instance->plan->arena;
    const struct environment *environment = instance->environment;
    const struct value *vault = environment->vault->name;
    struct str from = environment->namespace_name->text;
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR,
                    "external-secrets.io/v1", "ClusterSecretStore",
                    name_previews(arena, environment));
    yaml_map(yaml, "spec");
    yaml_list(yaml, "conditions");
    yaml_item(yaml);
    yaml_map(yaml, "namespaceSelector");
    yaml_map(yaml, "matchLabels");
    yaml_text(yaml, LABEL_PREVIEW_OF, from);
    for (int level = 0; level < 4; level++)
        yaml_end(yaml);
    yaml_map(yaml, "provider");
    yaml_map(yaml, "azurekv");
    yaml_word(yaml, "authType", "WorkloadIdentity");
    if (is_value_known(vault))
        yaml_text(yaml, "vaultUrl",
                  arena_format(arena, "https://{}.vault.azure.net",
                               STRS(vault->text)));
    else
        emit_waiting(yaml, STR("vaultUrl"), vault);
    yaml_map(yaml, "serviceAccountRef");
    yaml_word(yaml, "name", STORE_ACCOUNT);
    yaml_text(yaml, "namespace", from);
    for (int level = 0; level < 4; level++)
        yaml_end(yaml);
}
