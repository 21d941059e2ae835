/*
 * The peers of a workload, seen and compared. Nothing is printed here.
 */
#include "emit/kubernetes/network_peers.h"

#include "emit/kubernetes/network.h"
#include "emit/kubernetes/workload.h"
#include "ir/controller.h"

bool
are_ports_equal(const struct workload *a, const struct workload *b)
{
    if (a->port_count != b->port_count)
        return false;
    for (size_t i = 0; i < a->port_count; i++) {
        if (!is_port_equal(&a->ports[i], &b->ports[i]))
            return false;
    }
    return true;
}

bool
has_callers(const struct workload *workload)
{
    return has_ports(workload);
}

bool
migrates(const struct environment *environment, const struct service *service)
{
    const struct workload *workload = workload_find(environment, service);
    return workload != NULL && workload->migration != NULL;
}

static bool
are_callers_of_equal(const struct plan *plan, const struct workload *a,
                     const struct workload *b)
{
    const struct environment_plan *in_a =
        &plan->environments[a->environment->index];
    const struct environment_plan *in_b =
        &plan->environments[b->environment->index];
    size_t index = a->service->index;
    size_t count = in_a->starts[index + 1] - in_a->starts[index];
    if (count != in_b->starts[index + 1] - in_b->starts[index])
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct service *caller = in_a->callers[in_a->starts[index] + i];
        if (caller != in_b->callers[in_b->starts[index] + i] ||
            migrates(a->environment, caller) !=
                migrates(b->environment, caller))
            return false;
    }
    return true;
}

static bool
has_known_host(const struct route *route)
{
    for (size_t i = 0; route->hosts != NULL && i < route->hosts->item_count;
         i++) {
        if (is_value_known(&route->hosts->items[i]))
            return true;
    }
    return false;
}

bool
is_routed_port(const struct workload *workload, const struct port *port)
{
    for (size_t i = 0; i < workload->route_count; i++) {
        const struct route *route = &workload->routes[i];
        if (route->port != NULL &&
            is_str_equal(route->port->name, port->name) &&
            has_known_host(route))
            return true;
    }
    return false;
}

/* Of workloads with equal ports. */
static bool
are_routed_ports_equal(const struct workload *a, const struct workload *b)
{
    for (size_t i = 0; i < a->port_count; i++) {
        if (is_routed_port(a, &a->ports[i]) != is_routed_port(b, &b->ports[i]))
            return false;
    }
    return true;
}

static bool
are_edge_peers_equal(struct edge_peer a, struct edge_peer b)
{
    return a.source == b.source &&
           is_str_equal(a.namespace_name, b.namespace_name);
}

bool
are_exposures_equal(const struct workload *a, const struct workload *b)
{
    return is_value_equal(a->exposure.how, b->exposure.how) &&
           is_value_equal(a->exposure.sources, b->exposure.sources) &&
           a->exposure.is_internal == b->exposure.is_internal &&
           a->exposure.is_local == b->exposure.is_local;
}

static bool
are_admissions_equal(const struct workload *a, const struct workload *b)
{
    if (a->admission_count != b->admission_count)
        return false;
    for (size_t i = 0; i < a->admission_count; i++) {
        if (!is_value_equal(a->admissions[i].source, b->admissions[i].source) ||
            !is_value_equal(a->admissions[i].port_names,
                            b->admissions[i].port_names))
            return false;
    }
    return true;
}

bool
are_callers_equal(const struct plan *plan, const struct workload *a,
                  const struct workload *b)
{
    return are_ports_equal(a, b) && are_routed_ports_equal(a, b) &&
           are_admissions_equal(a, b) && are_exposures_equal(a, b) &&
           (a->metrics == NULL) == (b->metrics == NULL) &&
           are_edge_peers_equal(edge_peer_of(a->environment),
                                edge_peer_of(b->environment)) &&
           are_callers_of_equal(plan, a, b);
}

static struct edge_peer
gateway_peer_of(const struct ingress *edge)
{
    static const enum edge_source sources[] = {
        [GATEWAY_OWN] = EDGE_PODS,
        [GATEWAY_NAMESPACE] = EDGE_NAMESPACE,
        [GATEWAY_OUTSIDE] = EDGE_ANYWHERE,
    };
    const struct gateway_class *class_row =
        is_value_known(edge->class_name)
            ? gateway_class_find(edge->class_name->text)
            : NULL;
    if (class_row == NULL)
        return (struct edge_peer){EDGE_NAMESPACE, STR("")};
    return (struct edge_peer){sources[class_row->source],
                              class_row->namespace_name};
}

struct edge_peer
edge_peer_of(const struct environment *environment)
{
    const struct ingress *edge = environment->ingress;
    struct edge_peer any = {EDGE_NAMESPACE, STR("")};
    if (edge != NULL && edge->is_gateway)
        return gateway_peer_of(edge);
    if (edge == NULL || !is_value_known(edge->class_name))
        return any;
    const struct controller *controller =
        controller_find(edge->class_name->text);
    if (controller == NULL)
        return any;
    return (struct edge_peer){EDGE_NAMESPACE, controller->namespace_name};
}

bool
has_own_gateway_pods(const struct environment *environment)
{
    return edge_peer_of(environment).source == EDGE_PODS;
}

bool
has_peers(const struct workload *workload)
{
    return is_stateful(workload) && has_ports(workload);
}

bool
has_calls(const struct workload *workload)
{
    for (size_t i = 0; i < workload->call_count; i++) {
        if (called_workload(workload, &workload->calls[i]) != NULL)
            return true;
    }
    return reaches_outside(workload) || workload->reach_count > 0 ||
           has_peers(workload);
}

static bool
are_reaches_equal(const struct workload *a, const struct workload *b)
{
    if (a->reach_count != b->reach_count)
        return false;
    for (size_t i = 0; i < a->reach_count; i++) {
        if (!is_value_equal(a->reaches[i].target, b->reaches[i].target) ||
            !is_value_equal(a->reaches[i].ports, b->reaches[i].ports) ||
            !is_value_equal(a->reaches[i].protocol, b->reaches[i].protocol) ||
            !is_value_equal(a->reaches[i].except, b->reaches[i].except))
            return false;
    }
    return true;
}

static bool
is_call_equal(const struct workload *a, const struct call *a_call,
              const struct workload *b, const struct call *b_call)
{
    const struct workload *a_called = called_workload(a, a_call);
    const struct workload *b_called = called_workload(b, b_call);
    if (a_called == NULL || b_called == NULL)
        return a_called == b_called;
    return a_call->service == b_call->service &&
           are_ports_equal(a_called, b_called);
}

bool
are_calls_equal(const struct workload *a, const struct workload *b)
{
    if (a->call_count != b->call_count ||
        reaches_outside(a) != reaches_outside(b) || !are_reaches_equal(a, b) ||
        (has_peers(a) && !are_ports_equal(a, b)))
        return false;
    for (size_t i = 0; i < a->call_count; i++) {
        if (!is_call_equal(a, &a->calls[i], b, &b->calls[i]))
            return false;
    }
    return true;
}

const struct workload *
called_workload(const struct workload *workload, const struct call *call)
{
    const struct workload *called =
        workload_find(workload->environment, call->service);
    return called != NULL && has_ports(called) ? called : NULL;
}

bool
reaches_outside(const struct workload *workload)
{
    return workload->reach_count == 0 &&
           (workload->secret_count > 0 || workload->secret_file_count > 0);
}
