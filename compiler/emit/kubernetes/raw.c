#include "emit/kubernetes/raw.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"

static void emit_raw_item(struct yaml *yaml, const struct raw_scope *scope,
                          const struct raw *raw);
static void emit_raw_map(struct yaml *yaml, const struct raw_scope *scope,
                         const struct raw *raw, bool is_config);
static void emit_raw_list(struct yaml *yaml, const struct raw_scope *scope,
                          const struct raw *raw);

/* Below these keys `name` is that of a ConfigMap. */
static bool
is_config_key(struct str key)
{
    return is_str_equal(key, STR("configMap")) ||
           is_str_equal(key, STR("configMapKeyRef")) ||
           is_str_equal(key, STR("configMapRef"));
}

void
emit_raw_entry(struct yaml *yaml, const struct raw_scope *scope, struct str key,
               const struct raw *raw)
{
    switch (raw->kind) {
    case RAW_NULL:
    case RAW_BOOL:
    case RAW_INTEGER:
    case RAW_NUMBER:
        yaml_plain_named(yaml, key, raw->text);
        return;
    case RAW_TEXT:
        yaml_text_named(yaml, key, raw->text);
        return;
    case RAW_LIST:
        yaml_list_named(yaml, key);
        emit_raw_list(yaml, scope, raw);
        return;
    case RAW_MAP:
        yaml_map_named(yaml, key);
        emit_raw_map(yaml, scope, raw, is_config_key(key));
        return;
    }
}

static void
emit_raw_item(struct yaml *yaml, const struct raw_scope *scope,
              const struct raw *raw)
{
    switch (raw->kind) {
    case RAW_NULL:
    case RAW_BOOL:
    case RAW_INTEGER:
    case RAW_NUMBER:
        yaml_item_plain(yaml, raw->text);
        return;
    case RAW_TEXT:
        yaml_item_text(yaml, raw->text);
        return;
    case RAW_LIST:
        yaml_item_list(yaml);
        emit_raw_list(yaml, scope, raw);
        return;
    case RAW_MAP:
        yaml_item(yaml);
        emit_raw_map(yaml, scope, raw, false);
        return;
    }
}

static void
emit_raw_list(struct yaml *yaml, const struct raw_scope *scope,
              const struct raw *raw)
{
    for (size_t i = 0; i < raw->entry_count; i++)
        emit_raw_item(yaml, scope, raw->entries[i].value);
    yaml_end(yaml);
}

/* ---- what an environment says otherwise --------------------------------- */

/* A subject of a RoleBinding, which must say where its account is. */
static bool
is_account_without_namespace(const struct raw *map)
{
    return is_str_equal(raw_text_at(map, STR("kind")), STR("ServiceAccount")) &&
           raw_find(map, STR("apiVersion")) == NULL &&
           raw_find(map, STR("name")) != NULL &&
           raw_find(map, STR("namespace")) == NULL;
}

/* `api` of `api-config`; empty when no ConfigMap of ours is called so. */
static struct str
config_owner(struct str name)
{
    struct str suffix = STR("-config");
    return has_suffix(name, suffix) ? str_slice(name, 0, name.len - suffix.len)
                                    : STR("");
}

static struct str
config_name(const struct raw_scope *scope, struct str name)
{
    struct str owner = config_owner(name);
    const struct environment *environment = scope->environment;
    for (size_t i = 0; environment != NULL && i < environment->workload_count;
         i++) {
        const struct workload *workload = environment->workloads[i];
        if (workload->config_count > 0 &&
            is_str_equal(workload->service->name, owner))
            return name_config_hashed(scope->plan->arena, workload);
    }
    return name;
}

static void
emit_raw_map(struct yaml *yaml, const struct raw_scope *scope,
             const struct raw *raw, bool is_config)
{
    for (size_t i = 0; i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        if (is_config && entry->value->kind == RAW_TEXT &&
            is_str_equal(entry->key, STR("name")))
            yaml_text(yaml, "name", config_name(scope, entry->value->text));
        else
            emit_raw_entry(yaml, scope, entry->key, entry->value);
    }
    if (scope->environment != NULL && is_account_without_namespace(raw))
        emit_value(yaml, "namespace", scope->environment->namespace_name);
    yaml_end(yaml);
}

static bool
is_config_of_ours(const struct ir *ir, const struct raw *raw)
{
    struct str owner = config_owner(raw_text_at(raw, STR("name")));
    for (size_t i = 0; i < ir->service_count; i++) {
        if (is_str_equal(ir->services[i]->name, owner))
            return true;
    }
    return false;
}

bool
has_own_names(const struct ir *ir, const struct raw *raw)
{
    if (is_account_without_namespace(raw))
        return true;
    for (size_t i = 0; i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        if ((is_config_key(entry->key) &&
             is_config_of_ours(ir, entry->value)) ||
            has_own_names(ir, entry->value))
            return true;
    }
    return false;
}
