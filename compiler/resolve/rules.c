#include "resolve/rules.h"

#include "resolve/bind.h"
#include "resolve/node.h"
#include "resolve/placement.h"

/* The block of the strongest statement with this word; empty without one. */
static struct scope
scope_below(const struct scope *scope, enum word_id id)
{
    return scope_inside(scope, scope_find(scope, id));
}

/* ---- one release after another ------------------------------------------ */

static struct update
resolve_update(const struct scope *scope)
{
    struct scope inside = scope_below(scope, WORD_UPDATE);
    return (struct update){
        .how = scope_value(scope, WORD_UPDATE),
        .surge = scope_value(&inside, WORD_UPDATE_SURGE),
        .unavailable = scope_value(&inside, WORD_UPDATE_UNAVAILABLE),
        .steady = scope_value(scope, WORD_STEADY),
        .progress = scope_value(scope, WORD_PROGRESS),
        .revisions = scope_value(scope, WORD_REVISIONS),
    };
}

/* What has a default is of no meaning for who runs steadily. */
static struct job_rules
resolve_job_rules(const struct scope *scope, const struct service *service)
{
    if (runs_steadily(service))
        return (struct job_rules){0};
    struct scope history = scope_below(scope, WORD_HISTORY);
    struct scope completions = scope_below(scope, WORD_COMPLETIONS);
    return (struct job_rules){
        .overlap = scope_value(scope, WORD_OVERLAP),
        .late = scope_value(scope, WORD_LATE),
        .history = scope_value(scope, WORD_HISTORY),
        .history_failed = scope_value(&history, WORD_HISTORY_FAILED),
        .retries = scope_value(scope, WORD_RETRIES),
        .time_limit = scope_value(scope, WORD_TIME_LIMIT),
        .parallel = scope_value(scope, WORD_PARALLEL),
        .completions = scope_value(scope, WORD_COMPLETIONS),
        .keep_finished = scope_value(scope, WORD_KEEP_FINISHED),
        .is_indexed = scope_has(&completions, WORD_INDEXED),
        .is_suspended = scope_has(scope, WORD_SUSPEND),
    };
}

/* ---- placement ---------------------------------------------------------- */

static void
add_affinities(const struct scope *scope, enum word_id id, struct vec *made)
{
    struct vec list = scope_list(scope, id);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        struct service_entry *service =
            bind_service(scope->resolver, scope_argument(scope, *at, 0));
        if (service == NULL)
            continue;
        *(struct affinity *)vec_add(made) = (struct affinity){
            .service = service->result,
            .is_near = id == WORD_NEAR,
            .over = scope_value(&inside, WORD_AFFINITY_OVER),
            .is_required = scope_has(&inside, WORD_REQUIRED),
            .weight = scope_value(&inside, WORD_WEIGHT),
            .span = at->node->span,
        };
    }
}

static void
resolve_affinities(const struct scope *scope, struct pod_placement *placement)
{
    struct vec affinities;
    vec_init(&affinities, scope->resolver->arena, sizeof(struct affinity));
    add_affinities(scope, WORD_NEAR, &affinities);
    add_affinities(scope, WORD_APART_FROM, &affinities);
    placement->affinities = affinities.items;
    placement->affinity_count = affinities.count;
}

static void
resolve_node_rules(const struct scope *scope, struct pod_placement *placement)
{
    struct vec list = scope_list(scope, WORD_NODES_WITH);
    struct node_rule *rules =
        arena_array(scope->resolver->arena, list.count, sizeof *rules);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        rules[i] = (struct node_rule){
            .label = node_key(at->node),
            .values = scope_argument(scope, *at, 1),
            .is_except = scope_has(&inside, WORD_NODES_EXCEPT),
            .is_preferred = scope_has(&inside, WORD_NODES_PREFERRED),
            .weight = scope_value(&inside, WORD_WEIGHT),
            .span = at->node->span,
        };
    }
    placement->node_rules = rules;
    placement->node_rule_count = list.count;
}

static void
resolve_spreads(const struct scope *scope, struct pod_placement *placement)
{
    struct vec list = scope_list(scope, WORD_SPREAD);
    struct spread *spreads =
        arena_array(scope->resolver->arena, list.count, sizeof *spreads);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scope, *at);
        spreads[i] = (struct spread){
            .over = node_key(at->node),
            .skew = scope_value(&inside, WORD_SPREAD_SKEW),
            .domains = scope_value(&inside, WORD_SPREAD_DOMAINS),
            .is_required = scope_has(&inside, WORD_REQUIRED),
            .span = at->node->span,
        };
    }
    placement->spreads = spreads;
    placement->spread_count = list.count;
}

static void
resolve_aliases(const struct scope *scope, struct pod_placement *placement)
{
    struct vec list = scope_list(scope, WORD_HOST_ALIAS);
    struct host_alias *aliases =
        arena_array(scope->resolver->arena, list.count, sizeof *aliases);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        aliases[i] = (struct host_alias){
            .address = node_key(at->node),
            .names = scope_argument(scope, *at, 1),
            .span = at->node->span,
        };
    }
    placement->aliases = aliases;
    placement->alias_count = list.count;
}

