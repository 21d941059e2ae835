/*
 * The questions that layout.def answers.
 */
#ifndef FORMAT_LAYOUT_H
#define FORMAT_LAYOUT_H

#include "schema/schema.h"

enum {
    INDENT = 4,          /* blanks a block */
    COMMENT_COLUMN = 44, /* where comments behind a line begin, or further */
};

enum layout_kind {
    LAYOUT_ROW,
    LAYOUT_COLUMNS,
    LAYOUT_ALIKE,
    LAYOUT_TIGHT,
    LAYOUT_MARGIN,
};

/* Is there such a row? ALIKE stands at the top of a file. */
bool has_layout(enum layout_kind kind, enum place place, const char *word);
/* The column that a clause of `place`, or with "" an argument behind its
 * clauses, begins at; 0 when it is any. */
size_t margin_of(enum place place, const char *clause);

#endif
