/*
 * W22: what the Gateway API has room for.
 */
#include "check/check.h"
#include "check/walk.h"
#include "ir/edge.h"

static void
report_limit(struct check *check, struct span span, struct str object,
             size_t count, const char *what, int64_t most, const char *help)
{
    struct arena *arena = check->arena;
    struct str needed =
        arena_format(arena, "{} {}",
                     STRS(arena_number(arena, (int64_t)count), str_from(what)));
    struct diag *diag =
        diag_add(check->sink, DIAG_W22, span,
                 STRS(object, needed, arena_number(arena, most)));
    diag_help(diag, "{}", STRS(str_from(help)));
    diag_about(diag, object);
}

/* One for each host, and one for plain HTTP. */
static void
judge_listeners(struct check *check, const struct environment *environment)
{
    size_t count = environment->host_count + 1;
    if (!has_own_gateway(environment) || count <= GATEWAY_LISTENERS_MAX)
        return;
    report_limit(check, environment->ingress->span, environment->name, count,
                 "listeners", GATEWAY_LISTENERS_MAX,
                 "let fewer names lead here, or split the environment");
}

static void
judge_group(struct check *check, const struct workload *workload,
            const struct route_group *group)
{
    if (group->route_count > ROUTE_RULES_MAX)
        report_limit(check, group->routes[ROUTE_RULES_MAX]->span,
                     workload_object(check, workload), group->route_count,
                     "rules for one host", ROUTE_RULES_MAX,
                     "write paths that are alike in one `host` statement");
}

static void
judge_routes(struct check *check, const struct workload *workload)
{
    if (!has_gateway(workload->environment))
        return;
    for (size_t i = 0; i < workload->route_count; i++) {
        const struct route *route = &workload->routes[i];
        if (route->paths != NULL && route->paths->item_count > RULE_MATCHES_MAX)
            report_limit(check, route->span, workload_object(check, workload),
                         route->paths->item_count, "paths in one rule",
                         RULE_MATCHES_MAX,
                         "divide them between several `host` statements");
    }
    struct route_groups groups = route_groups_of(check->arena, workload);
    for (size_t i = 0; i < groups.count; i++)
        judge_group(check, workload, &groups.at[i]);
}

void
check_gateway_limits(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        judge_listeners(check, check->ir->environments[i]);
    each_workload(check, judge_routes);
}
