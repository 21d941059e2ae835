#include "check/generated.h"

#include "ir/edge.h"
#include "ir/issuer.h"
#include "ir/release.h"

typedef bool environment_question(const struct ir *ir,
                                  const struct environment *environment);
typedef bool workload_question(const struct workload *workload);

static environment_question is_always, is_closed, has_solver, has_vault,
    is_at_gateway;
static workload_question is_any, has_migration, has_config, has_secrets,
    has_service, has_preview, has_stable, has_ingress, is_job, is_plain,
    is_plain_scaled, is_coloured_scaled, is_plain_many, is_coloured_many,
    is_stateful, is_deployed, has_files;

static const struct {
    const char *group;
    const char *kind;
    const char *name;
    environment_question *exists;
} of_environment[] = {
#define OF_ENVIRONMENT(group, kind, name, exists) {group, kind, name, exists},
#include "check/generated.def"
#undef OF_ENVIRONMENT
};

static const struct {
    const char *group;
    const char *kind;
    const char *suffix;
    workload_question *exists;
} of_workload[] = {
#define OF_WORKLOAD(group, kind, suffix, exists) {group, kind, suffix, exists},
#include "check/generated.def"
#undef OF_WORKLOAD
};

static void put_of_workload(struct check *check,
                            const struct workload *workload, struct map *map);

struct str
object_key(struct arena *arena, struct str group, struct str kind,
           struct str name)
{
    return arena_format(arena, "{}/{}/{}", STRS(group, kind, name));
}

/* The certificate is called as the project, its issuer as who issues. */
static void
put_certificate(struct check *check, const struct environment *environment,
                struct map *map)
{
    const struct ir *ir = check->ir;
    struct str group = STR("cert-manager.io");
    if (!has_certificate(ir, environment))
        return;
    map_put(
        map,
        object_key(check->arena, group, STR("Certificate"), ir->project->name),
        &ir->tls->span);
    if (has_own_issuer(ir, environment))
        map_put(map,
                object_key(check->arena, group, STR("Issuer"),
                           issuer_object_name(ir)),
                &ir->tls->span);
}

static void
put_redirects(struct check *check, const struct environment *environment,
              struct map *map)
{
    for (size_t i = 0; i < environment->redirect_count; i++) {
        const struct redirect *redirect = &environment->redirects[i];
        if (is_value_known(redirect->from))
            map_put(map,
                    object_key(check->arena,
                               has_gateway(environment)
                                   ? STR("gateway.networking.k8s.io")
                                   : STR("networking.k8s.io"),
                               has_gateway(environment) ? STR("HTTPRoute")
                                                        : STR("Ingress"),
                               redirect_name(check->arena, redirect)),
                    &redirect->span);
    }
}

static void
put_routes(struct check *check, const struct environment *environment,
           struct map *map)
{
    struct arena *arena = check->arena;
    struct str group = STR("gateway.networking.k8s.io");
    struct str kind = STR("HTTPRoute");
    if (!has_gateway(environment))
        return;
    if (has_own_gateway(environment))
        map_put(
            map,
            object_key(arena, group, STR("Gateway"), check->ir->project->name),
            &environment->ingress->span);
    if (redirects_http(check->ir, environment))
        map_put(map, object_key(arena, group, kind, STR("https.redirect")),
                &environment->ingress->span);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        struct route_groups groups = route_groups_of(arena, workload);
        for (size_t k = 0; k < groups.count; k++)
            map_put(map,
                    object_key(arena, group, kind,
                               route_group_name(arena, workload, k)),
                    &workload->span);
    }
}

static void
put_accesses(struct check *check, const struct environment *environment,
             struct map *map)
{
    struct str group = STR("rbac.authorization.k8s.io");
    for (size_t i = 0; i < environment->access_count; i++) {
        const struct access *access = &environment->accesses[i];
        for (enum access_role role = ACCESS_VIEW; role < ACCESS_COUNT; role++) {
            struct str name = access_role_object(role);
            if (!access->has_role[role])
                continue;
            map_put(map, object_key(check->arena, group, STR("Role"), name),
                    &access->span);
            map_put(map,
                    object_key(check->arena, group, STR("RoleBinding"), name),
                    &access->span);
        }
    }
}

/* `share-20`, `watch`: see emit/kubernetes/names.c. */
static void
put_analysis(struct check *check, const struct environment *environment,
             const struct step *step, struct map *map)
{
    struct str name = STR("watch");
    if (step->threshold_count == 0 ||
        (step->kind != STEP_WATCH && !is_share_known(step)))
        return;
    if (step->kind == STEP_SHARE)
        name = share_name(check->arena, step);
    map_put(map,
            object_key(check->arena, STR("argoproj.io"),
                       STR("AnalysisTemplate"), name),
            &environment->deploy->span);
}

