/*
 * Families S: roles and bindings that somebody wrote by hand, and what the
 * namespaces that he brings let in.
 */
#include "check/raw.h"
#include "check/raw_values.h"
#include "ir/quantity.h"

#define RBAC "rbac.authorization.k8s.io"
#define ENFORCE "pod-security.kubernetes.io/enforce"

enum { VERSION_MINOR_BASE = 1000 };

typedef void judge_rule(struct check *check, const struct raw_use *use,
                        const struct raw *rule);

static judge_rule judge_wildcards, judge_powers;
static raw_visit judge_binding, judge_namespace, judge_pin;

static void
each_rule(struct check *check, judge_rule *judge)
{
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        const struct raw *rules = raw_find(use->object->root, STR("rules"));
        if (!is_raw_of(use, RBAC, "Role") &&
            !is_raw_of(use, RBAC, "ClusterRole"))
            continue;
        for (size_t j = 0; j < raw_item_count(rules); j++)
            judge(check, use, rules->entries[j].value);
    }
}

/* S15 */
void
check_raw_wildcards(struct check *check)
{
    each_rule(check, judge_wildcards);
}

/* S16 */
void
check_raw_administrators(struct check *check)
{
    each_raw_of(check, RBAC, "ClusterRoleBinding", judge_binding);
    each_raw_of(check, RBAC, "RoleBinding", judge_binding);
}

/* S17 */
void
check_raw_powers(struct check *check)
{
    each_rule(check, judge_powers);
}

/* S19 */
void
check_raw_namespaces(struct check *check)
{
    each_raw_of(check, "", "Namespace", judge_namespace);
}

/* S20 */
void
check_raw_pins(struct check *check)
{
    each_raw_of(check, "", "Namespace", judge_pin);
}

/* ---- S15 ---------------------------------------------------------------- */

/* One message a rule: two stars in it are mended together. */
static void
judge_wildcards(struct check *check, const struct raw_use *use,
                const struct raw *rule)
{
    static const struct {
        const char *key;
        const char *what;
    } lists[] = {
        {"verbs", "every verb"},
        {"resources", "every resource"},
        {"apiGroups", "every API group"},
        {"nonResourceURLs", "every path of the API server"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct raw *star =
            raw_item_find(raw_find(rule, str_from(lists[i].key)), "*");
        if (star == NULL)
            continue;
        struct diag *diag =
            raw_report(check, DIAG_S15, star->span, use,
                       STRS(use->text, str_from(lists[i].what)));
        diag_label(diag, "and all that a later version adds", NO_STRS);
        diag_help(diag, "list the ones that are needed", NO_STRS);
        return;
    }
}

/* ---- S16 ---------------------------------------------------------------- */

static void
judge_binding(struct check *check, const struct raw_use *use)
{
    const struct raw *role = raw_at(use->object->root, "roleRef.name");
    if (!is_raw_text(role, "cluster-admin"))
        return;
    bool is_everywhere = is_raw_of(use, RBAC, "ClusterRoleBinding");
    struct diag *diag =
        raw_report(check, DIAG_S16, role->span, use, STRS(use->text));
    diag_label(diag,
               is_everywhere ? "every right, on every object of the cluster"
                             : "every right, on every object of the namespace",
               NO_STRS);
    diag_help(diag, "bind a Role that lists what is needed", NO_STRS);
}

/* ---- S17 ---------------------------------------------------------------- */

static bool
has_verb(const struct raw *rule, const char *const *verbs)
{
    const struct raw *list = raw_find(rule, STR("verbs"));
    for (size_t i = 0; verbs[i] != NULL; i++) {
        if (raw_item_find(list, verbs[i]) != NULL)
            return true;
    }
    return false;
}

static void
judge_powers(struct check *check, const struct raw_use *use,
             const struct raw *rule)
{
    static const struct {
        const char *resource;
        const char *verbs[4];
        const char *what;
        const char *label;
    } powers[] = {
        {"secrets",
         {"get", "list", "watch"},
         "read secrets",
         "all of the namespace's, unless `resourceNames` says which"},
        {"pods",
         {"create"},
         "make pods",
         "a pod may mount any secret of its namespace"},
        {"pods/exec",
         {"create", "get"},
         "run commands in pods",
         "with the pod's rights, and unseen by its log"},
        {"pods/attach",
         {"create", "get"},
         "run commands in pods",
         "with the pod's rights, and unseen by its log"},
    };
    const struct raw *resources = raw_find(rule, STR("resources"));
    if (raw_item_count(raw_find(rule, STR("resourceNames"))) > 0)
        return;
    for (size_t i = 0; i < sizeof powers / sizeof powers[0]; i++) {
        const struct raw *resource =
            raw_item_find(resources, powers[i].resource);
        if (resource == NULL || !has_verb(rule, powers[i].verbs))
            continue;
        struct diag *diag =
            raw_report(check, DIAG_S17, resource->span, use,
                       STRS(use->text, str_from(powers[i].what)));
        diag_label(diag, powers[i].label, NO_STRS);
        diag_help(diag, "leave it out, or narrow it with `resourceNames`",
                  NO_STRS);
    }
}

/* ---- S19, S20 ----------------------------------------------------------- */

static const struct raw *
labels_of(const struct raw_use *use)
{
    return raw_at(use->object->root, "metadata.labels");
}

static void
judge_namespace(struct check *check, const struct raw_use *use)
{
    const struct raw *level = raw_find(labels_of(use), STR(ENFORCE));
    if (level != NULL && !is_raw_text(level, "privileged"))
        return;
    struct diag *diag = raw_report(
        check, DIAG_S19, level == NULL ? use->object->name_span : level->span,
        use, STRS(use->object->name));
    diag_label(diag,
               level == NULL ? "no label says which pods are refused"
                             : "`privileged` refuses none",
               NO_STRS);
    diag_help(diag, "label it `" ENFORCE ": restricted`", NO_STRS);
}

/* The oldest version that the project is for, `v1.33`. */
static struct str
oldest_version(struct check *check)
{
    const struct value *versions = check->ir->project->kubernetes;
    if (!is_value_known(versions))
        return STR("v1.33");
    const struct value *oldest =
        versions->kind == VALUE_RANGE ? &versions->items[0] : versions;
    return arena_format(
        check->arena, "v{}.{}",
        STRS(arena_number(check->arena, oldest->number / VERSION_MINOR_BASE),
             arena_number(check->arena, oldest->number % VERSION_MINOR_BASE)));
}

static void
judge_pin(struct check *check, const struct raw_use *use)
{
    const struct raw *labels = labels_of(use);
    const struct raw *level = raw_find(labels, STR(ENFORCE));
    const struct raw *version = raw_find(labels, STR(ENFORCE "-version"));
    if (level == NULL || is_raw_text(level, "privileged") ||
        !is_raw_in_production(use) ||
        (version != NULL && !is_raw_text(version, "latest")))
        return;
    struct diag *diag = raw_report(
        check, DIAG_S20, version == NULL ? level->span : version->span, use,
        STRS(use->object->name));
    diag_label(diag, "an upgrade of the cluster may refuse what ran before",
               NO_STRS);
    diag_help(diag, "label it `" ENFORCE "-version: {}`",
              STRS(oldest_version(check)));
}
