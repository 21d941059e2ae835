#include "emit/kubernetes/placement.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/workload.h"

enum { WEIGHT_USUAL = 100 };

/* `node` and `zone` by the labels that every cloud gives its nodes. */
static struct str
topology_key(struct str over)
{
    if (is_str_equal(over, STR("node")))
        return STR("kubernetes.io/hostname");
    if (is_str_equal(over, STR("zone")))
        return STR("topology.kubernetes.io/zone");
    return over;
}

static void
emit_pull_secrets(struct yaml *yaml, const struct value *names)
{
    yaml_list(yaml, "imagePullSecrets");
    for (size_t i = 0; i < names->item_count; i++) {
        yaml_item(yaml);
        emit_value(yaml, "name", &names->items[i]);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static void
emit_toleration(struct yaml *yaml, const struct toleration *toleration)
{
    yaml_item(yaml);
    yaml_text(yaml, "key", toleration->taint);
    if (toleration->value == NULL) {
        yaml_word(yaml, "operator", "Exists");
    } else {
        yaml_word(yaml, "operator", "Equal");
        emit_value(yaml, "value", toleration->value);
    }
    if (toleration->effect != NULL)
        emit_choice(yaml, "effect", toleration->effect);
    yaml_end(yaml);
}

/* ---- which nodes -------------------------------------------------------- */

static void
emit_expression(struct yaml *yaml, const struct node_rule *rule)
{
    bool has_values = is_value_known(rule->values);
    yaml_item(yaml);
    yaml_text(yaml, "key", rule->label);
    if (has_values)
        yaml_word(yaml, "operator", rule->is_except ? "NotIn" : "In");
    else
        yaml_word(yaml, "operator",
                  rule->is_except ? "DoesNotExist" : "Exists");
    if (has_values) {
        yaml_list(yaml, "values");
        for (size_t i = 0; i < rule->values->item_count; i++)
            yaml_item_text(yaml, rule->values->items[i].text);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static size_t
node_rule_count(const struct pod_placement *placement, bool is_preferred)
{
    size_t count = 0;
    for (size_t i = 0; i < placement->node_rule_count; i++)
        count += placement->node_rules[i].is_preferred == is_preferred;
    return count;
}

/* All of them at once: one term with an expression each. */
static void
emit_required_nodes(struct yaml *yaml, const struct pod_placement *placement)
{
    if (node_rule_count(placement, false) == 0)
        return;
    yaml_map(yaml, "requiredDuringSchedulingIgnoredDuringExecution");
    yaml_list(yaml, "nodeSelectorTerms");
    yaml_item(yaml);
    yaml_list(yaml, "matchExpressions");
    for (size_t i = 0; i < placement->node_rule_count; i++) {
        if (!placement->node_rules[i].is_preferred)
            emit_expression(yaml, &placement->node_rules[i]);
    }
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_weight(struct yaml *yaml, const struct value *weight)
{
    if (is_value_known(weight))
        yaml_number_from(yaml, "weight", weight->number, weight->text);
    else
        yaml_number(yaml, "weight", WEIGHT_USUAL);
}

static void
emit_preferred_nodes(struct yaml *yaml, const struct pod_placement *placement)
{
    if (node_rule_count(placement, true) == 0)
        return;
    yaml_list(yaml, "preferredDuringSchedulingIgnoredDuringExecution");
    for (size_t i = 0; i < placement->node_rule_count; i++) {
        const struct node_rule *rule = &placement->node_rules[i];
        if (!rule->is_preferred)
            continue;
        yaml_item(yaml);
        emit_weight(yaml, rule->weight);
        yaml_map(yaml, "preference");
        yaml_list(yaml, "matchExpressions");
        emit_expression(yaml, rule);
        yaml_end(yaml);
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* ---- beside which pods -------------------------------------------------- */

/* Of another service any colour is meant; expressions, for kustomize would add
 * ours to labels. */
static void
emit_other_pods(struct yaml *yaml, const struct instance *instance,
                const struct service *service)
{
    const struct {
        const char *key;
        struct str value;
    } labels[] = {
        {"app.kubernetes.io/name", service->name},
        {"app.kubernetes.io/instance", instance->plan->ir->project->name}};
    yaml_list(yaml, "matchExpressions");
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        yaml_item(yaml);
        yaml_text(yaml, "key", str_from(labels[i].key));
        yaml_word(yaml, "operator", "In");
        yaml_list(yaml, "values");
        yaml_item_text(yaml, labels[i].value);
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* Pods of one release are held against each other alone: the release before
 * must not keep the next one from the nodes that it leaves. A stateful set ends
 * a pod before it makes the next. */
static void
emit_release_key(struct yaml *yaml)
{
    yaml_list(yaml, "matchLabelKeys");
    yaml_item_word(yaml, "pod-template-hash");
    yaml_end(yaml);
}

static bool
has_release_key(const struct workload *workload)
{
    return !is_stateful(workload) && !is_job(workload);
}

static void
emit_term(struct yaml *yaml, const struct instance *instance,
          const struct affinity *affinity)
{
    bool is_own = affinity->service == instance->workload->service;
    yaml_map(yaml, "labelSelector");
    if (is_own)
        emit_match_labels(yaml, instance->plan, affinity->service->name,
                          instance->colour);
    else
        emit_other_pods(yaml, instance, affinity->service);
    yaml_end(yaml);
    if (is_own && has_release_key(instance->workload))
        emit_release_key(yaml);
    if (is_value_known(affinity->over))
        yaml_text(yaml, "topologyKey", topology_key(affinity->over->text));
    else
        emit_waiting(yaml, STR("topologyKey"), affinity->over);
}

static size_t
affinity_count(const struct pod_placement *placement, bool is_near,
               bool is_required)
{
    size_t count = 0;
    for (size_t i = 0; i < placement->affinity_count; i++)
        count += placement->affinities[i].is_near == is_near &&
                 placement->affinities[i].is_required == is_required;
    return count;
}

static void
emit_terms(struct yaml *yaml, const struct instance *instance, bool is_near,
           bool is_required)
{
    const struct pod_placement *placement = &instance->workload->placement;
    if (affinity_count(placement, is_near, is_required) == 0)
        return;
    yaml_list(yaml, is_required
                        ? "requiredDuringSchedulingIgnoredDuringExecution"
                        : "preferredDuringSchedulingIgnoredDuringExecution");
    for (size_t i = 0; i < placement->affinity_count; i++) {
        const struct affinity *affinity = &placement->affinities[i];
        if (affinity->is_near != is_near ||
            affinity->is_required != is_required)
            continue;
        yaml_item(yaml);
        if (!is_required) {
            emit_weight(yaml, affinity->weight);
            yaml_map(yaml, "podAffinityTerm");
        }
        emit_term(yaml, instance, affinity);
        if (!is_required)
            yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static void
emit_pods(struct yaml *yaml, const struct instance *instance, bool is_near)
{
    const struct pod_placement *placement = &instance->workload->placement;
    if (affinity_count(placement, is_near, true) +
            affinity_count(placement, is_near, false) ==
        0)
        return;
    yaml_map(yaml, is_near ? "podAffinity" : "podAntiAffinity");
    emit_terms(yaml, instance, is_near, true);
    emit_terms(yaml, instance, is_near, false);
    yaml_end(yaml);
}

static void
emit_affinity(struct yaml *yaml, const struct instance *instance)
{
    const struct pod_placement *placement = &instance->workload->placement;
    if (placement->node_rule_count + placement->affinity_count == 0)
        return;
    yaml_map(yaml, "affinity");
    if (placement->node_rule_count > 0) {
        yaml_map(yaml, "nodeAffinity");
        emit_required_nodes(yaml, placement);
        emit_preferred_nodes(yaml, placement);
        yaml_end(yaml);
    }
    emit_pods(yaml, instance, true);
    emit_pods(yaml, instance, false);
    yaml_end(yaml);
}

/* ---- around them -------------------------------------------------------- */

static void
emit_list(struct yaml *yaml, const char *key, const struct value *list)
{
    if (list == NULL)
        return;
    if (!is_value_known(list)) {
        emit_waiting(yaml, str_from(key), list);
        return;
    }
    yaml_list(yaml, key);
    for (size_t i = 0; i < list->item_count; i++)
        yaml_item_text(yaml, list->items[i].text);
    yaml_end(yaml);
}

static void
emit_aliases(struct yaml *yaml, const struct pod_placement *placement)
{
    if (placement->alias_count == 0)
        return;
    yaml_list(yaml, "hostAliases");
    for (size_t i = 0; i < placement->alias_count; i++) {
        yaml_item(yaml);
        yaml_text(yaml, "ip", placement->aliases[i].address);
        emit_list(yaml, "hostnames", placement->aliases[i].names);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static bool
has_dns(const struct pod_placement *placement)
{
    return placement->dns_servers != NULL || placement->dns_search != NULL ||
           placement->dns_option_count > 0;
}

static void
emit_dns(struct yaml *yaml, const struct pod_placement *placement)
{
    if (!has_dns(placement))
        return;
    yaml_map(yaml, "dnsConfig");
    emit_list(yaml, "nameservers", placement->dns_servers);
    emit_list(yaml, "searches", placement->dns_search);
    if (placement->dns_option_count > 0) {
        yaml_list(yaml, "options");
        for (size_t i = 0; i < placement->dns_option_count; i++) {
            const struct pair *option = &placement->dns_options[i];
            yaml_item(yaml);
            yaml_text(yaml, "name", option->key);
            if (option->value != NULL)
                emit_value(yaml, "value", option->value);
            yaml_end(yaml);
        }
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

bool
has_placement(const struct workload *workload)
{
    const struct pod_placement *placement = &workload->placement;
    return workload->priority != NULL || workload->node_count > 0 ||
           workload->toleration_count > 0 || workload->pull_secrets != NULL ||
           placement->affinity_count > 0 || placement->node_rule_count > 0 ||
           placement->alias_count > 0 || placement->runtime_class != NULL ||
           placement->scheduler != NULL || has_dns(placement);
}

void
emit_placement(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    const struct pod_placement *placement = &workload->placement;
    if (workload->pull_secrets != NULL)
        emit_pull_secrets(yaml, workload->pull_secrets);
    if (workload->priority != NULL)
        emit_value(yaml, "priorityClassName", workload->priority);
    if (placement->runtime_class != NULL)
        emit_value(yaml, "runtimeClassName", placement->runtime_class);
    if (placement->scheduler != NULL)
        emit_value(yaml, "schedulerName", placement->scheduler);
    if (workload->node_count > 0) {
        yaml_map(yaml, "nodeSelector");
        for (size_t i = 0; i < workload->node_count; i++)
            emit_value_named(yaml, workload->nodes[i].key,
                             workload->nodes[i].value);
        yaml_end(yaml);
    }
    emit_affinity(yaml, instance);
    if (workload->toleration_count > 0) {
        yaml_list(yaml, "tolerations");
        for (size_t i = 0; i < workload->toleration_count; i++)
            emit_toleration(yaml, &workload->tolerations[i]);
        yaml_end(yaml);
    }
    emit_aliases(yaml, placement);
    emit_dns(yaml, placement);
}

/* ---- evenly ------------------------------------------------------------- */

static void
emit_constraint(struct yaml *yaml, const struct instance *instance,
                const struct spread *spread)
{
    yaml_item(yaml);
    yaml_number(yaml, "maxSkew",
                is_value_known(spread->skew) ? spread->skew->number : 1);
    if (spread->domains != NULL)
        emit_count(yaml, "minDomains", spread->domains);
    yaml_text(yaml, "topologyKey", topology_key(spread->over));
    yaml_word(yaml, "whenUnsatisfiable",
              spread->is_required ? "DoNotSchedule" : "ScheduleAnyway");
    yaml_map(yaml, "labelSelector");
    emit_match_labels(yaml, instance->plan, instance->workload->service->name,
                      instance->colour);
    yaml_end(yaml);
    if (has_release_key(instance->workload))
        emit_release_key(yaml);
    yaml_end(yaml);
}

/* Unless the program says otherwise evenly over nodes and zones, where there is
 * room: a pod that would have to wait for an ideal place is worse than one in a
 * good place. A single pod does not mind, and is prepared for the day when it
 * has company. */
void
emit_spread(struct yaml *yaml, const struct instance *instance)
{
    static const struct spread usual[] = {{.over = STR_INIT("node")},
                                          {.over = STR_INIT("zone")}};
    const struct pod_placement *placement = &instance->workload->placement;
    const struct spread *spreads = usual;
    size_t count = sizeof usual / sizeof usual[0];
    if (placement->spread_count > 0) {
        spreads = placement->spreads;
        count = placement->spread_count;
    }
    bool is_open = false;
    for (size_t i = 0; i < count; i++) {
        if (is_str_equal(spreads[i].over, STR("none")))
            continue;
        if (!is_open)
            yaml_list(yaml, "topologySpreadConstraints");
        is_open = true;
        emit_constraint(yaml, instance, &spreads[i]);
    }
    if (is_open)
        yaml_end(yaml);
}
