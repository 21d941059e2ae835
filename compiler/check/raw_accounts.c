/*
 * Family S: whom a pod that somebody wrote by hand speaks to the cluster as.
 */
#include "base/map.h"
#include "check/raw.h"
#include "check/raw_values.h"

static raw_pod_visit judge_account, judge_field;
static void judge_token(struct check *check, const struct map *accounts,
                        const struct raw_pod *pod);
static void collect_accounts(struct check *check, struct map *accounts);

/* S13 */
void
check_raw_accounts(struct check *check)
{
    each_raw_pod(check, judge_account);
}

/* S14 */
void
check_raw_tokens(struct check *check)
{
    struct map accounts;
    if (check->raw->pod_count == 0)
        return;
    map_init(&accounts, check->arena);
    collect_accounts(check, &accounts);
    for (size_t i = 0; i < check->raw->pod_count; i++)
        judge_token(check, &accounts, &check->raw->pods[i]);
}

/* S25 */
void
check_raw_account_field(struct check *check)
{
    each_raw_pod(check, judge_field);
}

/* NULL when it names none: then it is `default`. */
static const struct raw *
account_of(const struct raw_pod *pod)
{
    const struct raw *name = raw_find(pod->spec, STR("serviceAccountName"));
    if (name == NULL)
        name = raw_find(pod->spec, STR("serviceAccount"));
    return name != NULL && name->kind == RAW_TEXT ? name : NULL;
}

/* What a message of the whole pod points at. */
static struct span
pod_span(const struct raw_pod *pod)
{
    return pod->use->object->name_span;
}

static void
judge_account(struct check *check, const struct raw_pod *pod)
{
    const struct raw *name = account_of(pod);
    if (name != NULL && !is_raw_text(name, "default"))
        return;
    struct diag *diag =
        raw_report(check, DIAG_S13, name == NULL ? pod_span(pod) : name->span,
                   pod->use, STRS(pod->use->text));
    diag_label(diag, "what this may do, every other pod may that names none",
               NO_STRS);
    diag_help(diag,
              "make a ServiceAccount, and name it by `serviceAccountName`",
              NO_STRS);
}

/* ---- S14 ---------------------------------------------------------------- */

/* Its value in the map: any pointer that is not NULL. */
static void
put_account(struct map *accounts, struct str name, const void *value)
{
    if (!is_str_empty(name))
        map_put(accounts, name, value);
}

static bool
is_binding(const struct raw_use *use)
{
    return is_raw_of(use, "rbac.authorization.k8s.io", "RoleBinding") ||
           is_raw_of(use, "rbac.authorization.k8s.io", "ClusterRoleBinding");
}

/* Accounts whose token is needed, for somebody gave them rights, or is not
 * mounted, for they say so themselves. Those of services do. */
static void
collect_accounts(struct check *check, struct map *accounts)
{
    for (size_t i = 0; i < check->ir->service_count; i++)
        put_account(accounts, check->ir->services[i]->name,
                    check->ir->services[i]);
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        const struct raw *root = use->object->root;
        const struct raw *subjects = raw_find(root, STR("subjects"));
        if (is_raw_of(use, "", "ServiceAccount") &&
            is_raw_false(raw_find(root, STR("automountServiceAccountToken"))))
            put_account(accounts, use->object->name, use);
        for (size_t j = 0; is_binding(use) && j < raw_item_count(subjects); j++)
            put_account(accounts,
                        raw_text_at(subjects->entries[j].value, STR("name")),
                        use);
    }
}

static void
judge_token(struct check *check, const struct map *accounts,
            const struct raw_pod *pod)
{
    const struct raw *mount =
        raw_find(pod->spec, STR("automountServiceAccountToken"));
    const struct raw *name = account_of(pod);
    struct str account = name == NULL ? STR("default") : name->text;
    if (is_raw_false(mount) || map_find(accounts, account) != NULL)
        return;
    struct diag *diag =
        raw_report(check, DIAG_S14, mount == NULL ? pod_span(pod) : mount->span,
                   pod->use, STRS(pod->use->text));
    diag_label(diag, "no role is bound to `{}`, so it needs none",
               STRS(account));
    diag_help(diag,
              "write `automountServiceAccountToken: false` in the pod's `spec`",
              NO_STRS);
}

/* ---- S25 ---------------------------------------------------------------- */

static void
judge_field(struct check *check, const struct raw_pod *pod)
{
    const struct raw_entry *entry =
        raw_entry_find(pod->spec, STR("serviceAccount"));
    if (entry == NULL)
        return;
    struct diag *diag = raw_report(check, DIAG_S25, entry->key_span, pod->use,
                                   STRS(pod->use->text));
    diag_label(diag, "kept for old clients only", NO_STRS);
    diag_help(diag, "call it `serviceAccountName`", NO_STRS);
}