void
resolve_rules(const struct scope *scope, struct workload *workload)
{
    struct pod_placement *placement = &workload->placement;
    workload->update = resolve_update(scope);
    workload->job = resolve_job_rules(scope, workload->service);
    resolve_affinities(scope, placement);
    resolve_node_rules(scope, placement);
    resolve_spreads(scope, placement);
    resolve_aliases(scope, placement);
    placement->runtime_class = scope_value(scope, WORD_RUNTIME_CLASS);
    placement->scheduler = scope_value(scope, WORD_SCHEDULER);
    placement->dns_servers = scope_value(scope, WORD_DNS_SERVER);
    placement->dns_search = scope_value(scope, WORD_DNS_SEARCH);
    placement->dns_options =
        resolve_pairs(scope, WORD_DNS_OPTION, &placement->dns_option_count);
}

/* ---- scale -------------------------------------------------------------- */

static struct scale_rule
resolve_scale_rule(const struct scope *scale, enum word_id id)
{
    struct scope inside = scope_below(scale, id);
    return (struct scale_rule){
        .steps = scope_value(scale, id),
        .every = scope_value(&inside, WORD_SCALE_EVERY),
        .pick = scope_value(&inside, WORD_SCALE_PICK),
        .calm = scope_value(&inside, WORD_SCALE_RULE_CALM),
    };
}

static void
add_metrics(const struct scope *scale, enum word_id id, struct vec *metrics)
{
    struct vec list = scope_list(scale, id);
    for (size_t i = 0; i < list.count; i++) {
        const struct scope_node *at = vec_at(&list, i);
        struct scope inside = scope_inside(scale, *at);
        struct scale_metric *metric = vec_add(metrics);
        struct scope_node of = scope_find(&inside, WORD_METRIC_OF);
        metric->name = node_key(at->node);
        metric->value = scope_argument(scale, *at, 1);
        metric->is_total = scope_has(&inside, WORD_METRIC_TOTAL);
        metric->labels =
            resolve_pairs(&inside, WORD_METRIC_WHERE, &metric->label_count);
        metric->span = at->node->span;
        if (of.node != NULL) {
            metric->of_api = scope_argument(&inside, of, 0);
            metric->of_kind = scope_argument(&inside, of, 1);
            metric->of_name = scope_argument(&inside, of, 2);
        } else if (id == WORD_SCALE_OBJECT && at->node->cells[0].syntax != NULL)
            diag_add(scale->resolver->sink, DIAG_L29, at->node->span,
                     STRS(STR("`object`"), STR("of")));
    }
}

void
resolve_scale_rules(const struct scope *inside, struct workload *workload)
{
    struct vec metrics;
    vec_init(&metrics, inside->resolver->arena, sizeof(struct scale_metric));
    add_metrics(inside, WORD_SCALE_EXTERNAL, &metrics);
    add_metrics(inside, WORD_SCALE_OBJECT, &metrics);
    workload->other_metrics = metrics.items;
    workload->other_metric_count = metrics.count;
    workload->scale_up = resolve_scale_rule(inside, WORD_SCALE_UP);
    workload->scale_down = resolve_scale_rule(inside, WORD_SCALE_DOWN);
}

/* ---- an environment's bounds -------------------------------------------- */

struct quota
resolve_quota(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_QUOTA);
    struct scope inside = scope_inside(scope, at);
    struct quota quota = {
        .is_said = at.node != NULL,
        .pods = scope_value(&inside, WORD_QUOTA_PODS),
        .cpu = scope_value(&inside, WORD_QUOTA_CPU),
        .memory = scope_value(&inside, WORD_QUOTA_MEMORY),
        .storage = scope_value(&inside, WORD_QUOTA_STORAGE),
        .claims = scope_value(&inside, WORD_QUOTA_CLAIMS),
        .claim_storage = scope_value(&inside, WORD_QUOTA_CLAIM_STORAGE),
    };
    quota.objects =
        resolve_pairs(&inside, WORD_QUOTA_OBJECTS, &quota.object_count);
    if (at.node != NULL)
        quota.span = at.node->span;
    return quota;
}

struct size_limits
resolve_size_limits(const struct scope *scope)
{
    struct scope_node at = scope_find(scope, WORD_LIMITS);
    struct scope inside = scope_inside(scope, at);
    struct size_limits limits = {
        .is_said = at.node != NULL,
        .cpu = scope_value(&inside, WORD_LIMITS_CPU),
        .memory = scope_value(&inside, WORD_LIMITS_MEMORY),
        .default_cpu = scope_value(&inside, WORD_LIMITS_DEFAULT_CPU),
        .default_memory = scope_value(&inside, WORD_LIMITS_DEFAULT_MEMORY),
        .claim = scope_value(&inside, WORD_LIMITS_CLAIM),
    };
    if (at.node != NULL)
        limits.span = at.node->span;
    return limits;
}
