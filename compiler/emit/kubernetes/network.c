/*
 * Services. Which colour a Service selects is the pipeline's to say, in the
 * component `release`.
 */
#include "emit/kubernetes/network.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/workload.h"

static void emit_service_spec(struct yaml *yaml,
                              const struct instance *instance,
                              const char *colour);

void
emit_service(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "v1", "Service",
                 instance->workload->service->name);
    emit_service_spec(yaml, instance, COLOUR_ACTIVE);
}

void
emit_preview(struct yaml *yaml, const struct instance *instance)
{
    object_start(
        yaml, instance, "v1", "Service",
        name_preview(instance->plan->arena, instance->workload->service));
    emit_service_spec(yaml, instance, COLOUR_IDLE);
}

/* Argo adds to its selector which pods are stable. */
void
emit_stable(struct yaml *yaml, const struct instance *instance)
{
    object_start(
        yaml, instance, "v1", "Service",
        name_stable(instance->plan->arena, instance->workload->service));
    emit_service_spec(yaml, instance, "");
}

void
emit_service_ports(struct yaml *yaml, const struct workload *workload,
                   bool is_renumbered)
{
    yaml_list(yaml, "ports");
    for (size_t i = 0; i < workload->port_count; i++) {
        const struct port *port = &workload->ports[i];
        if (!is_value_known(port->number)) {
            emit_waiting(yaml, port->name, port->number);
            continue;
        }
        yaml_item(yaml);
        yaml_text(yaml, "name", port->name);
        if (port->as != NULL && is_renumbered)
            emit_count(yaml, "port", port->as);
        else
            yaml_number(yaml, "port", port->number->number);
        yaml_text(yaml, "targetPort", port->name);
        emit_choice(yaml, "protocol", port->protocol);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

/* Who reaches it, and whether a client stays with its pod. */
static void
emit_exposure(struct yaml *yaml, const struct workload *workload)
{
    emit_choice(yaml, "type", workload->expose);
    if (workload->sticky == NULL)
        return;
    yaml_word(yaml, "sessionAffinity", "ClientIP");
    yaml_map(yaml, "sessionAffinityConfig");
    yaml_map(yaml, "clientIP");
    emit_seconds(yaml, "timeoutSeconds", workload->sticky);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_service_spec(struct yaml *yaml, const struct instance *instance,
                  const char *colour)
{
    const struct workload *workload = instance->workload;
    bool is_colour_said = instance->is_flat && is_coloured(workload);
    if (!has_any_section(instance,
                         SECTION(COMMON) | SECTION(PORTS) | SECTION(EXPOSURE)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_EXPOSURE))
        emit_exposure(yaml, workload);
    if (has_section(instance, SECTION_COMMON)) {
        yaml_map(yaml, "selector");
        emit_selector(yaml, instance->plan, workload->service->name,
                      is_colour_said ? str_from(colour) : STR(""));
        yaml_end(yaml);
    }
    if (has_section(instance, SECTION_PORTS))
        emit_service_ports(yaml, workload, true);
    yaml_end(yaml);
}
