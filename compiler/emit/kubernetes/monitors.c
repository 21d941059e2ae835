#include "emit/kubernetes/monitors.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "ir/quantity.h"

static bool
is_scraped_by(const struct ir *ir, const char *how)
{
    return ir->monitoring != NULL && is_value_known(ir->monitoring->scrape) &&
           is_str_equal(ir->monitoring->scrape->text, str_from(how));
}

bool
is_scraped_by_service(const struct ir *ir)
{
    return is_scraped_by(ir, "service-monitor");
}

bool
has_operator(const struct ir *ir)
{
    return is_scraped_by(ir, "pod-monitor") || is_scraped_by_service(ir);
}

static void
emit_labels(struct yaml *yaml, const struct instance *instance)
{
    const struct monitoring *monitoring = instance->plan->ir->monitoring;
    yaml_map(yaml, "labels");
    emit_selector(yaml, instance->plan, instance->workload->service->name,
                  STR(""));
    yaml_text(yaml, "app.kubernetes.io/part-of",
              instance->plan->ir->project->name);
    yaml_word(yaml, "app.kubernetes.io/managed-by", "broxc");
    yaml_word(yaml, LABEL_APPLIED_BY, APPLIED_BY_ADMINISTRATOR);
    for (size_t i = 0; i < monitoring->label_count; i++) {
        if (is_value_known(monitoring->labels[i].value))
            yaml_text_named(yaml, monitoring->labels[i].key,
                            monitoring->labels[i].value->text);
    }
    yaml_end(yaml);
}

static void
emit_endpoint(struct yaml *yaml, const struct instance *instance)
{
    const struct endpoint *metrics = instance->workload->metrics;
    const struct value *interval = instance->plan->ir->monitoring->interval;
    if (metrics->port != NULL)
        yaml_text(yaml, "port", metrics->port->name);
    emit_value(yaml, "path", metrics->path);
    if (is_value_known(interval))
        yaml_text(yaml, "interval",
                  arena_format(
                      yaml->arena, "{}s",
                      STRS(arena_number(yaml->arena,
                                        duration_seconds(interval->number)))));
}

/* A stateful set has a second Service with the same labels. */
static void
emit_relabeling(struct yaml *yaml, const struct instance *instance)
{
    if (instance->workload->service->kind != SERVICE_STATEFUL)
        return;
    yaml_list(yaml, "relabelings");
    yaml_item(yaml);
    yaml_list(yaml, "sourceLabels");
    yaml_item_word(yaml, "__meta_kubernetes_service_name");
    yaml_end(yaml);
    yaml_text(yaml, "regex", instance->workload->service->name);
    yaml_word(yaml, "action", "keep");
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Up to the list of what is read. */
static void
start_monitor(struct yaml *yaml, const struct instance *instance,
              const char *kind)
{
    struct str name = instance->workload->service->name;
    yaml_word(yaml, "apiVersion", "monitoring.coreos.com/v1");
    yaml_word(yaml, "kind", kind);
    yaml_map(yaml, "metadata");
    yaml_text(yaml, "name", name);
    if (instance->is_flat)
        emit_value(yaml, "namespace", instance->environment->namespace_name);
    emit_labels(yaml, instance);
    yaml_end(yaml);
    yaml_map(yaml, "spec");
    yaml_map(yaml, "selector");
    emit_match_labels(yaml, instance->plan, name, STR(""));
    yaml_end(yaml);
}

/* Both colours of a service, each pod once. */
void
emit_pod_monitor(struct yaml *yaml, const struct instance *instance)
{
    start_monitor(yaml, instance, "PodMonitor");
    yaml_list(yaml, "podMetricsEndpoints");
    yaml_item(yaml);
    emit_endpoint(yaml, instance);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_service_monitor(struct yaml *yaml, const struct instance *instance)
{
    start_monitor(yaml, instance, "ServiceMonitor");
    yaml_list(yaml, "endpoints");
    yaml_item(yaml);
    emit_endpoint(yaml, instance);
    emit_relabeling(yaml, instance);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}
