/*
 * Where the boxes of a graph stand, in pixels: columns from left to right, each
 * group below the one before it.
 */
#ifndef EMIT_GRAPH_LAYOUT_H
#define EMIT_GRAPH_LAYOUT_H

#include "emit/graph/graph.h"

enum {
    TITLE_CELL = 9, /* the width of a letter, and what a line takes */
    LINE_CELL = 8,
    TITLE_HEIGHT = 20,
    LINE_HEIGHT = 17,
    BOX_PADDING = 14,
    FRAME_PADDING = 22,
};

struct box {
    int x;
    int y;
    int width;
    int height;
};

/* The way of an arrow: the points between its boxes, from left to right. */
struct route_points {
    const struct box *at; /* crossed from side to side */
    size_t count;
    bool is_below; /* it goes around, below all boxes of its group */
    int depth;     /* then: how far down */
};

struct layout {
    const struct box *boxes;           /* by node */
    const struct route_points *routes; /* by edge */
    const struct box *frames;          /* by group, from 0: those without one */
    int width;
    int height;
};

int lines_width(const struct node_lines *lines);
struct layout make_layout(const struct graph *graph);

#endif
