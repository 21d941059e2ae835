/*
 * Family K: stores and secrets that somebody wrote by hand, and who reads
 * them.
 */
#include "base/map.h"
#include "check/raw_values.h"
#include "check/scene.h"

#define GROUP "external-secrets.io"
#define CLIENT_ID "azure.workload.identity/client-id"
#define ROLE_ARN "eks.amazonaws.com/role-arn"

static raw_container_visit judge_variables;
static raw_visit judge_version, judge_store;
static scene_judge judge_account;
static void collect_texts(struct map *texts, const struct raw *raw);
static void judge_unused(struct check *check, const struct map *texts,
                         const struct raw_use *use);

/* K04, with check_file_secrets */
void
check_raw_secret_variables(struct check *check)
{
    each_raw_container(check, judge_variables);
}

/* K07 */
void
check_store_versions(struct check *check)
{
    each_raw(check, judge_version);
}

/* K12 */
void
check_cluster_stores(struct check *check)
{
    each_raw_of(check, GROUP, "ClusterSecretStore", judge_store);
}

/* K17 */
void
check_secrets_unused(struct check *check)
{
    struct map texts;
    map_init(&texts, check->arena);
    for (size_t i = 0; i < check->raw->use_count; i++)
        collect_texts(&texts, check->raw->uses[i].object->root);
    for (size_t i = 0; i < check->raw->use_count; i++)
        judge_unused(check, &texts, &check->raw->uses[i]);
}

/* K18 */
void
check_store_accounts(struct check *check)
{
    each_scene_of(check, GROUP, "SecretStore", judge_account);
    each_scene_of(check, GROUP, "ClusterSecretStore", judge_account);
}

/* ---- K04 ---------------------------------------------------------------- */

/* The first secret that it gets as a variable, or NULL. */
static const struct raw *
variable_secret(const struct raw_container *container)
{
    const struct raw *variables = raw_find(container->raw, STR("env"));
    const struct raw *whole = raw_find(container->raw, STR("envFrom"));
    for (size_t i = 0; i < raw_item_count(variables); i++) {
        const struct raw *name =
            raw_at(variables->entries[i].value, "valueFrom.secretKeyRef.name");
        if (name != NULL)
            return name;
    }
    for (size_t i = 0; i < raw_item_count(whole); i++) {
        const struct raw *name =
            raw_at(whole->entries[i].value, "secretRef.name");
        if (name != NULL)
            return name;
    }
    return NULL;
}

static void
judge_variables(struct check *check, const struct raw_container *container)
{
    const struct raw *name = variable_secret(container);
    if (name == NULL)
        return;
    struct diag *diag =
        raw_report(check, DIAG_K04, name->span, container->pod->use,
                   STRS(container->text, name->text));
    diag_label(diag,
               "what it starts inherits them, and a crash report may show them",
               NO_STRS);
    diag_help(diag, "mount the Secret as a volume, and read files", NO_STRS);
}

/* ---- K07, K12 ----------------------------------------------------------- */

static void
judge_version(struct check *check, const struct raw_use *use)
{
    static const char *const kinds[] = {"ExternalSecret", "SecretStore",
                                        "ClusterSecretStore",
                                        "ClusterExternalSecret", NULL};
    const struct raw *version = raw_find(use->object->root, STR("apiVersion"));
    bool is_old = is_raw_text(version, GROUP "/v1alpha1") ||
                  is_raw_text(version, GROUP "/v1beta1");
    for (size_t i = 0; is_old && kinds[i] != NULL; i++) {
        if (!is_str_equal(use->object->kind, str_from(kinds[i])))
            continue;
        struct diag *diag = raw_report(check, DIAG_K07, version->span, use,
                                       STRS(use->text, version->text));
        diag_label(diag, "no longer served since External Secrets 0.17",
                   NO_STRS);
        diag_help(diag, "write `" GROUP "/v1`", NO_STRS);
    }
}

static void
judge_store(struct check *check, const struct raw_use *use)
{
    if (!is_raw_in_production(use) ||
        raw_item_count(raw_find(use->spec, STR("conditions"))) > 0)
        return;
    struct diag *diag = raw_report(check, DIAG_K12, use->object->name_span, use,
                                   STRS(use->text));
    diag_label(diag,
               "whoever may write an ExternalSecret anywhere reads the vault",
               NO_STRS);
    diag_help(diag,
              "write a SecretStore, or name the namespaces under `conditions`",
              NO_STRS);
}

/* ---- K17 ---------------------------------------------------------------- */

/* Everything that might name a secret, so that a message is a proof. */
static void
collect_texts(struct map *texts, const struct raw *raw)
{
    const struct raw *metadata = raw_find(raw, STR("metadata"));
    if (raw->kind == RAW_TEXT)
        map_put(texts, raw->text, raw);
    for (size_t i = 0; i < raw->entry_count; i++) {
        if (raw->entries[i].value != metadata)
            collect_texts(texts, raw->entries[i].value);
    }
}

