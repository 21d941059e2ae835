#include "emit/kubernetes/monitors.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "ir/quantity.h"

bool
has_operator(const struct ir *ir)
{
    return ir->monitoring != NULL && is_value_known(ir->monitoring->scrape) &&
           is_str_equal(ir->monitoring->scrape->text, STR("pod-monitor"));
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
    yaml_item(yaml);
    if (metrics->port != NULL)
        yaml_text(yaml, "port", metrics->port->name);
    emit_value(yaml, "path", metrics->path);
    if (is_value_known(interval))
        yaml_text(yaml, "interval",
                  arena_format(
                      yaml->buf->arena, "{}s",
                      STRS(arena_number(yaml->buf->arena,
                                        duration_seconds(interval->number)))));
    yaml_end(yaml);
}

/* Both colours of a service, each pod once. */
void
emit_pod_monitor(struct yaml *yaml, const struct instance *instance)
{
    struct str name = instance->workload->service->name;
    yaml_word(yaml, "apiVersion", "monitoring.coreos.com/v1");
    yaml_word(yaml, "kind", "PodMonitor");
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
    yaml_list(yaml, "podMetricsEndpoints");
    emit_endpoint(yaml, instance);
    yaml_end(yaml);
    yaml_end(yaml);
}
