/*
 * Families P and W, from settings that lead to a service of the same
 * environment (W16), or to one resource from two environments (P06).
 */
#include "check/check.h"
#include "check/places.h"
#include "check/references.h"
#include "check/settings.h"
#include "check/walk.h"
#include "check/words.h"
#include "base/map.h"

/* One environment's settings: where each leads, and who follows it. */
struct roads {
    const struct service **targets;  /* by key; NULL: to no service here */
    bool *is_taken;                  /* by key: somebody gets the setting */
    bool *is_declared;               /* by key: and says `calls` */
    const struct workload **callers; /* by service: whose `calls` was read */
};

static void judge_roads(struct check *check, const struct map *services,
                        const struct environment *environment);
static void judge_resources(struct check *check,
                            const struct environment *first,
                            const struct environment *second);

/* W16 */
void
check_call_undeclared(struct check *check)
{
    struct map services;
    map_init(&services, check->arena);
    for (size_t i = 0; i < check->ir->service_count; i++)
        map_put(&services, check->ir->services[i]->name,
                check->ir->services[i]);
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_roads(check, &services, check->ir->environments[i]);
}

/* P06 */
void
check_resource_shared(struct check *check)
{
    each_environment_pair(check, judge_resources);
}

/* ---- W16 ---------------------------------------------------------------- */

/* `http://api:3000`, `api:3000`, `api.shop-production.svc`; a lone `api` only
 * where a host is meant. */
static const struct service *
target_find(struct check *check, const struct map *services,
            const struct environment *environment,
            const struct setting *setting)
{
    struct str rest = setting->value->text;
    struct reference reference;
    while (reference_next(check->arena, &rest, &reference)) {
        struct cluster_name name;
        if (!cluster_name_read(reference.host, &name))
            continue;
        bool is_here = is_str_empty(name.namespace_name)
                           ? reference.has_scheme || reference.has_port ||
                                 setting->key->type == TYPE_HOST
                           : is_value_known(environment->namespace_name) &&
                                 is_str_equal(environment->namespace_name->text,
                                              name.namespace_name);
        const struct service *service = map_find(services, name.service);
        if (is_here && service != NULL &&
            workload_find(environment, service) != NULL)
            return service;
    }
    return NULL;
}

/* True when one leads to a service. */
static bool
find_targets(struct check *check, const struct map *services,
             const struct environment *environment, struct roads *roads)
{
    bool is_one_found = false;
    for (size_t i = 0; i < check->ir->config_key_count; i++) {
        const struct setting *setting = &environment->settings[i];
        if (is_value_known(setting->value) &&
            setting->value->kind == VALUE_TEXT)
            roads->targets[i] =
                target_find(check, services, environment, setting);
        is_one_found = is_one_found || roads->targets[i] != NULL;
    }
    return is_one_found;
}

static void
follow_roads(struct roads *roads, const struct workload *workload)
{
    for (size_t i = 0; i < workload->call_count; i++)
        roads->callers[workload->calls[i].service->index] = workload;
    for (size_t i = 0; i < workload->config_count; i++) {
        size_t key = workload->config[i]->key->index;
        const struct service *target = roads->targets[key];
        if (target == NULL || target == workload->service)
            continue;
        roads->is_taken[key] = true;
        if (roads->callers[target->index] == workload)
            roads->is_declared[key] = true;
    }
}

static void
report_road(struct check *check, const struct environment *environment,
            const struct setting *setting, const struct service *target)
{
    struct diag *diag = diag_add(check->sink, DIAG_W16, setting->value->span,
                                 STRS(setting->key->name, target->name));
    diag_label(diag, "leads to `{}`, which is closed to all that do not say so",
               STRS(target->name));
    diag_help(diag, "write `calls {}` in the service that uses it",
              STRS(target->name));
    diag_about(diag, setting_object(check, environment, setting));
}

/* One that gets `config all` need not use everything: it is enough that some
 * service which gets the key says `calls`. */
static void
judge_roads(struct check *check, const struct map *services,
            const struct environment *environment)
{
    const struct ir *ir = check->ir;
    struct arena *arena = check->arena;
    struct roads roads = {
        arena_array(arena, ir->config_key_count, sizeof *roads.targets),
        arena_array(arena, ir->config_key_count, sizeof *roads.is_taken),
        arena_array(arena, ir->config_key_count, sizeof *roads.is_declared),
        NULL,
    };
    if (!find_targets(check, services, environment, &roads))
        return;
    roads.callers =
        arena_array(arena, ir->service_count, sizeof *roads.callers);
    for (size_t i = 0; i < environment->workload_count; i++)
        follow_roads(&roads, environment->workloads[i]);
    for (size_t i = 0; i < ir->config_key_count; i++) {
        if (roads.is_taken[i] && !roads.is_declared[i])
            report_road(check, environment, &environment->settings[i],
                        roads.targets[i]);
    }
}

/* ---- P06 ---------------------------------------------------------------- */

/* DATABASE_URL, REDIS_HOST, UPLOAD_BUCKET: what holds somebody's data. */
static bool
is_resource_key(struct str key)
{
    static const char *const kinds[] = {
        "DATABASE", "DB",       "POSTGRES", "POSTGRESQL", "MYSQL",
        "MARIADB",  "MONGO",    "MONGODB",  "REDIS",      "QUEUE",
        "BROKER",   "RABBITMQ", "KAFKA",    "STORAGE",    NULL};
    static const char *const endings[] = {"URL",      "URI",      "HOST",
                                          "ENDPOINT", "DSN",      "SERVER",
                                          "ACCOUNT",  "HOSTNAME", NULL};
    return ends_with_word(key, "BUCKET") ||
           (word_find(key, kinds) != NULL &&
            last_word_find(key, endings) != NULL);
}

/* A name without a dot is the namespace's own, and `localhost` the pod's. */
static bool
is_outside(struct check *check, const struct setting *setting)
{
    struct str key = setting->key->name;
    if (ends_with_word(key, "BUCKET") || ends_with_word(key, "ACCOUNT"))
        return true;
    struct str rest = setting->value->text;
    struct reference reference;
    return reference_next(check->arena, &rest, &reference) &&
           has_byte(reference.host, '.') &&
           !has_prefix(reference.host, STR("127."));
}

static void
judge_resource(struct check *check, const struct environment *lower,
               const struct environment *production, size_t key_index)
{
    const struct setting *setting = &lower->settings[key_index];
    const struct value *value = setting->value;
    const struct value *other = production->settings[key_index].value;
    if (!is_value_known(value) || !is_value_equal(value, other) ||
        !is_resource_key(setting->key->name) || !is_outside(check, setting))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_P06, value->span,
                 STRS(lower->name, production->name, setting->key->name));
    diag_label(diag, "what `{}` does here happens to `{}`",
               STRS(lower->name, production->name));
    diag_note(diag, place_apart(other->span, value->span, production->span),
              "`{}` has the same", STRS(production->name));
    diag_help(diag, "give `{}` one of its own", STRS(lower->name));
    diag_about(diag, setting_object(check, lower, setting));
}

static void
judge_resources(struct check *check, const struct environment *first,
                const struct environment *second)
{
    const struct environment *production =
        first->tier == TIER_PRODUCTION ? first : second;
    const struct environment *lower = production == first ? second : first;
    if (production->tier != TIER_PRODUCTION || lower->tier == TIER_PRODUCTION)
        return;
    for (size_t i = 0; i < check->ir->config_key_count; i++)
        judge_resource(check, lower, production, i);
}
