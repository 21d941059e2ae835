/*
 * What it looks at, and how fast it goes. Without a word of the program the
 * behaviour is that of Kubernetes, said aloud: up at once, down after calm.
 */
#include "emit/kubernetes/scale.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/sections.h"
#include "emit/kubernetes/workload.h"
#include "emit/kubernetes/workloads.h"
#include "ir/quantity.h"

enum { MILLI = 1000, PERIOD_SECONDS = 15 };

static void emit_behaviour(struct yaml *yaml, const struct workload *workload);

/* ---- metrics ------------------------------------------------------------ */

static const char *
scaled_kind(const struct workload *workload)
{
    if (has_rollout(workload))
        return "Rollout";
    return is_stateful(workload) ? "StatefulSet" : "Deployment";
}

static void
emit_scale_target(struct yaml *yaml, const struct instance *instance)
{
    bool is_rollout = has_rollout(instance->workload);
    yaml_map(yaml, "scaleTargetRef");
    yaml_word(yaml, "apiVersion",
              is_rollout ? "argoproj.io/v1alpha1" : "apps/v1");
    yaml_word(yaml, "kind", scaled_kind(instance->workload));
    yaml_text(yaml, "name", coloured_name(instance));
    yaml_end(yaml);
}

static void
emit_share(struct yaml *yaml, const char *resource, const struct value *share)
{
    if (!is_value_known(share)) {
        emit_waiting(yaml, str_from(resource), share);
        return;
    }
    yaml_item(yaml);
    yaml_word(yaml, "type", "Resource");
    yaml_map(yaml, "resource");
    yaml_word(yaml, "name", resource);
    yaml_map(yaml, "target");
    yaml_word(yaml, "type", "Utilization");
    yaml_number_from(yaml, "averageUtilization", share->number / MILLI,
                     share->text);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* A metric that its pods give, so much of it for each of them. */
static void
emit_pod_metric(struct yaml *yaml, const struct pair *metric)
{
    if (!is_value_known(metric->value)) {
        emit_waiting(yaml, metric->key, metric->value);
        return;
    }
    yaml_item(yaml);
    yaml_word(yaml, "type", "Pods");
    yaml_map(yaml, "pods");
    yaml_map(yaml, "metric");
    yaml_text(yaml, "name", metric->key);
    yaml_end(yaml);
    yaml_map(yaml, "target");
    yaml_word(yaml, "type", "AverageValue");
    yaml_text(yaml, "averageValue", metric->value->text);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_metric_name(struct yaml *yaml, const struct scale_metric *metric)
{
    yaml_map(yaml, "metric");
    yaml_text(yaml, "name", metric->name);
    if (metric->label_count > 0) {
        yaml_map(yaml, "selector");
        yaml_map(yaml, "matchLabels");
        for (size_t i = 0; i < metric->label_count; i++)
            emit_value_named(yaml, metric->labels[i].key,
                             metric->labels[i].value);
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* Of one object, or of something outside the cluster. */
static void
emit_other_metric(struct yaml *yaml, const struct scale_metric *metric)
{
    bool is_object = metric->of_kind != NULL;
    if (!is_value_known(metric->value)) {
        emit_waiting(yaml, metric->name, metric->value);
        return;
    }
    yaml_item(yaml);
    yaml_word(yaml, "type", is_object ? "Object" : "External");
    yaml_map(yaml, is_object ? "object" : "external");
    if (is_object) {
        yaml_map(yaml, "describedObject");
        emit_value(yaml, "apiVersion", metric->of_api);
        emit_value(yaml, "kind", metric->of_kind);
        emit_value(yaml, "name", metric->of_name);
        yaml_end(yaml);
    }
    emit_metric_name(yaml, metric);
    yaml_map(yaml, "target");
    yaml_word(yaml, "type", metric->is_total ? "Value" : "AverageValue");
    yaml_text(yaml, metric->is_total ? "value" : "averageValue",
              metric->value->text);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_scale_metrics(struct yaml *yaml, const struct workload *workload)
{
    yaml_list(yaml, "metrics");
    emit_share(yaml, "cpu", workload->scale_cpu);
    if (workload->scale_memory != NULL)
        emit_share(yaml, "memory", workload->scale_memory);
    for (size_t i = 0; i < workload->scale_metric_count; i++)
        emit_pod_metric(yaml, &workload->scale_metrics[i]);
    for (size_t i = 0; i < workload->other_metric_count; i++)
        emit_other_metric(yaml, &workload->other_metrics[i]);
    yaml_end(yaml);
}

void
emit_autoscaler(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    object_start(yaml, instance, "autoscaling/v2", "HorizontalPodAutoscaler",
                 coloured_name(instance));
    if (!has_any_section(instance, SECTION(COMMON) | SECTION(SCALE) |
                                       SECTION(SCALE_OBJECT) |
                                       SECTION(SCALE_TARGET) | SECTION(CALM)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_SCALE_OBJECT))
        emit_scale_target(yaml, instance);
    if (has_section(instance, SECTION_SCALE)) {
        yaml_number_from(yaml, "minReplicas",
                         range_low(workload->scale)->number,
                         range_low(workload->scale)->text);
        yaml_number_from(yaml, "maxReplicas",
                         range_high(workload->scale)->number,
                         range_high(workload->scale)->text);
    }
    if (has_section(instance, SECTION_SCALE_TARGET))
        emit_scale_metrics(yaml, workload);
    if (has_section(instance, SECTION_CALM))
        emit_behaviour(yaml, workload);
    yaml_end(yaml);
}

/* ---- behaviour ---------------------------------------------------------- */

static int64_t
period_seconds(const struct scale_rule *rule)
{
    int64_t seconds = is_value_known(rule->every)
                          ? duration_seconds(rule->every->number)
                          : PERIOD_SECONDS;
    return seconds > 0 ? seconds : 1;
}

static void
emit_policy(struct yaml *yaml, const char *type, int64_t value, int64_t period)
{
    yaml_item(yaml);
    yaml_word(yaml, "type", type);
    yaml_number(yaml, "value", value);
    yaml_number(yaml, "periodSeconds", period);
    yaml_end(yaml);
}

static void
emit_steps(struct yaml *yaml, const struct scale_rule *rule)
{
    const struct value *steps = rule->steps;
    for (size_t i = 0; i < steps->item_count; i++) {
        const struct value *step = &steps->items[i];
        bool is_share = step->type == TYPE_PERCENT;
        emit_policy(yaml, is_share ? "Percent" : "Pods",
                    is_share ? step->number / MILLI : step->number,
                    period_seconds(rule));
    }
}

static void
emit_pick(struct yaml *yaml, const struct scale_rule *rule)
{
    if (rule->steps == NULL)
        yaml_word(yaml, "selectPolicy", "Max");
    else
        emit_choice(yaml, "selectPolicy", rule->pick);
}

static void
emit_up(struct yaml *yaml, const struct scale_rule *rule)
{
    yaml_map(yaml, "scaleUp");
    if (rule->calm != NULL)
        emit_seconds(yaml, "stabilizationWindowSeconds", rule->calm);
    else
        yaml_number(yaml, "stabilizationWindowSeconds", 0);
    emit_pick(yaml, rule);
    yaml_list(yaml, "policies");
    if (is_value_known(rule->steps)) {
        emit_steps(yaml, rule);
    } else {
        emit_policy(yaml, "Percent", 100, PERIOD_SECONDS);
        emit_policy(yaml, "Pods", 4, PERIOD_SECONDS);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_down(struct yaml *yaml, const struct scale_rule *rule,
          const struct value *calm)
{
    yaml_map(yaml, "scaleDown");
    emit_seconds(yaml, "stabilizationWindowSeconds",
                 rule->calm != NULL ? rule->calm : calm);
    if (rule->steps != NULL)
        emit_pick(yaml, rule);
    yaml_list(yaml, "policies");
    if (is_value_known(rule->steps))
        emit_steps(yaml, rule);
    else
        emit_policy(yaml, "Percent", 100, PERIOD_SECONDS);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_behaviour(struct yaml *yaml, const struct workload *workload)
{
    yaml_map(yaml, "behavior");
    emit_up(yaml, &workload->scale_up);
    emit_down(yaml, &workload->scale_down, workload->scale_calm);
    yaml_end(yaml);
}

/* ---- equal -------------------------------------------------------------- */

static bool
is_rule_equal(const struct scale_rule *a, const struct scale_rule *b)
{
    return is_value_equal(a->steps, b->steps) &&
           is_value_equal(a->every, b->every) &&
           is_value_equal(a->pick, b->pick) && is_value_equal(a->calm, b->calm);
}

bool
are_scale_rules_equal(const struct workload *a, const struct workload *b)
{
    return is_rule_equal(&a->scale_up, &b->scale_up) &&
           is_rule_equal(&a->scale_down, &b->scale_down);
}

static bool
is_metric_equal(const struct scale_metric *a, const struct scale_metric *b)
{
    return is_str_equal(a->name, b->name) &&
           is_value_equal(a->value, b->value) && a->is_total == b->is_total &&
           are_pairs_equal(a->labels, a->label_count, b->labels,
                           b->label_count) &&
           is_value_equal(a->of_api, b->of_api) &&
           is_value_equal(a->of_kind, b->of_kind) &&
           is_value_equal(a->of_name, b->of_name);
}

bool
are_other_metrics_equal(const struct workload *a, const struct workload *b)
{
    if (a->other_metric_count != b->other_metric_count)
        return false;
    for (size_t i = 0; i < a->other_metric_count; i++) {
        if (!is_metric_equal(&a->other_metrics[i], &b->other_metrics[i]))
            return false;
    }
    return true;
}
