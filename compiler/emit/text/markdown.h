/*
 * The one way into a Markdown file (CommonMark 0.31, with the tables of GitHub
 * Flavored Markdown). Each gives text for the inside of one block: it opens no
 * block, and ends no line. Bare addresses may still become links to
 * themselves. What cannot be shown, or hides, is U+FFFD.
 */
#ifndef EMIT_TEXT_MARKDOWN_H
#define EMIT_TEXT_MARKDOWN_H

#include "base/buf.h"

/* Prose: reads as it was written, with each line break a space. */
void markdown_text(struct buf *buf, struct str text);
/* The same in a table's cell, where a line break is `<br>`. */
void markdown_cell(struct buf *buf, struct str text);
/* A code span (CommonMark 6.1), with each line break a space. It keeps all
 * but the outer spaces; an empty text gives nothing, for there is no empty
 * code span. */
void markdown_code(struct buf *buf, struct str text);
/* Code in a table's cell; in HTML when it has a `|`, for which a code span has
 * no spelling there once a backslash comes before it. */
void markdown_code_cell(struct buf *buf, struct str text);

#endif
