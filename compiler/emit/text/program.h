/*
 * The one way into a program of our own language.
 */
#ifndef EMIT_TEXT_PROGRAM_H
#define EMIT_TEXT_PROGRAM_H

#include "base/buf.h"

/* One argument: bare where nothing can be taken for something else, and in
 * quotes otherwise. The text is UTF-8. */
void program_text(struct buf *buf, struct str text);
/* The same, always in quotes: where a bare word could be a clause. */
void program_quoted(struct buf *buf, struct str text);

#endif
