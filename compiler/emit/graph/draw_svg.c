/*
 * A graph as SVG 1.1 that stands alone: light or dark as its reader is, with no
 * script and nothing that is loaded.
 */
#include "emit/graph/layout.h"
#include "emit/text/xml.h"

enum { ACCENT = 5, LABEL_PADDING = 6 };

static const char style[] =
    "  <style>\n"
    "    text { font: 12px ui-monospace, \"DejaVu Sans Mono\", Menlo, "
    "Consolas, monospace; fill: #475569 }\n"
    "    .t { font: 600 14px ui-sans-serif, system-ui, \"DejaVu Sans\", "
    "sans-serif; fill: #0f172a }\n"
    "    .page { fill: #ffffff } .frame { fill: #f8fafc; stroke: #cbd5e1 }\n"
    "    .box { fill: #ffffff; stroke: #cbd5e1 } .label { fill: #ffffff }\n"
    "    .way { fill: none; stroke: #64748b; stroke-width: 1.6 }\n"
    "    .tip { fill: #64748b } .never { stroke: #dc2626; "
    "stroke-dasharray: 6 4 }\n"
    "    .stop { stroke: #dc2626; stroke-width: 3 } .no { fill: #dc2626 }\n"
    "    .plain { fill: #6366f1 } .development { fill: #16a34a }\n"
    "    .staging { fill: #d97706 } .production { fill: #dc2626 }\n"
    "    .outside { fill: #94a3b8 }\n"
    "    @media (prefers-color-scheme: dark) {\n"
    "      text { fill: #94a3b8 } .t { fill: #f1f5f9 } .page { fill: #0f172a }\n"
    "      .frame { fill: #131c31; stroke: #334155 }\n"
    "      .box { fill: #1e293b; stroke: #475569 } .label { fill: #0f172a }\n"
    "      .no { fill: #f87171 }\n"
    "    }\n"
    "  </style>\n"
    "  <defs>\n"
    "    <marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" "
    "markerWidth=\"8\" markerHeight=\"8\" orient=\"auto-start-reverse\">"
    "<path class=\"tip\" d=\"M0 0L10 5L0 10z\"/></marker>\n"
    "    <marker id=\"stop\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" "
    "markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\">"
    "<path class=\"stop\" d=\"M8 0L8 10\"/></marker>\n"
    "  </defs>\n";

/* `{}` of the template are numbers. */
static void
add_shape(struct buf *buf, const char *form, const int *numbers, size_t count)
{
    size_t next = 0;
    for (const char *at = form; *at != '\0'; at++) {
        if (at[0] == '{' && at[1] == '}' && next < count) {
            buf_number(buf, numbers[next++]);
            at++;
        } else {
            buf_byte(buf, *at);
        }
    }
}

