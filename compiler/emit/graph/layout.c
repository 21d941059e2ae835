/*
 * After Sugiyama: ranks by the longest way, an arrow over several ranks gets a
 * point in each between, points of a rank are put where their neighbours are.
 */
#include "emit/graph/layout.h"

#include "base/sort.h"
#include "base/utf8.h"

enum {
    GAP_ACROSS = 60, /* between columns, besides what stands on the arrows */
    GAP_DOWN = 26,
    POINT_HEIGHT = 12,
    SWEEPS = 6,
    BELOW_STEP = 34,
    MARGIN = 16,
    POINTS_MAX = 20000, /* between boxes; over that, arrows go straight */
};

/* A box, or a point of an arrow between two. */
struct spot {
    size_t node; /* or NO_NODE */
    size_t rank;
    size_t group;
    double wish;  /* where its neighbours stand, on average */
    size_t count; /* of those */
    struct box box;
};

enum { NO_NODE = INT32_MAX };

struct way {
    const struct graph_edge *edge;
    size_t first; /* of its points, in `spots` */
    size_t count;
    bool is_below;
    int depth;
};

struct drawing {
    const struct graph *graph;
    struct arena *arena;
    struct spot *spots; /* the nodes first, by index */
    size_t spot_count;
    struct way *ways; /* by edge */
    size_t rank_count;
    size_t *rank_of; /* by node */
};

int
lines_width(const struct node_lines *lines)
{
    size_t cells = 0;
    for (size_t i = 0; i < lines->count; i++) {
        size_t width = utf8_width(lines->at[i]);
        cells = width > cells ? width : cells;
    }
    return (int)cells * LINE_CELL;
}

/* ---- ranks -------------------------------------------------------------- */

static bool
counts(const struct graph_edge *edge)
{
    return !edge->is_forbidden && edge->from != edge->to;
}

/* How many arrows come from boxes that have no rank yet. */
static size_t *
open_arrows(const struct drawing *drawing)
{
    const struct graph *graph = drawing->graph;
    size_t *open =
        arena_array(drawing->arena, graph->nodes.count, sizeof *open);
    for (size_t i = 0; i < graph->edges.count; i++) {
        const struct graph_edge *edge = graph_edge(graph, i);
        if (counts(edge))
            open[edge->to]++;
    }
    return open;
}

/* The next box of which every arrow comes from one that has a rank; in a
 * circle the one with the fewest others. */
static size_t
next_node(const struct drawing *drawing, const size_t *open,
          const bool *is_done)
{
    size_t best = NO_NODE;
    for (size_t i = 0; i < drawing->graph->nodes.count; i++) {
        if (!is_done[i] && (best == NO_NODE || open[i] < open[best]))
            best = i;
        if (best != NO_NODE && open[best] == 0)
            break;
    }
    return best;
}

static void
rank_nodes(struct drawing *drawing)
{
    const struct graph *graph = drawing->graph;
    size_t count = graph->nodes.count;
    size_t *open = open_arrows(drawing);
    bool *is_done = arena_array(drawing->arena, count, sizeof *is_done);
    drawing->rank_of = arena_array(drawing->arena, count, sizeof(size_t));
    for (size_t i = 0; i < count; i++) {
        size_t node = next_node(drawing, open, is_done);
        is_done[node] = true;
        if (drawing->rank_of[node] >= drawing->rank_count)
            drawing->rank_count = drawing->rank_of[node] + 1;
        for (size_t j = 0; j < graph->edges.count; j++) {
            const struct graph_edge *edge = graph_edge(graph, j);
            if (edge->from != node || !counts(edge) || is_done[edge->to])
                continue;
            open[edge->to]--;
            if (drawing->rank_of[edge->to] <= drawing->rank_of[node])
                drawing->rank_of[edge->to] = drawing->rank_of[node] + 1;
        }
    }
}

/* ---- spots -------------------------------------------------------------- */

static struct box
node_size(const struct graph_node *node)
{
    int title = (int)utf8_width(node->title) * TITLE_CELL;
    int lines = lines_width(&node->lines);
    return (struct box){
        .width = (title > lines ? title : lines) + 2 * BOX_PADDING,
        .height = TITLE_HEIGHT + (int)node->lines.count * LINE_HEIGHT +
                  2 * BOX_PADDING - 6};
}

static size_t
points_between(const struct drawing *drawing, const struct graph_edge *edge)
{
    size_t from = drawing->rank_of[edge->from];
    size_t to = drawing->rank_of[edge->to];
    return counts(edge) && to > from ? to - from - 1 : 0;
}

