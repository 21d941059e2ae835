/*
 * What every language that we write agrees on: which code points may stand in
 * a file as they are, and how the others are spelled in hexadecimal.
 */
#ifndef BASE_PRINTABLE_H
#define BASE_PRINTABLE_H

#include "base/buf.h"

enum { REPLACEMENT_CHARACTER = 0xFFFD };

/* utf8_next, with U+FFFD for what is not UTF-8. */
uint32_t printable_next(struct str text, size_t *offset);
/* Neither a control (newline, tab and NEL are controls), nor U+FFFE or U+FFFF
 * (YAML 1.2 5.1), nor invisible, as LS, PS and the byte order mark are. */
bool is_printable(uint32_t code_point);
/* How many bytes from `offset` on are printable ASCII: most texts are nothing
 * else, and need no look at each code point. */
size_t printable_run(struct str text, size_t offset);
/* The same without `"` and `\`, which mean something between quotes. */
size_t quotable_run(struct str text, size_t offset);
/* `digits` lower-case hexadecimal digits. */
void printable_hex(struct buf *buf, uint32_t number, unsigned digits);

#endif
