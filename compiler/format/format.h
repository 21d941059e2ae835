/*
 * A program, printed the one right way: four blanks a block, columns aligned,
 * comments kept, one blank line at the most. Formatting twice is formatting
 * once, and what the program means stays the same.
 *
 * It works on tokens, since the syntax tree knows neither comments nor empty
 * lines, and asks the schema where clauses begin. Tokens that do not parse
 * must not come here.
 */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include "lexer/lexer.h"
#include "schema/schema.h"

/* The text lies in `arena`. */
struct str format_tokens(struct arena *arena, const struct schema *schema,
                         const struct source_map *map, struct tokens tokens);

#endif
