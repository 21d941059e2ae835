#include "resolve/edge.h"

#include "resolve/node.h"

/* W21: one layer that says both means neither. */
static void
report_both(const struct scope *scope, struct scope_node ingress,
            struct scope_node gateway)
{
    struct diag *diag =
        diag_add(scope->resolver->sink, DIAG_W21, gateway.node->span,
                 STRS(scope->environment->name));
    diag_note(diag, ingress.node->span, "the ingress is here", NO_STRS);
    diag_help(diag, "leave one of them out", NO_STRS);
}

/* A gateway of a stronger layer replaces the ingress of a weaker one, and the
 * other way round. */
static struct scope_node
find_edge(const struct scope *scope)
{
    struct scope_node ingress = scope_find(scope, WORD_INGRESS);
    struct scope_node gateway = scope_find(scope, WORD_GATEWAY);
    if (ingress.node == NULL)
        return gateway;
    if (gateway.node == NULL)
        return ingress;
    if (ingress.layer == gateway.layer)
        report_both(scope, ingress, gateway);
    return gateway.layer >= ingress.layer ? gateway : ingress;
}

static void
resolve_gateway(const struct scope *inside, struct ingress *edge)
{
    edge->is_gateway = true;
    edge->hsts = scope_value(inside, WORD_GATEWAY_HSTS);
    edge->gateway_namespace = scope_value(inside, WORD_GATEWAY_NAMESPACE);
    if (edge->gateway_namespace == NULL)
        return;
    edge->gateway = edge->class_name;
    edge->class_name = NULL;
    edge->listener = scope_value(inside, WORD_GATEWAY_LISTENER);
}

const struct ingress *
resolve_edge(const struct scope *scope)
{
    struct scope_node at = find_edge(scope);
    if (at.node == NULL)
        return NULL;
    struct scope inside = scope_inside(scope, at);
    struct ingress *edge = arena_new(scope->resolver->arena, sizeof *edge);
    edge->class_name = scope_argument(scope, at, 0);
    edge->address = scope_value(&inside, WORD_ADDRESS);
    edge->second_address = scope_value(&inside, WORD_ADDRESS6);
    edge->http = scope_value(&inside, WORD_EDGE_HTTP);
    edge->tls = scope_value(&inside, WORD_EDGE_TLS);
    edge->span = at.node->span;
    if (at.node->word->id == WORD_GATEWAY)
        resolve_gateway(&inside, edge);
    return edge;
}
