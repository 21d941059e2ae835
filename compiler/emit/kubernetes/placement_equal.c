/*
 * Are two environments' placements the same? Nothing is printed here.
 */
#include "emit/kubernetes/placement.h"
#include "emit/kubernetes/sections.h"

static bool
is_affinity_equal(const struct affinity *a, const struct affinity *b)
{
    return a->service == b->service && a->is_near == b->is_near &&
           is_value_equal(a->over, b->over) &&
           a->is_required == b->is_required &&
           is_value_equal(a->weight, b->weight);
}

static bool
is_node_rule_equal(const struct node_rule *a, const struct node_rule *b)
{
    return is_str_equal(a->label, b->label) &&
           is_value_equal(a->values, b->values) &&
           a->is_except == b->is_except && a->is_preferred == b->is_preferred &&
           is_value_equal(a->weight, b->weight);
}

static bool
are_affinities_equal(const struct pod_placement *a,
                     const struct pod_placement *b)
{
    if (a->affinity_count != b->affinity_count ||
        a->node_rule_count != b->node_rule_count)
        return false;
    for (size_t i = 0; i < a->affinity_count; i++) {
        if (!is_affinity_equal(&a->affinities[i], &b->affinities[i]))
            return false;
    }
    for (size_t i = 0; i < a->node_rule_count; i++) {
        if (!is_node_rule_equal(&a->node_rules[i], &b->node_rules[i]))
            return false;
    }
    return true;
}

static bool
are_surroundings_equal(const struct pod_placement *a,
                       const struct pod_placement *b)
{
    if (a->alias_count != b->alias_count)
        return false;
    for (size_t i = 0; i < a->alias_count; i++) {
        if (!is_str_equal(a->aliases[i].address, b->aliases[i].address) ||
            !is_value_equal(a->aliases[i].names, b->aliases[i].names))
            return false;
    }
    return is_value_equal(a->runtime_class, b->runtime_class) &&
           is_value_equal(a->scheduler, b->scheduler) &&
           is_value_equal(a->dns_servers, b->dns_servers) &&
           is_value_equal(a->dns_search, b->dns_search) &&
           are_pairs_equal(a->dns_options, a->dns_option_count, b->dns_options,
                           b->dns_option_count);
}

static bool
is_toleration_equal(const struct toleration *a, const struct toleration *b)
{
    return is_str_equal(a->taint, b->taint) &&
           is_value_equal(a->value, b->value) &&
           is_value_equal(a->effect, b->effect);
}

bool
are_placements_equal(const struct workload *a, const struct workload *b)
{
    if (!is_value_equal(a->priority, b->priority) ||
        !is_value_equal(a->pull_secrets, b->pull_secrets) ||
        !are_pairs_equal(a->nodes, a->node_count, b->nodes, b->node_count) ||
        a->toleration_count != b->toleration_count)
        return false;
    for (size_t i = 0; i < a->toleration_count; i++) {
        if (!is_toleration_equal(&a->tolerations[i], &b->tolerations[i]))
            return false;
    }
    return are_affinities_equal(&a->placement, &b->placement) &&
           are_surroundings_equal(&a->placement, &b->placement);
}

bool
are_spreads_equal(const struct workload *a, const struct workload *b)
{
    const struct pod_placement *x = &a->placement;
    const struct pod_placement *y = &b->placement;
    if (x->spread_count != y->spread_count)
        return false;
    for (size_t i = 0; i < x->spread_count; i++) {
        if (!is_str_equal(x->spreads[i].over, y->spreads[i].over) ||
            !is_value_equal(x->spreads[i].skew, y->spreads[i].skew) ||
            !is_value_equal(x->spreads[i].domains, y->spreads[i].domains) ||
            x->spreads[i].is_required != y->spreads[i].is_required)
            return false;
    }
    return true;
}
