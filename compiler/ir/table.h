/*
 * A table of a document that people wrote, as its reader gives it: what stands
 * in each cell, free of the marks of its language, and where.
 */
#ifndef IR_TABLE_H
#define IR_TABLE_H

#include "source/source.h"

struct table_line {
    struct str text;
    struct span span; /* with its marks */
};

struct table_cell {
    const struct table_line *lines; /* at least one, which may be empty */
    size_t line_count;
    struct span span;
};

struct table_row {
    const struct table_cell *cells;
    size_t cell_count;
};

struct table {
    struct str heading;           /* above it, or empty */
    const struct table_row *rows; /* the first one names the columns */
    size_t row_count;             /* at least one */
};

struct tables {
    const struct table *at;
    size_t count;
};

/* How many cells of tables a program was asked about. */
struct table_counts {
    size_t agreeing;
    size_t contradicting;
    size_t unread; /* nothing that the program says, or not said clearly */
};

#endif
