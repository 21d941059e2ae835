/*
 * Graphs as texts that other programs draw: Mermaid and DOT.
 */
#include "emit/graph/graph.h"

#include "base/printable.h"
#include "base/utf8.h"

static const char *const colours[] = {[LOOK_PLAIN] = "#eef2ff",
                                      [LOOK_DEVELOPMENT] = "#e7f6ec",
                                      [LOOK_STAGING] = "#fff4e0",
                                      [LOOK_PRODUCTION] = "#fde8e8",
                                      [LOOK_OUTSIDE] = "#f1f5f9"};

typedef void text_writer(struct buf *buf, struct str text);

static void
add_lines(struct buf *buf, const struct node_lines *lines, const char *between,
          bool begins, text_writer *write)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (i > 0 || !begins)
            buf_add(buf, str_from(between));
        write(buf, lines->at[i]);
    }
}

/* ---- Mermaid ------------------------------------------------------------ */

/* What could end a label or begin something is an entity: `#35;`. */
static void
mermaid_text(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t point = printable_next(text, &i);
        bool is_plain = point >= 0x80 || point == ' ' ||
                        is_ascii_alnum((char)point) ||
                        has_byte(STR("-._/:,$"), (char)point);
        if (is_plain)
            utf8_add(buf, point);
        else {
            buf_byte(buf, '#');
            buf_number(buf, (int64_t)point);
            buf_byte(buf, ';');
        }
    }
}

static void
mermaid_node(struct buf *buf, const struct graph *graph, size_t index)
{
    const struct graph_node *node = graph_node(graph, index);
    buf_add(buf, STR("    n"));
    buf_number(buf, (int64_t)index);
    buf_add(buf, STR("[\"<b>"));
    mermaid_text(buf, node->title);
    buf_add(buf, STR("</b>"));
    add_lines(buf, &node->lines, "<br/>", false, mermaid_text);
    buf_add(buf, STR("\"]\n    style n"));
    buf_number(buf, (int64_t)index);
    buf_format(buf, " fill:{},stroke:#64748b,color:#0f172a\n",
               STRS(str_from(colours[node->look])));
}

static void
mermaid_edge(struct buf *buf, const struct graph_edge *edge)
{
    buf_add(buf, STR("    n"));
    buf_number(buf, (int64_t)edge->from);
    buf_add(buf, edge->is_forbidden ? STR(" -.-x") : STR(" -->"));
    if (edge->lines.count > 0) {
        buf_add(buf, STR("|\""));
        add_lines(buf, &edge->lines, "<br/>", true, mermaid_text);
        buf_add(buf, STR("\"|"));
    }
    buf_add(buf, STR(" n"));
    buf_number(buf, (int64_t)edge->to);
    buf_byte(buf, '\n');
}

void
draw_mermaid(struct buf *buf, const struct graph *graph)
{
    buf_add(buf, STR("flowchart LR\n"));
    for (size_t group = 0; group <= graph->groups.count; group++) {
        if (group > 0) {
            const struct str *titles = graph->groups.items;
            buf_add(buf, STR("    subgraph g"));
            buf_number(buf, (int64_t)group);
            buf_add(buf, STR(" [\""));
            mermaid_text(buf, titles[group - 1]);
            buf_add(buf, STR("\"]\n"));
        }
        for (size_t i = 0; i < graph->nodes.count; i++) {
            if (graph_node(graph, i)->group == group)
                mermaid_node(buf, graph, i);
        }
        buf_add(buf, group > 0 ? STR("    end\n") : STR(""));
    }
    for (size_t i = 0; i < graph->edges.count; i++)
        mermaid_edge(buf, graph_edge(graph, i));
}

/* ---- DOT ---------------------------------------------------------------- */

static void
dot_text(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t point = printable_next(text, &i);
        if (point == '"' || point == '\\')
            buf_byte(buf, '\\');
        utf8_add(buf, is_printable(point) ? point : REPLACEMENT_CHARACTER);
    }
}

static void
dot_node(struct buf *buf, const struct graph *graph, size_t index)
{
    const struct graph_node *node = graph_node(graph, index);
    buf_add(buf, STR("    n"));
    buf_number(buf, (int64_t)index);
    buf_add(buf, STR(" [label=\""));
    dot_text(buf, node->title);
    add_lines(buf, &node->lines, "\\n", false, dot_text);
    buf_format(buf, "\", fillcolor=\"{}\"];\n",
               STRS(str_from(colours[node->look])));
}

static void
dot_edge(struct buf *buf, const struct graph_edge *edge)
{
    buf_add(buf, STR("    n"));
    buf_number(buf, (int64_t)edge->from);
    buf_add(buf, STR(" -> n"));
    buf_number(buf, (int64_t)edge->to);
    buf_add(buf, STR(" [label=\""));
    add_lines(buf, &edge->lines, "\\n", true, dot_text);
    buf_add(buf, edge->is_forbidden
                     ? STR("\", style=dashed, color=\"#c02626\", "
                           "constraint=false, arrowhead=tee];\n")
                     : STR("\"];\n"));
}

void
draw_dot(struct buf *buf, const struct graph *graph)
{
    buf_add(buf, STR("digraph broxc {\n    rankdir=LR;\n"
                     "    node [shape=box, style=\"rounded,filled\", "
                     "fontname=\"sans-serif\"];\n"
                     "    edge [fontname=\"sans-serif\", fontsize=11];\n"));
    for (size_t group = 0; group <= graph->groups.count; group++) {
        if (group > 0) {
            const struct str *titles = graph->groups.items;
            buf_add(buf, STR("    subgraph cluster_"));
            buf_number(buf, (int64_t)group);
            buf_add(buf, STR(" {\n    label=\""));
            dot_text(buf, titles[group - 1]);
            buf_add(buf, STR("\";\n"));
        }
        for (size_t i = 0; i < graph->nodes.count; i++) {
            if (graph_node(graph, i)->group == group)
                dot_node(buf, graph, i);
        }
        buf_add(buf, group > 0 ? STR("    }\n") : STR(""));
    }
    for (size_t i = 0; i < graph->edges.count; i++)
        dot_edge(buf, graph_edge(graph, i));
    buf_add(buf, STR("}\n"));
}