#define SHAPE(buf, form, ...)                                                  \
    add_shape(buf, form, (const int[]){__VA_ARGS__},                           \
              sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static void
add_text(struct buf *buf, const char *class_name, struct str text, int x, int y)
{
    SHAPE(buf, "  <text x=\"{}\" y=\"{}\"", x, y);
    buf_format(buf, " class=\"{}\">", STRS(str_from(class_name)));
    xml_text(buf, text);
    buf_add(buf, STR("</text>\n"));
}

static void
draw_node(struct buf *buf, const struct graph_node *node, const struct box *box)
{
    static const char *const looks[] = {[LOOK_PLAIN] = "plain",
                                        [LOOK_DEVELOPMENT] = "development",
                                        [LOOK_STAGING] = "staging",
                                        [LOOK_PRODUCTION] = "production",
                                        [LOOK_OUTSIDE] = "outside"};
    int x = box->x + BOX_PADDING;
    int y = box->y + BOX_PADDING + 10;
    SHAPE(buf,
          "  <rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" "
          "rx=\"8\"/>\n",
          box->x, box->y, box->width, box->height);
    SHAPE(buf, "  <rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\"",
          box->x, box->y + BOX_PADDING - 4, ACCENT - 1,
          box->height - 2 * BOX_PADDING + 8);
    buf_format(buf, " class=\"{}\"/>\n", STRS(str_from(looks[node->look])));
    add_text(buf, "t", node->title, x, y);
    for (size_t i = 0; i < node->lines.count; i++)
        add_text(buf, "l", node->lines.at[i], x,
                 y + TITLE_HEIGHT + (int)i * LINE_HEIGHT - 1);
}

/* A curve that leaves and arrives level. */
static void
add_curve(struct buf *buf, int x, int y, int to_x, int to_y)
{
    int bend = (to_x - x) / 2;
    SHAPE(buf, " C{} {} {} {} {} {}", x + bend, y, to_x - bend, to_y, to_x,
          to_y);
}

static struct box
add_straight(struct buf *buf, const struct box *from, const struct box *to,
             const struct route_points *route)
{
    int x = from->x + from->width;
    int y = from->y + from->height / 2;
    struct box first = {.x = x, .y = y};
    SHAPE(buf, "M{} {}", x, y);
    for (size_t i = 0; i <= route->count; i++) {
        const struct box *next = i < route->count ? &route->at[i] : to;
        int next_y = next->y + next->height / 2;
        add_curve(buf, x, y, next->x, next_y);
        if (i == 0) {
            first.width = next->x - x;
            first.height = next_y - y;
        }
        x = next->x;
        y = next_y;
        if (i < route->count) {
            x += next->width;
            SHAPE(buf, "L{} {}", x, y);
        }
    }
    return first;
}

static struct box
add_below(struct buf *buf, const struct box *from, const struct box *to,
          int depth)
{
    int x = from->x + from->width / 2;
    int to_x = to->x + to->width / 2;
    int bend = to_x > x ? 40 : -40;
    SHAPE(buf, "M{} {}C{} {} {} {} {} {}L{} {}C{} {} {} {} {} {}", x,
          from->y + from->height, x, depth, x, depth, x + bend, depth,
          to_x - bend, depth, to_x, depth, to_x, depth, to_x,
          to->y + to->height + 2);
    return (struct box){x, depth, to_x - x, 0};
}

/* In the middle of the arrow's first part, on a patch of the page's colour. */
static void
add_label(struct buf *buf, const struct graph_edge *edge,
          const struct box *part)
{
    int width = lines_width(&edge->lines);
    int height = (int)edge->lines.count * LINE_HEIGHT;
    int x = part->x + part->width / 2 - width / 2;
    int y = part->y + part->height / 2 - height / 2;
    if (edge->lines.count == 0)
        return;
    SHAPE(buf,
          "  <rect class=\"label\" x=\"{}\" y=\"{}\" width=\"{}\" "
          "height=\"{}\" rx=\"4\"/>\n",
          x - LABEL_PADDING, y - 2, width + 2 * LABEL_PADDING, height + 4);
    for (size_t i = 0; i < edge->lines.count; i++)
        add_text(buf, edge->is_forbidden ? "no" : "l", edge->lines.at[i], x,
                 y + (int)i * LINE_HEIGHT + 13);
}

static void
draw_edge(struct buf *buf, const struct layout *layout,
          const struct graph_edge *edge, const struct route_points *route)
{
    const struct box *from = &layout->boxes[edge->from];
    const struct box *to = &layout->boxes[edge->to];
    buf_format(buf, "  <path class=\"way{}\" marker-end=\"url(#{})\" d=\"",
               STRS(edge->is_forbidden ? STR(" never") : STR(""),
                    edge->is_forbidden ? STR("stop") : STR("tip")));
    struct box part = route->is_below ? add_below(buf, from, to, route->depth)
                                      : add_straight(buf, from, to, route);
    buf_add(buf, STR("\"/>\n"));
    add_label(buf, edge, &part);
}

static void
draw_frames(struct buf *buf, const struct graph *graph,
            const struct layout *layout)
{
    const struct str *titles = graph->groups.items;
    for (size_t i = 1; i <= graph->groups.count; i++) {
        const struct box *frame = &layout->frames[i];
        SHAPE(buf,
              "  <rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" "
              "height=\"{}\" rx=\"12\"/>\n",
              frame->x, frame->y, frame->width, frame->height);
        add_text(buf, "t", titles[i - 1], frame->x + BOX_PADDING,
                 frame->y + TITLE_HEIGHT + 2);
    }
}

void
draw_svg(struct buf *buf, const struct graph *graph)
{
    struct layout layout = make_layout(graph);
    SHAPE(buf,
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" "
          "width=\"{}\" height=\"{}\" role=\"img\">\n",
          layout.width, layout.height, layout.width, layout.height);
    buf_add(buf, STR("  <title>"));
    xml_text(buf, graph->title);
    buf_add(buf, STR("</title>\n"));
    buf_add(buf, str_from(style));
    SHAPE(buf,
          "  <rect class=\"page\" width=\"{}\" height=\"{}\" rx=\"12\"/>\n",
          layout.width, layout.height);
    add_text(buf, "t", graph->title, 16, 30);
    draw_frames(buf, graph, &layout);
    for (size_t i = 0; i < graph->edges.count; i++)
        draw_edge(buf, &layout, graph_edge(graph, i), &layout.routes[i]);
    for (size_t i = 0; i < graph->nodes.count; i++)
        draw_node(buf, graph_node(graph, i), &layout.boxes[i]);
    buf_add(buf, STR("</svg>\n"));
}
