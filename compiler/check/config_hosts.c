/*
 * Families P and W, from the hosts in settings: which environment and which
 * service a value leads to.
 */
#include "check/check.h"
#include "check/references.h"
#include "check/settings.h"
#include "base/buf.h"
#include "base/map.h"

/* Who serves a host. One host may be served in several environments. */
struct host_owner {
    const struct workload *workload;
    const struct value *host;
    const struct host_owner *next;
};

/* Everything by name, so that each rule is one walk over the settings. */
struct hosts {
    struct map owners;     /* host -> struct host_owner */
    struct map variables;  /* API for `api` -> struct service; empty where no
                              key names one */
    struct map namespaces; /* namespace -> struct environment */
};

static const struct hosts *hosts_of(struct check *check);
static const struct host_owner *foreign_owner_find(
    struct check *check, const struct hosts *hosts,
    const struct environment *environment, const struct value *value);
static void judge_foreign_host(struct check *check, const struct hosts *hosts,
                               const struct environment *environment,
                               const struct setting *setting);
static void judge_domain_key(struct check *check, const struct hosts *hosts,
                             const struct environment *environment,
                             const struct setting *setting);
static void judge_cross_call(struct check *check, const struct hosts *hosts,
                             const struct environment *environment,
                             const struct setting *setting);

typedef void host_judge(struct check *check, const struct hosts *hosts,
                        const struct environment *environment,
                        const struct setting *setting);

static void each_text(struct check *check, host_judge *judge);

/* P07 */
void
check_foreign_host(struct check *check)
{
    each_text(check, judge_foreign_host);
}

/* P14 */
void
check_domain_keys(struct check *check)
{
    each_text(check, judge_domain_key);
}

/* W15 */
void
check_cross_call(struct check *check)
{
    each_text(check, judge_cross_call);
}

static void
each_text(struct check *check, host_judge *judge)
{
    const struct hosts *hosts = hosts_of(check);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; j < check->ir->config_key_count; j++) {
            const struct setting *setting = &environment->settings[j];
            if (is_value_known(setting->value) &&
                setting->value->kind == VALUE_TEXT)
                judge(check, hosts, environment, setting);
        }
    }
}

/* ---- who is where ------------------------------------------------------- */

static void
add_owners(struct hosts *hosts, struct arena *arena,
           const struct workload *workload)
{
    const struct value *list = workload->hosts;
    for (size_t i = 0; list != NULL && i < list->item_count; i++) {
        const struct value *host = &list->items[i];
        struct reference reference;
        struct str rest = host->text;
        if (!is_value_known(host) || !reference_next(arena, &rest, &reference))
            continue;
        struct host_owner *owner = arena_new(arena, sizeof *owner);
        *owner = (struct host_owner){workload, host,
                                     map_find(&hosts->owners, reference.host)};
        map_put(&hosts->owners, reference.host, owner);
    }
}

/* `mail-worker` is MAIL_WORKER in a key. */
static struct str
variable_name(struct arena *arena, struct str service)
{
    struct buf name;
    buf_init(&name, arena);
    for (size_t i = 0; i < service.len; i++) {
        char byte = service.at[i];
        if (byte >= 'a' && byte <= 'z')
            byte = (char)(byte - 'a' + 'A');
        buf_byte(&name, byte == '-' ? '_' : byte);
    }
    return buf_str(&name);
}

/* The service in a key such as API_DOMAIN; empty for other keys. */
static struct str
domain_stem(struct str key)
{
    static const char *const endings[] = {"_DOMAIN", "_HOST", "_HOSTNAME"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct str ending = str_from(endings[i]);
        if (key.len > ending.len && has_suffix(key, ending))
            return str_slice(key, 0, key.len - ending.len);
    }
    return STR("");
}

static bool
has_domain_key(const struct ir *ir)
{
    for (size_t i = 0; i < ir->config_key_count; i++) {
        if (!is_str_empty(domain_stem(ir->config_keys[i].name)))
            return true;
    }
    return false;
}

/* Made for the first rule that asks. */
static const struct hosts *
hosts_of(struct check *check)
{
    const struct ir *ir = check->ir;
    if (check->hosts != NULL)
        return check->hosts;
    struct hosts *hosts = arena_new(check->arena, sizeof *hosts);
    map_init(&hosts->owners, check->arena);
    map_init(&hosts->variables, check->arena);
    map_init(&hosts->namespaces, check->arena);
    for (size_t i = 0; has_domain_key(ir) && i < ir->service_count; i++)
        map_put(&hosts->variables,
                variable_name(check->arena, ir->services[i]->name),
                ir->services[i]);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (is_value_known(environment->namespace_name))
            map_put(&hosts->namespaces, environment->namespace_name->text,
                    environment);
        for (size_t j = 0; j < environment->workload_count; j++)
            add_owners(hosts, check->arena, environment->workloads[j]);
    }
    check->hosts = hosts;
    return hosts;
}

