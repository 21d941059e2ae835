/*
 * Network policies: all is closed, then what the program needs is opened.
 */
#include "emit/kubernetes/network.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/network_peers.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/openings.h"
#include "emit/kubernetes/workload.h"
#include "ir/edge.h"

#define NAMESPACE_LABEL "kubernetes.io/metadata.name"

enum { SOLVER_PORT = 8089 }; /* of cert-manager's acmesolver */

static void emit_types(struct yaml *yaml);
static void emit_gateway_labels(struct yaml *yaml,
                                const struct instance *instance);
static void emit_from_edge(struct yaml *yaml, const struct instance *instance);
static void emit_namespace_peer(struct yaml *yaml, struct str name);
static void emit_peer(struct yaml *yaml, const struct instance *instance,
                      struct str pods);
static void emit_port(struct yaml *yaml, const struct port *port);
static void emit_ports(struct yaml *yaml, const struct workload *workload);
static void emit_ingress_rules(struct yaml *yaml,
                               const struct instance *instance);
static void emit_egress_rules(struct yaml *yaml,
                              const struct instance *instance);

/* ---- of a namespace ----------------------------------------------------- */

void
emit_deny_policy(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "networking.k8s.io/v1", "NetworkPolicy",
                 STR("default-deny"));
    yaml_map(yaml, "spec");
    yaml_map(yaml, "podSelector");
    yaml_end(yaml);
    emit_types(yaml);
    yaml_end(yaml);
}

static void
emit_dns_port(struct yaml *yaml, const char *protocol)
{
    yaml_item(yaml);
    yaml_word(yaml, "protocol", protocol);
    yaml_number(yaml, "port", 53);
    yaml_end(yaml);
}

/* All of the namespace, or those of services: where others are open, a policy
 * about them would close all that it does not open. */
static void
emit_named_pods(struct yaml *yaml, const struct instance *instance)
{
    const struct ir *ir = instance->plan->ir;
    if (!is_network_open(ir))
        return;
    yaml_map(yaml, "matchLabels");
    yaml_text(yaml, "app.kubernetes.io/instance", ir->project->name);
    yaml_end(yaml);
}

