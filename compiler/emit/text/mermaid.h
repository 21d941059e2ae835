/*
 * The one way into the labels of a Mermaid diagram.
 */
#ifndef EMIT_TEXT_MERMAID_H
#define EMIT_TEXT_MERMAID_H

#include "base/buf.h"

/* A text for the inside of a label in double quotes, on one line: what could
 * end the label, begin Markdown or HTML in it, or open a directive is written
 * as Mermaid's entity, `#NUMBER;`. What cannot be shown is U+FFFD. */
void mermaid_text(struct buf *buf, struct str text);

#endif
