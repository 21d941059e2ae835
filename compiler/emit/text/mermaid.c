/*
 * Labels of diagrams. Mermaid reads `#35;` and `#quot;` in them as HTML does
 * `&#35;`; everything that is neither a letter, a digit nor harmless is written
 * so, and no list of dangerous marks must be kept up.
 */
#include "emit/text/mermaid.h"

#include "base/printable.h"
#include "base/utf8.h"

static const struct str PLAIN_MARKS = STR_INIT(" ,./:()-");

static bool
is_plain(uint32_t code_point)
{
    if (code_point >= 0x80)
        return true;
    char byte = (char)code_point;
    return is_ascii_alnum(byte) || has_byte(PLAIN_MARKS, byte);
}

void
mermaid_text(struct buf *buf, struct str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point = printable_next(text, &i);
        if (code_point == '\n' || code_point == '\t' || code_point == '\r')
            buf_byte(buf, ' ');
        else if (!is_printable(code_point))
            utf8_add(buf, REPLACEMENT_CHARACTER);
        else if (is_plain(code_point))
            utf8_add(buf, code_point);
        else
            buf_format(buf, "#{};", STRS(arena_number(buf->arena, code_point)));
    }
}
