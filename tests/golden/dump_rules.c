/*
 * How a workload is placed, replaced, scaled and run to its end, and what an
 * environment's bounds are. What the language's defaults say is left out.
 */
#include "dump.h"

static void
dump_said(struct dump *dump, const char *what, const struct value *value)
{
    bool is_default = value != NULL && value->origin != NULL &&
                      value->origin->layer == LAYER_DEFAULT;
    if (!is_default)
        dump_value(dump, what, value);
}

static void
dump_update(struct dump *dump, const struct update *update)
{
    dump_said(dump, "update", update->how);
    dump_said(dump, "surge", update->surge);
    dump_said(dump, "unavailable", update->unavailable);
    dump_value(dump, "steady", update->steady);
    dump_value(dump, "progress", update->progress);
    dump_value(dump, "revisions", update->revisions);
}

static void
dump_job(struct dump *dump, const struct job_rules *job)
{
    dump_said(dump, "overlap", job->overlap);
    dump_said(dump, "late", job->late);
    dump_said(dump, "history", job->history);
    dump_said(dump, "failed", job->history_failed);
    dump_value(dump, "retries", job->retries);
    dump_value(dump, "time-limit", job->time_limit);
    dump_value(dump, "parallel", job->parallel);
    dump_value(dump, "completions", job->completions);
    dump_flag(dump, "indexed", job->is_indexed);
    dump_flag(dump, "suspend", job->is_suspended);
    dump_value(dump, "keep-finished", job->keep_finished);
}

static void
dump_scale_rule(struct dump *dump, const char *what,
                const struct scale_rule *rule)
{
    if (rule->steps == NULL)
        return;
    dump_value(dump, what, rule->steps);
    dump->depth++;
    dump_said(dump, "every", rule->every);
    dump_said(dump, "pick", rule->pick);
    dump_value(dump, "calm", rule->calm);
    dump->depth--;
}

static void
dump_metric(struct dump *dump, const struct scale_metric *metric)
{
    dump_name(dump, metric->of_kind != NULL ? "object" : "external",
              metric->name, metric->span);
    dump->depth++;
    dump_value(dump, "value", metric->value);
    dump_flag(dump, "total", metric->is_total);
    dump_pairs(dump, "where", metric->labels, metric->label_count);
    dump_value(dump, "api", metric->of_api);
    dump_value(dump, "kind", metric->of_kind);
    dump_value(dump, "name", metric->of_name);
    dump->depth--;
}

static void
dump_affinity(struct dump *dump, const struct affinity *affinity)
{
    dump_name(dump, affinity->is_near ? "near" : "apart",
              affinity->service->name, affinity->span);
    dump->depth++;
    dump_said(dump, "over", affinity->over);
    dump_flag(dump, "required", affinity->is_required);
    dump_said(dump, "weight", affinity->weight);
    dump->depth--;
}

static void
dump_node_rule(struct dump *dump, const struct node_rule *rule)
{
    dump_name(dump, "nodes", rule->label, rule->span);
    dump->depth++;
    dump_value(dump, "values", rule->values);
    dump_flag(dump, "except", rule->is_except);
    dump_flag(dump, "preferred", rule->is_preferred);
    dump_said(dump, "weight", rule->weight);
    dump->depth--;
}

static void
dump_spread(struct dump *dump, const struct spread *spread)
{
    dump_name(dump, "spread", spread->over, spread->span);
    dump->depth++;
    dump_said(dump, "skew", spread->skew);
    dump_value(dump, "at-least", spread->domains);
    dump_flag(dump, "required", spread->is_required);
    dump->depth--;
}

static void
dump_placement(struct dump *dump, const struct pod_placement *placement)
{
    for (size_t i = 0; i < placement->affinity_count; i++)
        dump_affinity(dump, &placement->affinities[i]);
    for (size_t i = 0; i < placement->node_rule_count; i++)
        dump_node_rule(dump, &placement->node_rules[i]);
    for (size_t i = 0; i < placement->spread_count; i++)
        dump_spread(dump, &placement->spreads[i]);
    for (size_t i = 0; i < placement->alias_count; i++) {
        dump_name(dump, "host-alias", placement->aliases[i].address,
                  placement->aliases[i].span);
        dump_value(dump, "names", placement->aliases[i].names);
    }
    dump_value(dump, "runtime-class", placement->runtime_class);
    dump_value(dump, "scheduler", placement->scheduler);
    dump_value(dump, "dns-server", placement->dns_servers);
    dump_value(dump, "dns-search", placement->dns_search);
    dump_pairs(dump, "dns-option", placement->dns_options,
               placement->dns_option_count);
}

void
dump_rules_of(struct dump *dump, const struct workload *workload)
{
    dump_update(dump, &workload->update);
    dump_job(dump, &workload->job);
    dump_scale_rule(dump, "up", &workload->scale_up);
    dump_scale_rule(dump, "down", &workload->scale_down);
    for (size_t i = 0; i < workload->other_metric_count; i++)
        dump_metric(dump, &workload->other_metrics[i]);
    dump_placement(dump, &workload->placement);
}

void
dump_bounds(struct dump *dump, const struct environment *environment)
{
    const struct quota *quota = &environment->quota;
    const struct size_limits *limits = &environment->limits;
    if (quota->is_said)
        dump_name(dump, "quota", STR(""), quota->span);
    dump_value(dump, "pods", quota->pods);
    dump_value(dump, "cpu", quota->cpu);
    dump_value(dump, "memory", quota->memory);
    dump_value(dump, "storage", quota->storage);
    dump_value(dump, "claims", quota->claims);
    dump_value(dump, "claim-storage", quota->claim_storage);
    dump_pairs(dump, "objects", quota->objects, quota->object_count);
    if (limits->is_said)
        dump_name(dump, "limits", STR(""), limits->span);
    dump_value(dump, "cpu", limits->cpu);
    dump_value(dump, "memory", limits->memory);
    dump_said(dump, "default-cpu", limits->default_cpu);
    dump_said(dump, "default-memory", limits->default_memory);
    dump_value(dump, "claim", limits->claim);
}
