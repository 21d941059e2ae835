/*
 * Brackets that do not match are mended before the tokens are parsed. How
 * lines are indented means nothing in the language; here alone it tells what
 * was meant, so that one bracket that is missing or too many is one message,
 * at its place, and all else is read as it was written.
 */
#ifndef PARSER_BALANCE_H
#define PARSER_BALANCE_H

#include "diag/diag.h"
#include "lexer/lexer.h"

/* The same tokens where every bracket has its partner. Else a copy with the
 * missing ones put in (their spans are empty) and some that are too many left
 * out; each was said. What no indentation tells stays for the parser. */
struct tokens balance_brackets(struct arena *arena, struct sink *sink,
                               const struct source_map *map,
                               struct tokens tokens);

#endif