static void
put_analyses(struct check *check, const struct environment *environment,
             struct map *map)
{
    const struct deploy *deploy = environment->deploy;
    for (size_t i = 0; has_rollouts(environment) && i < deploy->step_count; i++)
        put_analysis(check, environment, &deploy->steps[i], map);
}

void
put_generated(struct check *check, const struct environment *environment,
              struct map *map)
{
    for (size_t i = 0; i < sizeof of_environment / sizeof of_environment[0];
         i++) {
        if (of_environment[i].exists(check->ir, environment))
            map_put(map,
                    object_key(check->arena, str_from(of_environment[i].group),
                               str_from(of_environment[i].kind),
                               str_from(of_environment[i].name)),
                    &environment->span);
    }
    put_certificate(check, environment, map);
    put_analyses(check, environment, map);
    put_redirects(check, environment, map);
    put_accesses(check, environment, map);
    put_routes(check, environment, map);
    for (size_t i = 0; i < environment->workload_count; i++)
        put_of_workload(check, environment->workloads[i], map);
}

static void
put_of_workload(struct check *check, const struct workload *workload,
                struct map *map)
{
    struct arena *arena = check->arena;
    for (size_t i = 0; i < sizeof of_workload / sizeof of_workload[0]; i++) {
        if (!of_workload[i].exists(workload))
            continue;
        struct str name = arena_format(
            arena, "{}{}",
            STRS(workload->service->name, str_from(of_workload[i].suffix)));
        map_put(map,
                object_key(arena, str_from(of_workload[i].group),
                           str_from(of_workload[i].kind), name),
                &workload->service->span);
    }
}

/* ---- what exists -------------------------------------------------------- */

static bool
is_always(const struct ir *ir, const struct environment *environment)
{
    (void)ir;
    (void)environment;
    return true;
}

static bool
is_closed(const struct ir *ir, const struct environment *environment)
{
    (void)environment;
    return !is_network_open(ir);
}

static bool
has_solver(const struct ir *ir, const struct environment *environment)
{
    return has_own_issuer(ir, environment);
}

static bool
is_at_gateway(const struct ir *ir, const struct environment *environment)
{
    (void)ir;
    return has_own_gateway(environment);
}

static bool
has_vault(const struct ir *ir, const struct environment *environment)
{
    (void)ir;
    return environment->vault != NULL;
}

static bool
is_any(const struct workload *workload)
{
    (void)workload;
    return true;
}

static bool
has_migration(const struct workload *workload)
{
    return workload->migration != NULL;
}

static bool
has_config(const struct workload *workload)
{
    return workload->config_count > 0;
}

static bool
has_secrets(const struct workload *workload)
{
    return workload->secret_count > 0 && workload->environment->vault != NULL;
}

static bool
is_job(const struct workload *workload)
{
    return !runs_steadily(workload->service);
}

static bool
has_service(const struct workload *workload)
{
    return !is_job(workload) && workload->port_count > 0;
}

static bool
has_preview(const struct workload *workload)
{
    return strategy_of(workload) != STRATEGY_ROLLING;
}

static bool
has_stable(const struct workload *workload)
{
    return has_rollout(workload) && strategy_of(workload) == STRATEGY_CANARY;
}

static bool
has_ingress(const struct workload *workload)
{
    return has_service(workload) && workload->hosts != NULL &&
           workload->hosts->item_count > 0 &&
           !has_gateway(workload->environment);
}

static bool
is_stateful(const struct workload *workload)
{
    return workload->service->kind == SERVICE_STATEFUL;
}

static bool
has_files(const struct workload *workload)
{
    return workload->file_count > 0;
}

static bool
is_plain(const struct workload *workload)
{
    return !is_job(workload) && !is_coloured(workload);
}

static bool
is_deployed(const struct workload *workload)
{
    return is_plain(workload) && !is_stateful(workload);
}

static bool
is_scaled(const struct workload *workload)
{
    return is_value_known(workload->scale);
}

static bool
is_plain_scaled(const struct workload *workload)
{
    return is_plain(workload) && is_scaled(workload);
}

static bool
is_coloured_scaled(const struct workload *workload)
{
    return is_coloured(workload) && is_scaled(workload);
}

/* Two replicas or more at the least: then it has a disruption budget. */
static bool
is_many(const struct workload *workload)
{
    const struct value *least =
        is_scaled(workload) ? &workload->scale->items[0] : workload->count;
    return is_value_known(least) && least->number >= 2;
}

static bool
is_plain_many(const struct workload *workload)
{
    return is_plain(workload) && is_many(workload);
}

static bool
is_coloured_many(const struct workload *workload)
{
    return is_coloured(workload) && is_many(workload);
}
