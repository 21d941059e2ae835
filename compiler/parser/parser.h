/*
 * Tokens to the syntax tree. Error-tolerant: a fault is reported once, the
 * guilty argument becomes poison, and parsing goes on with the next statement.
 */
#ifndef PARSER_PARSER_H
#define PARSER_PARSER_H

#include "diag/diag.h"
#include "lexer/lexer.h"
#include "parser/ast.h"

const struct block *parse_file(struct arena *arena, struct sink *sink,
                               const struct source_map *map,
                               struct tokens tokens);
/* Splits the decoded inside of an atom or text into pieces. For text that did
 * not come through the parser: --set NAME=value. */
struct argument parse_atom(struct arena *arena, struct str text,
                           struct span span);

#endif
