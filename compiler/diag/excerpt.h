/*
 * The guilty line with carets under the guilty text, counted in screen cells.
 */
#ifndef DIAG_EXCERPT_H
#define DIAG_EXCERPT_H

#include "diag/paint.h"

/* What to show of a span that has a place. */
struct excerpt {
    struct span span;
    struct str label; /* behind the carets; may be empty */
    enum style style; /* of carets and label */
};

/* Three lines; a span over several lines shows its first. */
void add_excerpt(struct buf *buf, const struct render *render,
                 const struct excerpt *excerpt);
/* The spaces that stand for the line's number, without the bar. */
void add_gutter(struct buf *buf, const struct render *render, struct span span);

#endif