void
emit_dns_policy(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "networking.k8s.io/v1", "NetworkPolicy",
                 STR("allow-dns"));
    yaml_map(yaml, "spec");
    yaml_map(yaml, "podSelector");
    emit_named_pods(yaml, instance);
    yaml_end(yaml);
    yaml_list(yaml, "policyTypes");
    yaml_item_word(yaml, "Egress");
    yaml_end(yaml);
    yaml_list(yaml, "egress");
    yaml_item(yaml);
    yaml_list(yaml, "to");
    emit_namespace_peer(yaml, STR("kube-system"));
    yaml_end(yaml);
    yaml_list(yaml, "ports");
    emit_dns_port(yaml, "UDP");
    emit_dns_port(yaml, "TCP");
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_solver_policy(struct yaml *yaml, const struct instance *instance)
{
    object_start(yaml, instance, "networking.k8s.io/v1", "NetworkPolicy",
                 STR("allow-acme"));
    yaml_map(yaml, "spec");
    yaml_map(yaml, "podSelector");
    yaml_map(yaml, "matchLabels");
    yaml_text(yaml, "acme.cert-manager.io/http01-solver", STR("true"));
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_list(yaml, "policyTypes");
    yaml_item_word(yaml, "Ingress");
    yaml_end(yaml);
    yaml_list(yaml, "ingress");
    yaml_item(yaml);
    emit_from_edge(yaml, instance);
    yaml_list(yaml, "ports");
    yaml_item(yaml);
    yaml_word(yaml, "protocol", "TCP");
    yaml_number(yaml, "port", SOLVER_PORT);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* The edge itself: whoever comes, to the services of the namespace and to the
 * controller that tells it how. */
void
emit_gateway_policy(struct yaml *yaml, const struct instance *instance)
{
    struct edge_peer peer = edge_peer_of(instance->environment);
    object_start(yaml, instance, "networking.k8s.io/v1", "NetworkPolicy",
                 STR("allow-gateway"));
    yaml_map(yaml, "spec");
    yaml_map(yaml, "podSelector");
    emit_gateway_labels(yaml, instance);
    yaml_end(yaml);
    emit_types(yaml);
    yaml_list(yaml, "ingress");
    yaml_comment(yaml, STR("the world"));
    yaml_item(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_list(yaml, "egress");
    yaml_item(yaml);
    yaml_list(yaml, "to");
    yaml_item(yaml);
    yaml_map(yaml, "podSelector");
    yaml_end(yaml);
    yaml_end(yaml);
    emit_namespace_peer(yaml, peer.namespace_name);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* ---- of a workload ------------------------------------------------------ */

void
emit_network_policy(struct yaml *yaml, const struct instance *instance)
{
    struct str service = instance->workload->service->name;
    object_start(yaml, instance, "networking.k8s.io/v1", "NetworkPolicy",
                 service);
    if (!has_any_section(instance,
                         SECTION(COMMON) | SECTION(CALLERS) | SECTION(CALLS)))
        return;
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON)) {
        yaml_map(yaml, "podSelector");
        emit_match_labels(yaml, instance->plan, service, STR(""));
        yaml_end(yaml);
        emit_types(yaml);
    }
    if (has_section(instance, SECTION_CALLERS))
        emit_ingress_rules(yaml, instance);
    emit_egress_rules(yaml, instance);
    yaml_end(yaml);
}

/* A migration runs in pods of its own, which serve nobody. */
void
emit_migration_policy(struct yaml *yaml, const struct instance *instance)
{
    struct str name =
        name_migration(instance->plan->arena, instance->workload->service);
    object_start(yaml, instance, "networking.k8s.io/v1", "NetworkPolicy", name);
    yaml_map(yaml, "spec");
    if (has_section(instance, SECTION_COMMON)) {
        yaml_map(yaml, "podSelector");
        emit_match_labels(yaml, instance->plan, name, STR(""));
        yaml_end(yaml);
        emit_types(yaml);
    }
    emit_egress_rules(yaml, instance);
    yaml_end(yaml);
}

/* ---- who may come in ---------------------------------------------------- */

static void
emit_from_services(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    const struct environment_plan *environment =
        &instance->plan->environments[workload->environment->index];
    size_t index = workload->service->index;
    if (environment->starts[index] == environment->starts[index + 1] ||
        !has_known_port(workload))
        return;
    yaml_comment(yaml, STR("who calls it"));
    yaml_item(yaml);
    yaml_list(yaml, "from");
    for (size_t i = environment->starts[index];
         i < environment->starts[index + 1]; i++) {
        const struct service *caller = environment->callers[i];
        emit_peer(yaml, instance, caller->name);
        if (migrates(workload->environment, caller))
            emit_peer(yaml, instance, name_migration(yaml->arena, caller));
    }
    yaml_end(yaml);
    emit_ports(yaml, workload);
    yaml_end(yaml);
}

/* The pods of a stateful set speak with each other. */
static void
emit_peer_rule(struct yaml *yaml, const struct instance *instance,
               const char *side)
{
    const struct workload *workload = instance->workload;
    if (!has_peers(workload) || !has_known_port(workload))
        return;
    yaml_comment(yaml, STR("its own pods, each other"));
    yaml_item(yaml);
    yaml_list(yaml, side);
    emit_peer(yaml, instance, workload->service->name);
    yaml_end(yaml);
    emit_ports(yaml, workload);
    yaml_end(yaml);
}

/* A rule without ports would open all of them. */
static void
emit_from_namespace(struct yaml *yaml, const struct port *port,
                    struct str namespace_name, struct str reason)
{
    if (!is_value_known(port->number)) {
        emit_waiting(yaml, port->name, port->number);
        return;
    }
    yaml_comment(yaml, reason);
    yaml_item(yaml);
    yaml_list(yaml, "from");
    emit_namespace_peer(yaml, namespace_name);
    yaml_end(yaml);
    yaml_list(yaml, "ports");
    emit_port(yaml, port);
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Each port that a route leads to. */
static void
emit_from_controller(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    for (size_t i = 0; i < workload->port_count; i++) {
        const struct port *port = &workload->ports[i];
        if (!is_routed_port(workload, port))
            continue;
        if (!is_value_known(port->number)) {
            emit_waiting(yaml, port->name, port->number);
            continue;
        }
        yaml_comment(yaml, has_gateway(workload->environment)
                               ? STR("the gateway, for its hosts")
                               : STR("the ingress controller, for its hosts"));
        yaml_item(yaml);
        emit_from_edge(yaml, instance);
        yaml_list(yaml, "ports");
        emit_port(yaml, port);
        yaml_end(yaml);
        yaml_end(yaml);
    }
}

static void
emit_ingress_rules(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    yaml_list(yaml, "ingress");
    emit_from_services(yaml, instance);
    emit_peer_rule(yaml, instance, "from");
    emit_from_controller(yaml, instance);
    emit_admissions(yaml, workload);
    emit_from_outside(yaml, workload);
    if (workload->metrics != NULL && workload->metrics->port != NULL)
        emit_from_namespace(yaml, workload->metrics->port, STR("monitoring"),
                            STR("whoever reads its metrics"));
    emit_from_namespace(
        yaml, &workload->ports[0], STR("kube-system"),
        STR("the pipeline's health test, through the API server"));
    yaml_end(yaml);
}

/* ---- where it may go ---------------------------------------------------- */

static void
emit_to_outside(struct yaml *yaml)
{
    yaml_comment(yaml,
                 STR("what its secrets open: a database, a mail service"));
    yaml_item(yaml);
    emit_anywhere(yaml);
    yaml_end(yaml);
}

static void
emit_egress_rules(struct yaml *yaml, const struct instance *instance)
{
    const struct workload *workload = instance->workload;
    if (!has_section(instance, SECTION_CALLS))
        return;
    yaml_list(yaml, "egress");
    emit_peer_rule(yaml, instance, "to");
    for (size_t i = 0; i < workload->call_count; i++) {
        const struct workload *called =
            called_workload(workload, &workload->calls[i]);
        if (called == NULL || !has_known_port(called))
            continue;
        yaml_item(yaml);
        yaml_list(yaml, "to");
        emit_peer(yaml, instance, called->service->name);
        yaml_end(yaml);
        emit_ports(yaml, called);
        yaml_end(yaml);
    }
    emit_reaches(yaml, workload);
    if (reaches_outside(workload))
        emit_to_outside(yaml);
    yaml_end(yaml);
}

/* ---- pieces ------------------------------------------------------------- */

static void
emit_types(struct yaml *yaml)
{
    yaml_list(yaml, "policyTypes");
    yaml_item_word(yaml, "Ingress");
    yaml_item_word(yaml, "Egress");
    yaml_end(yaml);
}

/* What every implementation puts on the pods of a Gateway (GEP-1762). */
static void
emit_gateway_labels(struct yaml *yaml, const struct instance *instance)
{
    yaml_map(yaml, "matchLabels");
    yaml_text(yaml, "gateway.networking.k8s.io/gateway-name",
              instance->plan->ir->project->name);
    yaml_end(yaml);
}

/* `from`, or nothing where no peer can be named. */
static void
emit_from_edge(struct yaml *yaml, const struct instance *instance)
{
    struct edge_peer peer = edge_peer_of(instance->environment);
    if (peer.source == EDGE_ANYWHERE)
        return;
    yaml_list(yaml, "from");
    if (peer.source == EDGE_PODS) {
        yaml_item(yaml);
        yaml_map(yaml, "podSelector");
        emit_gateway_labels(yaml, instance);
        yaml_end(yaml);
        yaml_end(yaml);
    } else {
        emit_namespace_peer(yaml, peer.namespace_name);
    }
    yaml_end(yaml);
}

/* An empty name stands for any namespace. */
static void
emit_namespace_peer(struct yaml *yaml, struct str name)
{
    yaml_item(yaml);
    yaml_map(yaml, "namespaceSelector");
    if (!is_str_empty(name)) {
        yaml_map(yaml, "matchLabels");
        yaml_text(yaml, NAMESPACE_LABEL, name);
        yaml_end(yaml);
    }
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_peer(struct yaml *yaml, const struct instance *instance, struct str pods)
{
    yaml_item(yaml);
    yaml_map(yaml, "podSelector");
    emit_match_labels(yaml, instance->plan, pods, STR(""));
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_port(struct yaml *yaml, const struct port *port)
{
    if (!is_value_known(port->number)) {
        emit_waiting(yaml, port->name, port->number);
        return;
    }
    yaml_item(yaml);
    emit_choice(yaml, "protocol", port->protocol);
    yaml_number_from(yaml, "port", port->number->number, port->number->text);
    yaml_end(yaml);
}

static void
emit_ports(struct yaml *yaml, const struct workload *workload)
{
    yaml_list(yaml, "ports");
    for (size_t i = 0; i < workload->port_count; i++)
        emit_port(yaml, &workload->ports[i]);
    yaml_end(yaml);
}
