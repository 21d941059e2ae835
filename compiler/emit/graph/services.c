/*
 * Two graphs of services: which calls which, over all environments; and the way
 * of a request, environment by environment.
 */
#include "emit/graph/graph.h"

#include "ir/release.h"

static const char *const kinds[] = {[SERVICE_SERVICE] = "service",
                                    [SERVICE_WORKER] = "worker",
                                    [SERVICE_STATEFUL] = "stateful set",
                                    [SERVICE_JOB] = "job",
                                    [SERVICE_TASK] = "task"};

static size_t
box_of(struct graph *graph, struct str title, size_t group)
{
    for (size_t i = 0; i < graph->nodes.count; i++) {
        if (graph_node(graph, i)->group == group &&
            is_str_equal(graph_node(graph, i)->title, title))
            return i;
    }
    return graph_node_add(graph, title, LOOK_OUTSIDE, group);
}

static bool
has_edge(const struct graph *graph, size_t from, size_t to)
{
    for (size_t i = 0; i < graph->edges.count; i++) {
        if (graph_edge(graph, i)->from == from &&
            graph_edge(graph, i)->to == to)
            return true;
    }
    return false;
}

static void
connect(struct graph *graph, size_t from, size_t to)
{
    if (!has_edge(graph, from, to))
        graph_edge_add(graph, from, to);
}

static bool
is_chosen(const struct graph_input *input,
          const struct environment *environment)
{
    return is_str_empty(input->environment) ||
           is_str_equal(input->environment, environment->name);
}

/* ---- calls -------------------------------------------------------------- */

static void
add_calls(struct graph *graph, const struct workload *workload)
{
    size_t from = workload->service->index;
    for (size_t i = 0; i < workload->call_count; i++)
        connect(graph, from, workload->calls[i].service->index);
    for (size_t i = 0; i < workload->reach_count; i++) {
        if (is_value_known(workload->reaches[i].target))
            connect(graph, from,
                    box_of(graph, workload->reaches[i].target->text, NO_GROUP));
    }
    if (workload->route_count > 0)
        connect(graph, box_of(graph, STR("the world"), NO_GROUP), from);
}

void
graph_calls(struct graph *graph, const struct graph_input *input)
{
    const struct ir *ir = input->ir;
    for (size_t i = 0; i < ir->service_count; i++) {
        size_t index =
            graph_node_add(graph, ir->services[i]->name, LOOK_PLAIN, NO_GROUP);
        graph_line(&graph_node(graph, index)->lines,
                   str_from(kinds[ir->services[i]->kind]));
    }
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        for (size_t j = 0;
             is_chosen(input, environment) && j < environment->workload_count;
             j++)
            add_calls(graph, environment->workloads[j]);
    }
}

/* ---- requests ----------------------------------------------------------- */

static enum node_look
look_in(const struct environment *environment)
{
    static const enum node_look looks[] = {[TIER_DEVELOPMENT] =
                                               LOOK_DEVELOPMENT,
                                           [TIER_STAGING] = LOOK_STAGING,
                                           [TIER_PRODUCTION] = LOOK_PRODUCTION};
    return looks[environment->tier];
}

static struct str
pods_text(struct arena *arena, const struct workload *workload)
{
    const struct value *scale = workload->scale;
    if (is_value_known(scale))
        return arena_format(arena, "{} to {} pods",
                            STRS(scale->items[0].text, scale->items[1].text));
    if (!is_value_known(workload->count))
        return STR("");
    return arena_format(arena,
                        workload->count->number == 1 ? "{} pod" : "{} pods",
                        STRS(workload->count->text));
}

static size_t
add_workload(struct graph *graph, const struct workload *workload, size_t group)
{
    size_t index = graph_node_add(graph, workload->service->name,
                                  look_in(workload->environment), group);
    struct node_lines *lines = &graph_node(graph, index)->lines;
    graph_line(lines, pods_text(graph->arena, workload));
    if (is_coloured(workload))
        graph_line(lines, STR("of the live colour"));
    if (workload->port_count > 0 && is_value_known(workload->ports[0].number))
        graph_line(lines, arena_format(graph->arena, "port {}",
                                       STRS(workload->ports[0].number->text)));
    return index;
}

static size_t
add_edge_box(struct graph *graph, const struct environment *environment,
             size_t group)
{
    const struct ingress *ingress = environment->ingress;
    size_t index = graph_node_add(
        graph, ingress->is_gateway ? STR("gateway") : STR("ingress"),
        LOOK_PLAIN, group);
    struct node_lines *lines = &graph_node(graph, index)->lines;
    if (is_value_known(ingress->class_name))
        graph_line(lines, ingress->class_name->text);
    if (is_value_known(ingress->address))
        graph_line(lines, ingress->address->text);
    else if (ingress->address != NULL)
        graph_line(lines, arena_format(graph->arena, "?{}",
                                       STRS(ingress->address->text)));
    return index;
}

static void
add_hosts(struct graph *graph, const struct workload *workload, size_t edge,
          size_t group)
{
    for (size_t i = 0; i < workload->route_count; i++) {
        const struct value *hosts = workload->routes[i].hosts;
        for (size_t j = 0; hosts != NULL && j < hosts->item_count; j++) {
            if (is_value_known(&hosts->items[j]))
                connect(graph, box_of(graph, hosts->items[j].text, group),
                        edge);
        }
    }
}

static void
add_environment(struct graph *graph, const struct environment *environment)
{
    size_t group = graph_group_add(graph, environment->name);
    size_t first = graph->nodes.count;
    for (size_t i = 0; i < environment->workload_count; i++)
        add_workload(graph, environment->workloads[i], group);
    size_t edge = environment->ingress == NULL
                      ? first
                      : add_edge_box(graph, environment, group);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t j = 0; j < workload->call_count; j++) {
            const struct workload *callee =
                workload_find(environment, workload->calls[j].service);
            for (size_t k = 0; k < environment->workload_count; k++) {
                if (environment->workloads[k] == callee)
                    connect(graph, first + i, first + k);
            }
        }
        if (environment->ingress == NULL || workload->route_count == 0)
            continue;
        connect(graph, edge, first + i);
        add_hosts(graph, workload, edge, group);
    }
}

void
graph_requests(struct graph *graph, const struct graph_input *input)
{
    for (size_t i = 0; i < input->ir->environment_count; i++) {
        if (is_chosen(input, input->ir->environments[i]))
            add_environment(graph, input->ir->environments[i]);
    }
}