static void
place_spots(struct drawing *drawing)
{
    const struct graph *graph = drawing->graph;
    size_t total = 0;
    for (size_t i = 0; i < graph->edges.count; i++)
        total += points_between(drawing, graph_edge(graph, i));
    bool has_points = total <= POINTS_MAX;
    size_t count = graph->nodes.count;
    drawing->spots =
        arena_array(drawing->arena, count + (has_points ? total : 0),
                    sizeof *drawing->spots);
    drawing->ways =
        arena_array(drawing->arena, graph->edges.count, sizeof *drawing->ways);
    for (size_t i = 0; i < count; i++)
        drawing->spots[i] =
            (struct spot){.node = i,
                          .rank = drawing->rank_of[i],
                          .group = graph_node(graph, i)->group,
                          .box = node_size(graph_node(graph, i))};
    for (size_t i = 0; i < graph->edges.count; i++) {
        const struct graph_edge *edge = graph_edge(graph, i);
        size_t between = has_points ? points_between(drawing, edge) : 0;
        size_t from = drawing->rank_of[edge->from];
        drawing->ways[i] = (struct way){
            .edge = edge,
            .first = count,
            .count = between,
            .is_below = !counts(edge) || drawing->rank_of[edge->to] <= from};
        for (size_t j = 0; j < between; j++)
            drawing->spots[count++] =
                (struct spot){.node = NO_NODE,
                              .rank = from + j + 1,
                              .group = graph_node(graph, edge->from)->group,
                              .box = {.height = POINT_HEIGHT}};
    }
    drawing->spot_count = count;
}

/* The spot before or behind the `step`-th of a way: its boxes are the ends. */
static size_t
way_spot(const struct way *way, size_t step)
{
    if (step == 0)
        return way->edge->from;
    return step <= way->count ? way->first + step - 1 : way->edge->to;
}

/* ---- columns ------------------------------------------------------------ */

struct column {
    size_t *spots; /* from top to bottom */
    size_t count;
    int width;
    int x;
    int gap; /* to the next one */
};

static int
compare_wishes(const void *a, const void *b, const void *context)
{
    const struct drawing *drawing = context;
    double left = drawing->spots[*(const size_t *)a].wish;
    double right = drawing->spots[*(const size_t *)b].wish;
    return (left > right) - (left < right);
}

static struct column *
make_columns(const struct drawing *drawing, size_t group)
{
    struct column *columns =
        arena_array(drawing->arena, drawing->rank_count + 1, sizeof *columns);
    for (size_t i = 0; i < drawing->spot_count; i++) {
        if (drawing->spots[i].group != group)
            continue;
        struct column *column = &columns[drawing->spots[i].rank];
        if (column->spots == NULL)
            column->spots = arena_array(drawing->arena, drawing->spot_count,
                                        sizeof(size_t));
        column->spots[column->count++] = i;
        if (drawing->spots[i].box.width > column->width)
            column->width = drawing->spots[i].box.width;
    }
    return columns;
}

static int
column_height(const struct drawing *drawing, const struct column *column)
{
    int height = 0;
    for (size_t i = 0; i < column->count; i++)
        height += drawing->spots[column->spots[i]].box.height + GAP_DOWN;
    return height > 0 ? height - GAP_DOWN : 0;
}

static void
stack_column(struct drawing *drawing, const struct column *column)
{
    int y = -column_height(drawing, column) / 2;
    for (size_t i = 0; i < column->count; i++) {
        struct box *box = &drawing->spots[column->spots[i]].box;
        box->y = y;
        y += box->height + GAP_DOWN;
    }
}

static double
middle_of(const struct drawing *drawing, size_t spot)
{
    const struct box *box = &drawing->spots[spot].box;
    return box->y + box->height / 2.0;
}

static void
add_wish(struct drawing *drawing, size_t spot, size_t neighbour)
{
    drawing->spots[spot].wish += middle_of(drawing, neighbour);
    drawing->spots[spot].count++;
}

/* Where the neighbours on one side stand, on average. */
static void
make_wishes(struct drawing *drawing, bool looks_left)
{
    for (size_t i = 0; i < drawing->spot_count; i++) {
        drawing->spots[i].wish = 0;
        drawing->spots[i].count = 0;
    }
    for (size_t i = 0; i < drawing->graph->edges.count; i++) {
        const struct way *way = &drawing->ways[i];
        for (size_t step = 0; !way->is_below && step <= way->count; step++) {
            size_t before = way_spot(way, step);
            size_t behind = way_spot(way, step + 1);
            if (looks_left)
                add_wish(drawing, behind, before);
            else
                add_wish(drawing, before, behind);
        }
    }
    for (size_t i = 0; i < drawing->spot_count; i++) {
        struct spot *spot = &drawing->spots[i];
        spot->wish = spot->count > 0 ? spot->wish / (double)spot->count
                                     : middle_of(drawing, i);
    }
}

static void
sweep(struct drawing *drawing, struct column *columns)
{
    for (int round = 0; round < SWEEPS; round++) {
        make_wishes(drawing, round % 2 == 0);
        for (size_t i = 0; i < drawing->rank_count; i++) {
            sort_items(drawing->arena, columns[i].spots, columns[i].count,
                       sizeof(size_t), compare_wishes, drawing);
            stack_column(drawing, &columns[i]);
        }
    }
}

/* What stands on arrows out of a column must fit behind it. All of a column are
 * as wide as it is, so that no arrow runs below a box. */
