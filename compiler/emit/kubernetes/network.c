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
                              const char *colour, bool is_preview);

/* The cloud's annotation, then the user's, of which an equal key wins. */
static void
add_service_annotations(struct instance *instance)
{
    const struct workload *workload = instance->workload;
    const struct pair *internal = internal_annotation(workload);
    struct pair *pairs =
        arena_array(instance->plan->arena,
                    workload->service_annotation_count + 1, sizeof *pairs);
    bool has_own = internal == NULL;
    for (size_t i = 0; i < workload->service_annotation_count; i++) {
        pairs[i] = workload->service_annotations[i];
        has_own = has_own || is_str_equal(pairs[i].key, internal->key);
    }
    instance->extra = pairs;
    instance->extra_count = workload->service_annotation_count;
    if (!has_own)
        pairs[instance->extra_count++] = *internal;
}

void
emit_service(struct yaml *yaml, const struct instance *instance)
{
    struct instance service = *instance;
    if (has_section(instance, SECTION_EXPOSURE))
        add_service_annotations(&service);
    object_start(yaml, &service, "v1", "Service",
                 instance->workload->service->name);
    emit_service_spec(yaml, instance, COLOUR_ACTIVE, false);
}

/* Nobody outside is to see what is not released yet. */
void
emit_preview(struct yaml *yaml, const struct instance *instance)
{
    object_start(
        yaml, instance, "v1", "Service",
        name_preview(instance->plan->arena, instance->workload->service));
    emit_service_spec(yaml, instance, COLOUR_IDLE, true);
}

/* Argo adds to its selector which pods are stable. */
void
emit_stable(struct yaml *yaml, const struct instance *instance)
{
    object_start(
        yaml, instance, "v1", "Service",
        name_stable(instance->plan->arena, instance->workload->service));
    emit_service_spec(yaml, instance, "", true);
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
            yaml_number_from(yaml, "port", port->number->number,
                             port->number->text);
        yaml_text(yaml, "targetPort", port->name);
        emit_choice(yaml, "protocol", port->protocol);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static bool
is_exposed_as(const struct exposure *exposure, const char *how)
{
    return is_value_known(exposure->how) &&
           is_str_equal(exposure->how->text, str_from(how));
}

static void
emit_balancer(struct yaml *yaml, const struct exposure *exposure)
{
    if (exposure->is_local && !is_exposed_as(exposure, "cluster"))
        yaml_word(yaml, "externalTrafficPolicy", "Local");
    if (exposure->sources == NULL || !is_exposed_as(exposure, "load-balancer"))
        return;
    if (!is_value_known(exposure->sources)) {
        emit_waiting(yaml, STR("sources"), exposure->sources);
        return;
    }
    yaml_list(yaml, "loadBalancerSourceRanges");
    for (size_t k = 0; k < exposure->sources->item_count; k++)
        yaml_item_text(yaml, exposure->sources->items[k].text);
    yaml_end(yaml);
}

/* Who reaches it, and whether a client stays with its pod. */
static void
emit_exposure(struct yaml *yaml, const struct workload *workload,
              bool is_preview)
{
    const struct exposure *exposure = &workload->exposure;
    if (is_preview) {
        yaml_word(yaml, "type", "ClusterIP");
    } else {
        emit_choice(yaml, "type", exposure->how);
        emit_balancer(yaml, exposure);
    }
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
                  const char *colour, bool is_preview)
{
    const struct workload *workload = instance->workload;
    bool is_colour_said = instance->is_flat && is_coloured(workload);
    if (!has_any_section(instance,
                         SECTION(COMMON) | SECTION(PORTS) | SECTION(EXPOSURE)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_EXPOSURE))
        emit_exposure(yaml, workload, is_preview);
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
