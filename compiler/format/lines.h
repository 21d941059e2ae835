/*
 * A program as lines of cells: what the columns are aligned by. A cell's text
 * is as it will be printed; where it begins is decided later.
 */
#ifndef FORMAT_LINES_H
#define FORMAT_LINES_H

#include "base/buf.h"
#include "base/vec.h"
#include "lexer/lexer.h"
#include "schema/schema.h"

enum cell_key {
    CELL_WORD,     /* or all of a line without columns */
    CELL_ARGUMENT, /* what follows the word */
    CELL_COLUMN,   /* a further argument of a table's row */
    CELL_ARROW,
    CELL_CLAUSE,
    CELL_BLOCK, /* a whole block on one line */
};

struct cell {
    enum cell_key key;
    const struct word *clause; /* of CLAUSE */
    struct str text;
    size_t margin; /* the least column it begins at; 0: any */
    size_t column; /* where it begins, in screen cells */
};

struct line {
    size_t depth; /* blocks around it */
    bool has_blank_above;
    bool is_free;  /* neither word nor columns: a comment, a brace, an item */
    bool is_table; /* a row: its arguments have columns */
    bool is_named; /* a row that begins with a name, as `run api` */
    bool opens_block; /* or a list */
    bool closes_block;
    const struct word *word; /* NULL when not known */
    struct vec cells;        /* of struct cell; a free line has one or none */
    struct str comment;      /* behind it; empty for none */
    struct str text;         /* the whole line but for it, when laid out */
};

/* Lines in order, of struct line. */
struct vec read_lines(struct arena *arena, const struct schema *schema,
                      const struct source_map *map, struct tokens tokens);

struct cell *line_cell(const struct line *line, size_t index);
/* Its cells with the gaps that they have where nothing is aligned. */
void line_print_cells(struct buf *buf, const struct line *line);

#endif