/* ---- P07 ---------------------------------------------------------------- */

/* One of another tier; NULL when the environment serves the host as well. */
static const struct host_owner *
owner_elsewhere(const struct hosts *hosts, struct str host,
                const struct environment *environment)
{
    const struct host_owner *found = NULL;
    for (const struct host_owner *owner = map_find(&hosts->owners, host);
         owner != NULL; owner = owner->next) {
        if (owner->workload->environment == environment)
            return NULL;
        if (owner->workload->environment->tier != environment->tier)
            found = owner;
    }
    return found;
}

static const struct host_owner *
foreign_owner_find(struct check *check, const struct hosts *hosts,
                   const struct environment *environment,
                   const struct value *value)
{
    struct str rest = value->text;
    struct reference reference;
    while (reference_next(check->arena, &rest, &reference)) {
        const struct host_owner *owner =
            owner_elsewhere(hosts, reference.host, environment);
        if (owner != NULL)
            return owner;
    }
    return NULL;
}

static void
judge_foreign_host(struct check *check, const struct hosts *hosts,
                   const struct environment *environment,
                   const struct setting *setting)
{
    const struct value *value = setting->value;
    const struct host_owner *owner =
        foreign_owner_find(check, hosts, environment, value);
    if (owner == NULL)
        return;
    const struct workload *workload = owner->workload;
    struct diag *diag = diag_add(check->sink, DIAG_P07, value->span,
                                 STRS(setting->key->name, environment->name,
                                      workload->environment->name));
    diag_label(diag, "a host of `{}`", STRS(workload->environment->name));
    note_default(diag, environment, setting);
    diag_note(diag, owner->host->span, "`{}` serves it",
              STRS(workload_object(check, workload)));
    diag_help(diag, "`${{env.host.{}}` is right in every environment",
              STRS(workload->service->name));
    diag_about(diag, setting_object(check, environment, setting));
}

/* ---- P14 ---------------------------------------------------------------- */

static bool
is_host_of(const struct workload *workload, struct str host)
{
    for (size_t i = 0; i < workload->hosts->item_count; i++) {
        if (is_str_equal_nocase(workload->hosts->items[i].text, host))
            return true;
    }
    return false;
}

/* Names without a dot lead to a service inside the cluster. */
static void
judge_domain_key(struct check *check, const struct hosts *hosts,
                 const struct environment *environment,
                 const struct setting *setting)
{
    const struct value *value = setting->value;
    const struct service *service =
        map_find(&hosts->variables, domain_stem(setting->key->name));
    const struct workload *workload =
        service == NULL ? NULL : workload_find(environment, service);
    struct cluster_name inside;
    struct reference reference;
    struct str rest = value->text;
    if (workload == NULL || !is_value_known(workload->hosts) ||
        workload->hosts->item_count == 0 ||
        !reference_next(check->arena, &rest, &reference) ||
        !has_byte(reference.host, '.') ||
        (cluster_name_read(reference.host, &inside) && inside.has_suffix) ||
        is_host_of(workload, reference.host) ||
        foreign_owner_find(check, hosts, environment, value) != NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_P14, value->span,
                 STRS(setting->key->name, environment->name, service->name));
    diag_label(diag, "`{}` does not serve it", STRS(service->name));
    note_default(diag, environment, setting);
    diag_note(diag, workload->hosts->span, "it serves this", NO_STRS);
    diag_help(diag, "write `${{env.host.{}}`, or leave the key to its default",
              STRS(service->name));
    diag_about(diag, setting_object(check, environment, setting));
}

/* ---- W15 ---------------------------------------------------------------- */

static const struct environment *
namespace_owner_find(const struct hosts *hosts, struct str host,
                     const struct environment *environment)
{
    struct cluster_name name;
    if (!cluster_name_read(host, &name) || is_str_empty(name.namespace_name) ||
        (is_value_known(environment->namespace_name) &&
         is_str_equal_nocase(environment->namespace_name->text,
                             name.namespace_name)))
        return NULL;
    return map_find(&hosts->namespaces, name.namespace_name);
}

static void
judge_cross_call(struct check *check, const struct hosts *hosts,
                 const struct environment *environment,
                 const struct setting *setting)
{
    const struct value *value = setting->value;
    const struct environment *other = NULL;
    struct str rest = value->text;
    struct reference reference;
    while (other == NULL && reference_next(check->arena, &rest, &reference))
        other = namespace_owner_find(hosts, reference.host, environment);
    if (other == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_W15, value->span,
                 STRS(setting->key->name, environment->name, other->name));
    diag_label(diag, "`{}` is the namespace of `{}`",
               STRS(other->namespace_name->text, other->name));
    note_default(diag, environment, setting);
    diag_note(diag, other->span, "`{}` is here", STRS(other->name));
    diag_help(diag, "a name without a namespace leads to the environment's own",
              NO_STRS);
    diag_about(diag, setting_object(check, environment, setting));
}
