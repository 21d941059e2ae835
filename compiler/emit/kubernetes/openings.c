#include "emit/kubernetes/openings.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/workload.h"

#define NAMESPACE_LABEL "kubernetes.io/metadata.name"

static void emit_block(struct yaml *yaml, struct str block,
                       const struct value *except);

/* ---- out ---------------------------------------------------------------- */

void
emit_anywhere(struct yaml *yaml)
{
    static const struct {
        const char *block;
        const char *except;
    } families[] = {{"0.0.0.0/0", "169.254.0.0/16"}, {"::/0", "fe80::/10"}};
    yaml_list(yaml, "to");
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        yaml_item(yaml);
        yaml_map(yaml, "ipBlock");
        yaml_text(yaml, "cidr", str_from(families[i].block));
        yaml_list(yaml, "except");
        yaml_item_text(yaml, str_from(families[i].except));
        yaml_end(yaml);
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static void
emit_reach_port(struct yaml *yaml, const struct reach *reach,
                const struct value *port)
{
    yaml_item(yaml);
    emit_choice(yaml, "protocol", reach->protocol);
    yaml_number_from(yaml, "port", range_low(port)->number,
                     range_low(port)->text);
    if (port->kind == VALUE_RANGE &&
        port->items[1].number != port->items[0].number)
        yaml_number(yaml, "endPort", port->items[1].number);
    yaml_end(yaml);
}

static const struct value *
unknown_in(const struct reach *reach)
{
    if (!is_value_known(reach->target))
        return reach->target;
    if (!is_value_known(reach->ports))
        return reach->ports;
    if (reach->except != NULL && !is_value_known(reach->except))
        return reach->except;
    return is_value_known(reach->protocol) ? NULL : reach->protocol;
}

/* A policy knows no names: a host opens its ports to any address. */
static void
emit_reach(struct yaml *yaml, const struct reach *reach)
{
    const struct value *unknown = unknown_in(reach);
    if (unknown != NULL) {
        emit_waiting(yaml, STR("reach"), unknown);
        return;
    }
    if (!reach->is_block)
        yaml_comment(yaml, reach->target->text);
    yaml_item(yaml);
    if (reach->is_block) {
        yaml_list(yaml, "to");
        emit_block(yaml, reach->target->text, reach->except);
        yaml_end(yaml);
    } else {
        emit_anywhere(yaml);
    }
    yaml_list(yaml, "ports");
    for (size_t i = 0; i < reach->ports->item_count; i++)
        emit_reach_port(yaml, reach, &reach->ports->items[i]);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_reaches(struct yaml *yaml, const struct workload *workload)
{
    for (size_t i = 0; i < workload->reach_count; i++)
        emit_reach(yaml, &workload->reaches[i]);
}

/* ---- in ----------------------------------------------------------------- */

static bool
has_name(const struct value *names, struct str name)
{
    for (size_t i = 0; names != NULL && i < names->item_count; i++) {
        if (is_str_equal(names->items[i].text, name))
            return true;
    }
    return names == NULL;
}

/* A rule without ports would open all of them. */
static bool
has_open_port(const struct workload *workload, const struct value *names)
{
    for (size_t i = 0; i < workload->port_count; i++) {
        if (has_name(names, workload->ports[i].name) &&
            is_value_known(workload->ports[i].number))
            return true;
    }
    return false;
}

static void
emit_open_ports(struct yaml *yaml, const struct workload *workload,
                const struct value *names)
{
    yaml_list(yaml, "ports");
    for (size_t i = 0; i < workload->port_count; i++) {
        const struct port *port = &workload->ports[i];
        if (!has_name(names, port->name))
            continue;
        if (!is_value_known(port->number)) {
            emit_waiting(yaml, port->name, port->number);
            continue;
        }
        yaml_item(yaml);
        emit_choice(yaml, "protocol", port->protocol);
        yaml_number_from(yaml, "port", port->number->number,
                         port->number->text);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static void
emit_admission(struct yaml *yaml, const struct workload *workload,
               const struct admission *admission)
{
    if (!is_value_known(admission->source)) {
        emit_waiting(yaml, STR("reached-by"), admission->source);
        return;
    }
    if (!has_open_port(workload, admission->port_names))
        return;
    yaml_item(yaml);
    yaml_list(yaml, "from");
    if (admission->is_block) {
        emit_block(yaml, admission->source->text, NULL);
    } else {
        yaml_item(yaml);
        yaml_map(yaml, "namespaceSelector");
        yaml_map(yaml, "matchLabels");
        yaml_text(yaml, NAMESPACE_LABEL, admission->source->text);
        yaml_end(yaml);
        yaml_end(yaml);
        yaml_end(yaml);
    }
    yaml_end(yaml);
    emit_open_ports(yaml, workload, admission->port_names);
    yaml_end(yaml);
}

void
emit_admissions(struct yaml *yaml, const struct workload *workload)
{
    for (size_t i = 0; i < workload->admission_count; i++)
        emit_admission(yaml, workload, &workload->admissions[i]);
}

/* Without `local`, requests come with the address of the node that took them
 * in, whoever sent them: there the load balancer alone asks for the source. */
void
emit_from_outside(struct yaml *yaml, const struct workload *workload)
{
    const struct exposure *exposure = &workload->exposure;
    bool is_exposed = is_value_known(exposure->how) &&
                      !is_str_equal(exposure->how->text, STR("cluster"));
    if (!is_exposed || !has_open_port(workload, NULL))
        return;
    yaml_comment(yaml, STR("clients of its Service, from outside"));
    yaml_item(yaml);
    if (exposure->is_local && is_value_known(exposure->sources)) {
        yaml_list(yaml, "from");
        for (size_t i = 0; i < exposure->sources->item_count; i++)
            emit_block(yaml, exposure->sources->items[i].text, NULL);
        yaml_end(yaml);
    }
    emit_open_ports(yaml, workload, NULL);
    yaml_end(yaml);
}

static void
emit_block(struct yaml *yaml, struct str block, const struct value *except)
{
    yaml_item(yaml);
    yaml_map(yaml, "ipBlock");
    yaml_text(yaml, "cidr", block);
    if (except != NULL) {
        yaml_list(yaml, "except");
        for (size_t i = 0; i < except->item_count; i++)
            yaml_item_text(yaml, except->items[i].text);
        yaml_end(yaml);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}
