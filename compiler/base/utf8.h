/*
 * UTF-8 (RFC 3629): validity, code points, and the width in screen cells that
 * a caret under a line needs.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

#define UTF8_INVALID UINT32_MAX

/* The code point at `*offset`, which moves behind it; UTF8_INVALID moves one
 * byte. Overlong forms and surrogates are invalid. Asserts *offset < len. */
uint32_t utf8_next(struct str text, size_t *offset);
/* Offset of the first byte that is not UTF-8, or text.len. */
size_t utf8_invalid(struct str text);
/* Offset of the first byte at or after `from` that is no plain ASCII, or
 * text.len. */
size_t utf8_plain_end(struct str text, size_t from);
void utf8_add(struct buf *buf, uint32_t code_point);
/* Screen cells: 0 for combining marks, 2 for wide East Asian and emoji. A tab
 * counts 1; a renderer replaces it first. */
size_t utf8_width(struct str text);
/* Bidirectional controls, zero-width and other invisible code points that
 * hide what a program says (CVE-2021-42574). */
bool is_invisible(uint32_t code_point);

/* Printable or a newline: most files are nothing else. */
static inline bool
is_plain_ascii(char byte)
{
    return (byte >= 0x20 && byte < 0x7F) || byte == '\n';
}

#endif
