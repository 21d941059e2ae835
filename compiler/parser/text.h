/*
 * The inside of atoms and quoted texts: escapes, ${paths}, `$$`, and the
 * dedenting of long texts.
 */
#ifndef PARSER_TEXT_H
#define PARSER_TEXT_H

#include "diag/diag.h"
#include "parser/ast.h"

/* Fills text and pieces of `argument` from its source text `raw`, which lies
 * at argument->span. Quoted texts come with their quotes. */
void parse_text(struct arena *arena, struct sink *sink,
                struct argument *argument, struct str raw);
/* The lines of a text that parse_text() has filled, for who reads on in it. */
const struct text_line *text_lines(struct arena *arena,
                                   const struct argument *argument,
                                   struct str raw, size_t *count);
/* `##` lines to plain text. */
struct str parse_doc(struct arena *arena, struct str doc, struct str line);

#endif
