/*
 * Every name that is made from others, in one place: objects, labels, files'
 * folders, secrets in a vault.
 */
#ifndef EMIT_KUBERNETES_NAMES_H
#define EMIT_KUBERNETES_NAMES_H

#include "emit/kubernetes/plan.h"

/* The label that tells the colours apart; the pipeline moves it in Services'
 * selectors. */
#define LABEL_COLOUR "broxc/colour"
/* On what an administrator applies and the pipeline must not. */
#define LABEL_APPLIED_BY "broxc/applied-by"
#define APPLIED_BY_ADMINISTRATOR "administrator"
/* What a namespace is for. */
#define LABEL_ENVIRONMENT "broxc/environment"
#define LABEL_TIER "broxc/tier"

/* On a preview's namespace: its pull request, and whose facts it has. */
#define LABEL_PREVIEW "broxc/preview"
#define LABEL_PREVIEW_OF "broxc/preview-of"
#define STORE_ACCOUNT "vault-reader" /* reads the environment's vault */

#define COLOUR_ACTIVE "blue" /* until the pipeline says otherwise */
#define COLOUR_IDLE "green"
#define UNRELEASED_TAG "unreleased" /* an image's, until the pipeline says */

/* `api-config`, and `api-config-4f2kd8t9mh` by the hash of its content. */
struct str name_config(struct arena *arena, const struct service *service);
struct str name_config_hashed(struct arena *arena,
                              const struct workload *workload);
/* `STEM-4f2kd8t9mh` by the hash of `content`. */
struct str name_by_content(struct arena *arena, struct str stem,
                           struct str content);
/* The Service that names each pod of a stateful set. */
struct str name_peers(struct arena *arena, const struct service *service);
struct str name_secret(struct arena *arena, const struct service *service);
/* Of the secrets that are files. */
struct str name_secret_files(struct arena *arena,
                             const struct service *service);
struct str name_preview(struct arena *arena, const struct service *service);
struct str name_stable(struct arena *arena, const struct service *service);
/* Of what a step asks of the metrics: `share-20`, `watch`. */
struct str name_analysis(struct arena *arena, const struct step *step);
struct str name_migration(struct arena *arena, const struct service *service);
/* `api-blue`; `api` when `colour` is empty. */
struct str name_coloured(struct arena *arena, const struct service *service,
                         struct str colour);
/* The Certificate of an environment, and the Secret it fills. */
struct str name_certificate(struct arena *arena, const struct ir *ir);
struct str name_certificate_secret(struct arena *arena, const struct ir *ir);
/* The group whose members deploy: NAMESPACE-deployers. */
struct str name_deployers(struct arena *arena,
                          const struct environment *environment);
/* What an administrator applies so that pull requests run by themselves: who
 * makes their namespaces, and the ClusterRole of that; the ClusterRole by which
 * it releases into them; the policy that holds it there, and the store that has
 * their secrets. */
struct str name_preview_deployer(struct arena *arena,
                                 const struct environment *environment);
struct str name_preview_release(struct arena *arena,
                                const struct environment *environment);
struct str name_previews(struct arena *arena,
                         const struct environment *environment);
/* DATABASE_URL is `database-url` in the vault: Azure Key Vault takes letters,
 * digits and hyphens. */
struct str vault_key(struct arena *arena, struct str secret);

/* The settings that a workload gets, sorted by key, each once. */
struct config_list {
    const struct setting *const *at;
    size_t count;
};
struct config_list config_sorted(struct arena *arena,
                                 const struct workload *workload);
/* A setting as text, as a program reads it from its variables. */
struct str config_text(const struct value *value);

#endif
