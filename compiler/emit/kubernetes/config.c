#include "emit/kubernetes/config.h"

#include "emit/kubernetes/kinds.h"
#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"

#define STORE "vault"

/* ---- ConfigMap ---------------------------------------------------------- */

static struct str
config_map_name(const struct instance *instance)
{
    struct arena *arena = instance->plan->arena;
    if (instance->part == PART_WHOLE)
        return name_config_hashed(arena, instance->workload);
    return name_config(arena, instance->workload->service);
}

static void
emit_setting(struct yaml *yaml, const struct setting *setting)
{
    if (is_value_known(setting->value))
        yaml_text_named(yaml, setting->key->name, config_text(setting->value));
    else
        emit_waiting(yaml, setting->key->name, setting->value);
}

static void
emit_config_data(struct yaml *yaml, const struct instance *instance)
{
    struct config_list config =
        config_sorted(instance->plan->arena, instance->workload);
    bool is_open = false;
    for (size_t i = 0; i < config.count; i++) {
        if (!has_config_key(instance, config.at[i]))
            continue;
        if (!is_open)
            yaml_map(yaml, "data");
        is_open = true;
        emit_setting(yaml, config.at[i]);
    }
    if (is_open)
        yaml_end(yaml);
}

/* It never changes: another content has another name, so that the release
 * before this one keeps its own, and goes back to it. */
void
emit_config_map(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "v1", "ConfigMap", config_map_name(instance));
    if (has_section(instance, SECTION_COMMON))
        yaml_bool(yaml, "immutable", true);
    emit_config_data(yaml, instance);
}

/* ---- ExternalSecret ----------------------------------------------------- */

static void
emit_secret_target(struct yaml *yaml, struct str name)
{
    yaml_text(yaml, "refreshInterval", STR("1h0m0s"));
    yaml_map(yaml, "secretStoreRef");
    yaml_word(yaml, "kind", "SecretStore");
    yaml_word(yaml, "name", STORE);
    yaml_end(yaml);
    yaml_map(yaml, "target");
    yaml_text(yaml, "name", name);
    yaml_word(yaml, "creationPolicy", "Owner");
    yaml_word(yaml, "deletionPolicy", "Retain");
    yaml_end(yaml);
}

static void
emit_secret_key(struct yaml *yaml, const struct secret *secret)
{
    yaml_item(yaml);
    yaml_text(yaml, "secretKey", secret->name);
    yaml_map(yaml, "remoteRef");
    yaml_text(yaml, "key", vault_key(yaml->arena, secret->name));
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_secret_keys(struct yaml *yaml, const struct workload *workload)
{
    yaml_list(yaml, "data");
    for (size_t i = 0; i < workload->secret_count; i++)
        emit_secret_key(yaml, workload->secrets[i]);
    yaml_end(yaml);
}

void
emit_external_secret(struct yaml *yaml, const struct instance *instance)
{
    struct str name =
        name_secret(instance->plan->arena, instance->workload->service);
    object_start(yaml, instance, "external-secrets.io/v1", "ExternalSecret",
                 name);
    if (!has_any_section(instance, SECTION(COMMON) | SECTION(SECRETS)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON))
        emit_secret_target(yaml, name);
    if (has_section(instance, SECTION_SECRETS))
        emit_secret_keys(yaml, instance->workload);
    yaml_end(yaml);
}

void
emit_secret_files(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    struct str name =
        name_secret_files(instance->plan->arena, workload->service);
    object_start(yaml, instance, "external-secrets.io/v1", "ExternalSecret",
                 name);
    if (!has_any_section(instance, SECTION(COMMON) | SECTION(SECRET_FILES)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON))
        emit_secret_target(yaml, name);
    if (has_section(instance, SECTION_SECRET_FILES)) {
        yaml_list(yaml, "data");
        for (size_t i = 0; i < workload->secret_file_count; i++)
            emit_secret_key(yaml, workload->secret_files[i].secret);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* ---- the environment's vault -------------------------------------------- */

/* Who reads the vault: one identity an environment, and no key anywhere. */
void
emit_vault_account(struct yaml *yaml, const struct instance *instance)
{
    const struct project *project = instance->plan->ir->project;
    const struct vault *vault = instance->environment->vault;
    object_open(yaml, instance, APPLIER_PIPELINE, "v1", "ServiceAccount",
                STR(STORE_ACCOUNT));
    bool is_open =
        is_value_known(vault->identity) || is_value_known(project->tenant);
    if (is_open)
        yaml_map(yaml, "annotations");
    emit_value(yaml, "azure.workload.identity/client-id", vault->identity);
    emit_value(yaml, "azure.workload.identity/tenant-id", project->tenant);
    if (is_open)
        yaml_end(yaml);
    yaml_end(yaml);
    yaml_bool(yaml, "automountServiceAccountToken", false);
}

void
emit_secret_store(struct yaml *yaml, const struct instance *instance)
{
    const struct vault *vault = instance->environment->vault;
    object_start(yaml, instance, "external-secrets.io/v1", "SecretStore",
                 STR(STORE));
    yaml_map(yaml, "spec");
    yaml_map(yaml, "provider");
    yaml_map(yaml, "azurekv");
    yaml_word(yaml, "authType", "WorkloadIdentity");
    if (is_value_known(vault->name))
        yaml_text(yaml, "vaultUrl",
                  arena_format(instance->plan->arena,
                               "https://{}.vault.azure.net",
                               STRS(vault->name->text)));
    else
        emit_waiting(yaml, STR("vaultUrl"), vault->name);
    yaml_map(yaml, "serviceAccountRef");
    yaml_word(yaml, "name", STORE_ACCOUNT);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}
