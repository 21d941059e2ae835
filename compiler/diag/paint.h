/*
 * What reaches a terminal: named styles, and text of the user's made visible.
 * Shared by the renderers of this room and by explain.
 */
#ifndef DIAG_PAINT_H
#define DIAG_PAINT_H

#include "base/buf.h"
#include "diag/diag.h"
#include "diag/render.h"

enum style {
    STYLE_ERROR,
    STYLE_WARNING,
    STYLE_INFO,
    STYLE_HEADLINE,
    STYLE_GUTTER,
    STYLE_NOTE,
    STYLE_HELP,
};

/* One code point as it is shown: itself, or `<U+202E>` when it is a control
 * or invisible, or `<xFF>` when the byte is not UTF-8. */
struct glyph {
    char bytes[12];
    size_t len;
    size_t cells;
};

/* The code point at `*offset`, which moves behind it. */
struct glyph glyph_next(struct str text, size_t *offset);
/* Adds `text` with nothing raw in it that a terminal would obey. */
void add_visible(struct buf *buf, struct str text);

void paint_open(struct buf *buf, enum color_mode color, enum style style);
void paint_close(struct buf *buf, enum color_mode color, enum style style);
/* `text` between the two, made visible. */
void paint(struct buf *buf, enum color_mode color, enum style style,
           struct str text);
enum style style_of(enum severity severity);

#endif
