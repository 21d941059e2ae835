/*
 * A guide while it is written. Blocks (headings, paragraphs, lists, tables,
 * code) are set apart by one empty line. Every text that goes into a template
 * is Markdown already: said(), code() and shown() make it from the program's.
 */
#ifndef EMIT_GUIDES_GUIDE_H
#define EMIT_GUIDES_GUIDE_H

#include "emit/document.h"
#include "ir/model.h"

struct guide {
    const struct ir *ir;
    struct arena *arena;
    struct documents *documents;
    struct document *document;
    struct buf *buf;   /* of it: what has not been passed on */
    struct str folder; /* that it lies in, below the output folder */
};

/* ---- blocks ---- */

void guide_heading(struct guide *guide, size_t level, struct str title);
void guide_paragraph(struct guide *guide, const char *template_text,
                     struct strs texts);
/* Opens a list; each item then is a line. */
void guide_list(struct guide *guide);
void guide_item(struct guide *guide, const char *template_text,
                struct strs texts);
/* An item with a box to tick. */
void guide_box(struct guide *guide, const char *template_text,
               struct strs texts);
/* The head of a table, then row by row; a cell at a time where columns vary. */
void guide_table(struct guide *guide, struct strs titles);
void guide_row(struct guide *guide, struct strs cells);
void guide_row_start(struct guide *guide, const char *title);
void guide_cell(struct guide *guide, struct str cell);
void guide_row_end(struct guide *guide);
/* Lines between fences that none of them can close. */
void guide_block(struct guide *guide, const char *language, struct str lines);

/* ---- parts of a line ---- */

/* The program's text as prose, and as code; both fit into a table's cell. */
struct str said(struct guide *guide, struct str text);
struct str code(struct guide *guide, struct str text);
struct str number_text(struct guide *guide, int64_t number);
/* A value as the program says it, as code; what it waits for while it is a
 * hole; a dash when nothing says it. */
struct str shown(struct guide *guide, const struct value *value);
/* A list's items, each as code, or what shown() says. */
struct str shown_list(struct guide *guide, const struct value *value);
/* `10min` of milliseconds. */
struct str time_shown(struct guide *guide, int64_t milliseconds);
/* The same in words, `26 h 5 min`, rounded up to minutes. */
struct str long_time(struct guide *guide, int64_t milliseconds);
/* In capitals, as the scripts ask for a name that is typed. */
struct str capitals(struct guide *guide, struct str text);
/* A link to a file of the output, whose path is its label. */
struct str file_link(struct guide *guide, struct str path);
/* One whose label is said. */
struct str named_link(struct guide *guide, const char *label, struct str path);
/* The fragment of one of our headings: `#going-back`. */
struct str anchor_of(struct arena *arena, const char *title);
/* A text as one word of the shell; bare where it needs no quotes. */
struct str word_of(struct guide *guide, struct str text);

#endif