static void
spread_columns(struct drawing *drawing, struct column *columns)
{
    int x = 0;
    for (size_t i = 0; i < drawing->graph->edges.count; i++) {
        const struct way *way = &drawing->ways[i];
        struct column *column = &columns[drawing->rank_of[way->edge->from]];
        int width = lines_width(&way->edge->lines);
        if (!way->is_below && column->count > 0 && width > column->gap)
            column->gap = width;
    }
    for (size_t i = 0; i < drawing->rank_count; i++) {
        columns[i].x = x;
        x += columns[i].width + columns[i].gap + GAP_ACROSS;
        for (size_t j = 0; j < columns[i].count; j++) {
            struct box *box = &drawing->spots[columns[i].spots[j]].box;
            box->x = columns[i].x;
            box->width = columns[i].width;
        }
    }
}

/* ---- groups ------------------------------------------------------------- */

static struct box
bounds_of(const struct drawing *drawing, size_t group)
{
    struct box bounds = {0};
    bool is_first = true;
    for (size_t i = 0; i < drawing->spot_count; i++) {
        const struct box *box = &drawing->spots[i].box;
        if (drawing->spots[i].group != group)
            continue;
        if (is_first)
            bounds = *box;
        is_first = false;
        int right = bounds.x + bounds.width;
        int bottom = bounds.y + bounds.height;
        right = box->x + box->width > right ? box->x + box->width : right;
        bottom = box->y + box->height > bottom ? box->y + box->height : bottom;
        bounds.x = box->x < bounds.x ? box->x : bounds.x;
        bounds.y = box->y < bounds.y ? box->y : bounds.y;
        bounds.width = right - bounds.x;
        bounds.height = bottom - bounds.y;
    }
    return bounds;
}

static void
move_group(struct drawing *drawing, size_t group, int x, int y)
{
    for (size_t i = 0; i < drawing->spot_count; i++) {
        if (drawing->spots[i].group != group)
            continue;
        drawing->spots[i].box.x += x;
        drawing->spots[i].box.y += y;
    }
}

/* Arrows that go around, each a step below the one before. */
static int
lay_below(struct drawing *drawing, size_t group, int bottom)
{
    int depth = 0;
    for (size_t i = 0; i < drawing->graph->edges.count; i++) {
        struct way *way = &drawing->ways[i];
        if (!way->is_below ||
            graph_node(drawing->graph, way->edge->from)->group != group)
            continue;
        depth += BELOW_STEP;
        way->depth = bottom + depth;
    }
    return depth > 0 ? depth + LINE_HEIGHT / 2 : 0;
}

/* Places one group at `top`; gives its frame. */
static struct box
lay_group(struct drawing *drawing, size_t group, int top)
{
    struct column *columns = make_columns(drawing, group);
    for (size_t i = 0; i < drawing->rank_count; i++)
        stack_column(drawing, &columns[i]);
    sweep(drawing, columns);
    spread_columns(drawing, columns);
    struct box bounds = bounds_of(drawing, group);
    int left = MARGIN + (group != NO_GROUP ? FRAME_PADDING : 0);
    int head = group != NO_GROUP ? FRAME_PADDING + TITLE_HEIGHT : 0;
    move_group(drawing, group, left - bounds.x, top + head - bounds.y);
    int below = lay_below(drawing, group, top + head + bounds.height);
    return (struct box){.x = MARGIN,
                        .y = top,
                        .width = bounds.width + 2 * (left - MARGIN),
                        .height = bounds.height + head + below +
                                  (group != NO_GROUP ? FRAME_PADDING : 0)};
}

static struct box *
lay_groups(struct drawing *drawing, struct layout *layout)
{
    size_t count = drawing->graph->groups.count + 1;
    struct box *frames = arena_array(drawing->arena, count, sizeof *frames);
    int y = MARGIN + TITLE_HEIGHT + MARGIN;
    for (size_t i = 0; i < count; i++) {
        frames[i] = lay_group(drawing, i, y);
        if (frames[i].height > 0)
            y += frames[i].height + GAP_DOWN;
        int right = frames[i].x + frames[i].width + MARGIN;
        layout->width = right > layout->width ? right : layout->width;
    }
    layout->height = y;
    return frames;
}

struct layout
make_layout(const struct graph *graph)
{
    struct drawing drawing = {.graph = graph, .arena = graph->arena};
    struct layout layout = {
        .width = (int)utf8_width(graph->title) * TITLE_CELL + 2 * MARGIN};
    rank_nodes(&drawing);
    place_spots(&drawing);
    layout.frames = lay_groups(&drawing, &layout);
    struct box *boxes =
        arena_array(graph->arena, drawing.spot_count + 1, sizeof *boxes);
    for (size_t i = 0; i < drawing.spot_count; i++)
        boxes[i] = drawing.spots[i].box;
    struct route_points *routes =
        arena_array(graph->arena, graph->edges.count, sizeof *routes);
    for (size_t i = 0; i < graph->edges.count; i++) {
        const struct way *way = &drawing.ways[i];
        routes[i] = (struct route_points){&boxes[way->first], way->count,
                                          way->is_below, way->depth};
    }
    layout.boxes = boxes;
    layout.routes = routes;
    return layout;
}
