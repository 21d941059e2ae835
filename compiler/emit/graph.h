/*
 * Pictures of a program: what stands in them, and three ways to draw it.
 */
#ifndef EMIT_GRAPH_H
#define EMIT_GRAPH_H

#include "emit/document.h"
#include "ir/ir.h"

enum graph_kind {
#define GRAPH(id, name, doc) GRAPH_##id,
#include "emit/graph/graphs.def"
#undef GRAPH
    GRAPH_KIND_COUNT
};

enum graph_form { FORM_MERMAID, FORM_DOT, FORM_SVG, FORM_COUNT };

struct graph_input {
    struct arena *arena;
    const struct ir *ir;
    const struct source_map *map;      /* of GRAPH_FILES */
    const struct documents *documents; /* the same; else NULL */
    struct str environment;            /* empty: all */
};

/* False when there is no such kind or form. */
bool graph_kind_find(struct str name, enum graph_kind *kind);
bool graph_form_find(struct str name, enum graph_form *form);
void emit_graph(struct buf *buf, const struct graph_input *input,
                enum graph_kind kind, enum graph_form form);

#endif
