/*
 * A word of the lock: bare when it is plain ASCII, else in quotes. Any bytes
 * survive; no word can become two, or a line of its own.
 */
#ifndef TREE_WORD_H
#define TREE_WORD_H

#include "base/buf.h"

void word_print(struct buf *buf, struct str text);
/* Takes a word and the blank behind it off `*rest`. False when it is empty
 * or not as word_print makes it. */
bool word_parse(struct arena *arena, struct str *rest, struct str *text);
/* For a message about bytes that others wrote. */
struct str word_shown(struct arena *arena, struct str text);

#endif
