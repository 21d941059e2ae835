/*
 * The one way into a shell script.
 */
#ifndef EMIT_TEXT_SHELL_H
#define EMIT_TEXT_SHELL_H

#include "base/buf.h"

/* One word that the shell takes as it is, in single quotes (POSIX.1-2017 Shell
 * Command Language 2.2.2); newlines stay. No shell can hold a NUL: asserts
 * that there is none. */
void shell_word(struct buf *buf, struct str text);

#endif
