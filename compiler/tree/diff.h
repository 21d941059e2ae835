/*
 * A short unified diff of two texts, for a message that a person reads. What
 * is not printable is escaped, long lines are cut, and far too different texts
 * are shown as one exchange.
 */
#ifndef TREE_DIFF_H
#define TREE_DIFF_H

#include "base/buf.h"

/* Appends at most `line_max` lines and then says how many are left out. Each
 * line ends with a newline but the last. Nothing when the texts are equal.
 * Works in time linear in the texts' size. */
void diff_print(struct buf *buf, struct str before, struct str after,
                size_t line_max);

#endif
