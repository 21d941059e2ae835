/*
 * A graph as it is drawn: boxes of a few lines, arrows with a few words, and
 * frames around boxes that belong together. Left to right, all texts UTF-8.
 */
#ifndef EMIT_GRAPH_GRAPH_H
#define EMIT_GRAPH_GRAPH_H

#include "emit/graph.h"

enum node_look {
    LOOK_PLAIN,
    LOOK_DEVELOPMENT,
    LOOK_STAGING,
    LOOK_PRODUCTION,
    LOOK_OUTSIDE, /* not of the program */
    LOOK_COUNT
};

enum { NODE_LINES_MAX = 5, EDGE_LINES_MAX = 6, NO_GROUP = 0 };

struct node_lines {
    struct str at[EDGE_LINES_MAX];
    size_t count;
};

struct graph_node {
    struct str title;
    struct node_lines lines;
    enum node_look look;
    size_t group; /* from 1, or NO_GROUP */
};

struct graph_edge {
    size_t from;
    size_t to;
    struct node_lines lines;
    bool is_forbidden;
};

struct graph {
    struct arena *arena;
    struct str title;
    struct vec nodes;  /* of struct graph_node */
    struct vec edges;  /* of struct graph_edge */
    struct vec groups; /* of struct str: their titles */
};

/* The index of a new box; the pointer lives until the next one. */
size_t graph_node_add(struct graph *graph, struct str title,
                      enum node_look look, size_t group);
struct graph_node *graph_node(const struct graph *graph, size_t index);
struct graph_edge *graph_edge_add(struct graph *graph, size_t from, size_t to);
const struct graph_edge *graph_edge(const struct graph *graph, size_t index);
size_t graph_group_add(struct graph *graph, struct str title);
/* Nothing when it is empty or there is no room. */
void graph_line(struct node_lines *lines, struct str text);

/* What stands in each kind. */
void graph_promotions(struct graph *graph, const struct graph_input *input);
void graph_requests(struct graph *graph, const struct graph_input *input);
void graph_calls(struct graph *graph, const struct graph_input *input);
void graph_files(struct graph *graph, const struct graph_input *input);

/* The three ways to draw it. */
void draw_mermaid(struct buf *buf, const struct graph *graph);
void draw_dot(struct buf *buf, const struct graph *graph);
void draw_svg(struct buf *buf, const struct graph *graph);

#endif