/* The Secret that it is, or makes. */
static struct str
made_secret(const struct raw_use *use)
{
    struct str target =
        raw_text_at(raw_find(use->spec, STR("target")), STR("name"));
    if (is_raw_of(use, "", "Secret"))
        return use->object->name;
    if (!is_raw_of(use, GROUP, "ExternalSecret"))
        return STR("");
    return is_str_empty(target) ? use->object->name : target;
}

static bool
is_pull_secret(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t j = 0; j < environment->workload_count; j++) {
            const struct value *names = environment->workloads[j]->pull_secrets;
            for (size_t k = 0; names != NULL && k < names->item_count; k++) {
                if (is_str_equal(names->items[k].text, name))
                    return true;
            }
        }
    }
    return false;
}

/* An ExternalSecret names its own target. */
static bool
is_named_by_itself(const struct map *texts, const struct raw_use *use,
                   struct str name)
{
    const struct raw *found = map_find(texts, name);
    const struct raw *target = raw_at(use->spec, "target.name");
    return found != NULL && found == target;
}

static void
judge_unused(struct check *check, const struct map *texts,
             const struct raw_use *use)
{
    struct str name = made_secret(use);
    bool is_read_by_type =
        has_prefix(raw_text_at(use->object->root, STR("type")),
                   STR("kubernetes.io/service-account-token"));
    if (is_str_empty(name) || is_read_by_type ||
        (map_find(texts, name) != NULL &&
         !is_named_by_itself(texts, use, name)) ||
        is_pull_secret(check->ir, name))
        return;
    struct diag *diag = raw_report(check, DIAG_K17, use->object->name_span, use,
                                   STRS(use->text));
    diag_label(diag, "nothing that the program brings names it", NO_STRS);
    diag_help(diag, "take it out: a secret that nobody needs can only leak",
              NO_STRS);
}

/* ---- K18 ---------------------------------------------------------------- */

static const struct raw_use *
account_find(const struct check *check, const struct scene *scene,
             struct str name)
{
    for (size_t i = 0; i < check->raw->use_count; i++) {
        const struct raw_use *use = &check->raw->uses[i];
        for (size_t j = 0; is_raw_of(use, "", "ServiceAccount") &&
                           is_str_equal(use->object->name, name) &&
                           j < use->environment_count;
             j++) {
            if (use->environments[j] == scene->environment)
                return use;
        }
    }
    return NULL;
}

static bool
report_account(struct check *check, const struct raw_use *use,
               const struct raw *name, const struct raw_use *account,
               const char *annotation)
{
    struct diag *diag = raw_report(check, DIAG_K18, name->span, use,
                                   STRS(use->text, name->text));
    if (account == NULL) {
        diag_label(diag, "there is no ServiceAccount of this name", NO_STRS);
        diag_help(diag, "write one, with the annotation `{}`",
                  STRS(str_from(annotation)));
        return true;
    }
    diag_label(diag, "the cloud does not know whom it stands for", NO_STRS);
    diag_note(diag, account->object->name_span, "it has no `{}`",
              STRS(str_from(annotation)));
    diag_help(diag, "annotate it with the identity that may read the vault",
              NO_STRS);
    return true;
}

/* broxc's own `vault-reader` and the services' accounts are there; whether
 * they may read is the cloud's business. */
static bool
is_made(const struct scene *scene, struct str name)
{
    const struct environment *environment = scene->environment;
    if (environment->vault != NULL && is_str_equal(name, STR("vault-reader")))
        return true;
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (is_str_equal(environment->workloads[i]->service->name, name))
            return true;
    }
    return false;
}

static bool
judge_account(struct check *check, const struct raw_use *use,
              const struct scene *scene)
{
    static const struct {
        const char *path;
        const char *annotation;
    } clouds[] = {
        {"provider.azurekv.serviceAccountRef", CLIENT_ID},
        {"provider.aws.auth.jwt.serviceAccountRef", ROLE_ARN},
    };
    for (size_t i = 0; i < sizeof clouds / sizeof clouds[0]; i++) {
        const struct raw *reference = raw_at(use->spec, clouds[i].path);
        const struct raw *name = raw_find(reference, STR("name"));
        if (name == NULL || raw_find(reference, STR("namespace")) != NULL ||
            is_made(scene, name->text))
            continue;
        const struct raw_use *account = account_find(check, scene, name->text);
        const struct raw *annotations =
            account == NULL
                ? NULL
                : raw_at(account->object->root, "metadata.annotations");
        if (raw_find(annotations, str_from(clouds[i].annotation)) == NULL)
            return report_account(check, use, name, account,
                                  clouds[i].annotation);
    }
    return false;
}
