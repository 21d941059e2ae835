/*
 * What a piece of Markdown in one line says when its marks are taken away
 * (CommonMark 6): emphasis, code, links, tags, entities, backslashes.
 */
#ifndef FOREIGN_MARKDOWN_TEXT_H
#define FOREIGN_MARKDOWN_TEXT_H

#include "base/arena.h"

struct str markdown_plain(struct arena *arena, struct str text);
/* Where the first `<br>` at or after `at` begins, and in `*next` where it has
 * ended; both text.len when there is none. */
size_t markdown_break(struct str text, size_t at, size_t *next);

#endif
