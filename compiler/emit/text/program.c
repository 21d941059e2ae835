/*
 * Atoms and texts (docs/language.md).
 */
#include "emit/text/program.h"

#include "base/utf8.h"

static bool is_bare(struct str text);
static void add_point(struct buf *buf, struct str bytes, uint32_t point);
static void add_escape(struct buf *buf, uint32_t point);

void
program_text(struct buf *buf, struct str text)
{
    if (is_bare(text))
        buf_add(buf, text);
    else
        program_quoted(buf, text);
}

void
program_quoted(struct buf *buf, struct str text)
{
    size_t at = 0;
    buf_byte(buf, '"');
    while (at < text.len) {
        size_t start = at;
        uint32_t point = utf8_next(text, &at);
        add_point(buf, str_slice(text, start, at), point);
    }
    buf_byte(buf, '"');
}

static bool
is_bare(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        bool is_mark = byte == '.' || byte == '_' || byte == '@' ||
                       byte == '*' || byte == ':' || byte == '-' ||
                       byte == '+' || (byte == '=' && i > 0);
        bool is_range = byte == '.' && i > 0 && text.at[i - 1] == '.';
        if ((!is_ascii_alnum(byte) && !is_mark) || is_range)
            return false;
    }
    return text.len > 0 && text.at[0] != '-' && text.at[0] != '+';
}

static void
add_point(struct buf *buf, struct str bytes, uint32_t point)
{
    if (point == '\n')
        buf_add(buf, STR("\\n"));
    else if (point == '\t')
        buf_add(buf, STR("\\t"));
    else if (point == '"' || point == '\\')
        buf_format(buf, "\\{}", STRS(bytes));
    else if (point == '$')
        buf_add(buf, STR("$$"));
    else if (point < ' ' || point == 0x7f || is_invisible(point))
        add_escape(buf, point);
    else
        buf_add(buf, bytes);
}

static void
add_escape(struct buf *buf, uint32_t point)
{
    static const char digits[] = "0123456789ABCDEF";
    bool is_started = false;
    buf_add(buf, STR("\\u{"));
    for (unsigned shift = 24; shift > 0; shift -= 4) {
        uint32_t digit = point >> (shift - 4) & 0xF;
        is_started = is_started || digit != 0 || shift == 4;
        if (is_started)
            buf_byte(buf, digits[digit]);
    }
    buf_byte(buf, '}');
}
