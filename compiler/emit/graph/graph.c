#include "emit/graph/graph.h"

static const char *const kind_names[] = {
#define GRAPH(id, name, doc) name,
#include "emit/graph/graphs.def"
#undef GRAPH
};

static const char *const kind_docs[] = {
#define GRAPH(id, name, doc) doc,
#include "emit/graph/graphs.def"
#undef GRAPH
};

static const struct {
    const char *name;
    void (*draw)(struct buf *buf, const struct graph *graph);
} forms[] = {
    [FORM_MERMAID] = {"mermaid", draw_mermaid},
    [FORM_DOT] = {"dot", draw_dot},
    [FORM_SVG] = {"svg", draw_svg},
};

bool
graph_kind_find(struct str name, enum graph_kind *kind)
{
    for (int i = 0; i < GRAPH_KIND_COUNT; i++) {
        *kind = (enum graph_kind)i;
        if (is_str_equal(name, str_from(kind_names[i])))
            return true;
    }
    return false;
}

bool
graph_form_find(struct str name, enum graph_form *form)
{
    for (int i = 0; i < FORM_COUNT; i++) {
        *form = (enum graph_form)i;
        if (is_str_equal(name, str_from(forms[i].name)))
            return true;
    }
    return false;
}

static void
fill_graph(struct graph *graph, const struct graph_input *input,
           enum graph_kind kind)
{
    switch (kind) {
    case GRAPH_PROMOTE:
        graph_promotions(graph, input);
        break;
    case GRAPH_REQUEST:
        graph_requests(graph, input);
        break;
    case GRAPH_CALLS:
        graph_calls(graph, input);
        break;
    case GRAPH_FILES:
        graph_files(graph, input);
        break;
    case GRAPH_KIND_COUNT:
        break;
    }
}

void
emit_graph(struct buf *buf, const struct graph_input *input,
           enum graph_kind kind, enum graph_form form)
{
    struct graph graph = {.arena = input->arena};
    graph.title =
        arena_format(input->arena, "{}: {}",
                     STRS(input->ir->project->name, str_from(kind_docs[kind])));
    vec_init(&graph.nodes, input->arena, sizeof(struct graph_node));
    vec_init(&graph.edges, input->arena, sizeof(struct graph_edge));
    vec_init(&graph.groups, input->arena, sizeof(struct str));
    fill_graph(&graph, input, kind);
    forms[form].draw(buf, &graph);
}

size_t
graph_node_add(struct graph *graph, struct str title, enum node_look look,
               size_t group)
{
    struct graph_node *node = vec_add(&graph->nodes);
    node->title = title;
    node->look = look;
    node->group = group;
    return graph->nodes.count - 1;
}

struct graph_node *
graph_node(const struct graph *graph, size_t index)
{
    return vec_at(&graph->nodes, index);
}

struct graph_edge *
graph_edge_add(struct graph *graph, size_t from, size_t to)
{
    struct graph_edge *edge = vec_add(&graph->edges);
    edge->from = from;
    edge->to = to;
    return edge;
}

const struct graph_edge *
graph_edge(const struct graph *graph, size_t index)
{
    return vec_at(&graph->edges, index);
}

size_t
graph_group_add(struct graph *graph, struct str title)
{
    *(struct str *)vec_add(&graph->groups) = title;
    return graph->groups.count;
}

void
graph_line(struct node_lines *lines, struct str text)
{
    if (!is_str_empty(text) && lines->count < EDGE_LINES_MAX)
        lines->at[lines->count++] = text;
}
