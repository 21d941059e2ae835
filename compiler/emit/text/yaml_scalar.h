/*
 * How one text is spelled in YAML: plain, quoted, or as a literal block. The
 * writer in yaml.c says where it stands; nobody else needs this.
 */
#ifndef EMIT_TEXT_YAML_SCALAR_H
#define EMIT_TEXT_YAML_SCALAR_H

#include "base/buf.h"

/* May it stand without quotes inside `[a, b]` too? */
bool is_yaml_plain_in_flow(struct str text);
/* Can a literal block carry it without a change? */
bool is_yaml_block(struct str text);

/* On one line, in single or double quotes (YAML 1.2 7.3.1, 7.3.2). */
void yaml_scalar_quoted(struct buf *buf, struct str text);
/* A text of which is_yaml_block() holds: from the `|` to the newline after the
 * last line, each line behind `indent` spaces, two more than the map or list
 * around it has (YAML 1.2 8.1.2). */
void yaml_scalar_block(struct buf *buf, struct str text, unsigned indent);
/* One line of a comment: what a reader could take for a line break, or what
 * cannot be shown, is U+FFFD. */
void yaml_scalar_comment(struct buf *buf, struct str line);

#endif
