/*
 * The long story of a code, for `broxc explain`: its page of docs/checks/, as
 * a terminal shows it.
 */
#ifndef DIAG_EXPLAIN_H
#define DIAG_EXPLAIN_H

#include "base/buf.h"
#include "diag/diag.h"
#include "diag/render.h"

/* The page of `code`; of a code without one, its row of the catalogue. */
void explain_code(struct buf *buf, enum diag_code code, enum color_mode color);
/* Every code on a line: code, severity, name, headline. */
void explain_codes(struct buf *buf, enum color_mode color);
/* A Markdown page for a terminal: headings stand out, blocks of code are
 * indented, all else is as written. */
void explain_page(struct buf *buf, struct str page, enum color_mode color);

#endif
