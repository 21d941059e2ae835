/*
 * Code points that may stand in a file as they are.
 */
#include "base/printable.h"

#include "base/utf8.h"

uint32_t
printable_next(struct str text, size_t *offset)
{
    uint32_t code_point = utf8_next(text, offset);
    return code_point == UTF8_INVALID ? REPLACEMENT_CHARACTER : code_point;
}

bool
is_printable(uint32_t code_point)
{
    if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0)) {
        return false;
    }
    if (code_point == 0xFFFE || code_point == 0xFFFF) {
        return false;
    }
    return !is_invisible(code_point);
}

size_t
printable_run(struct str text, size_t offset)
{
    size_t end = offset;
    while (end < text.len && text.at[end] >= 0x20 && text.at[end] < 0x7F)
        end++;
    return end - offset;
}

size_t
quotable_run(struct str text, size_t offset)
{
    size_t end = offset;
    while (end < text.len && text.at[end] >= 0x20 && text.at[end] < 0x7F &&
           text.at[end] != '"' && text.at[end] != '\\')
        end++;
    return end - offset;
}

void
printable_hex(struct buf *buf, uint32_t number, unsigned digits)
{
    while (digits > 0) {
        digits--;
        buf_byte(buf, "0123456789abcdef"[(number >> (4 * digits)) & 0xF]);
    }
}
