#include "tree/word.h"

static bool is_plain(char byte);
static bool is_bare(struct str text);
static void print_byte(struct buf *buf, char byte);
static bool parse_bare(struct str *rest, struct str *text);
static bool parse_quoted(struct buf *buf, struct str *rest);
static bool parse_escape(struct buf *buf, struct str *rest);
static bool take_byte(struct str *rest, char *byte);
static bool hex_value(char digit, unsigned *value);

static const char hex_digits[] = "0123456789abcdef";

void
word_print(struct buf *buf, struct str text)
{
    if (is_bare(text)) {
        buf_add(buf, text);
        return;
    }
    buf_byte(buf, '"');
    for (size_t i = 0; i < text.len; i++)
        print_byte(buf, text.at[i]);
    buf_byte(buf, '"');
}

bool
word_parse(struct arena *arena, struct str *rest, struct str *text)
{
    if (!has_prefix(*rest, STR("\"")))
        return parse_bare(rest, text);
    *rest = str_slice(*rest, 1, rest->len);
    struct buf buf;
    buf_init(&buf, arena);
    if (!parse_quoted(&buf, rest))
        return false;
    *text = buf_str(&buf);
    char blank = ' ';
    return rest->len == 0 || (take_byte(rest, &blank) && blank == ' ');
}

struct str
word_shown(struct arena *arena, struct str text)
{
    struct buf buf;
    buf_init(&buf, arena);
    word_print(&buf, text);
    return buf_str(&buf);
}

static bool
is_plain(char byte)
{
    return byte > ' ' && byte < 0x7f && byte != '"' && byte != '\\';
}

static bool
is_bare(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_plain(text.at[i]))
            return false;
    }
    return text.len > 0;
}

static void
print_byte(struct buf *buf, char byte)
{
    if (is_plain(byte) || byte == ' ') {
        buf_byte(buf, byte);
        return;
    }
    buf_byte(buf, '\\');
    if (byte != '"' && byte != '\\') {
        buf_byte(buf, 'x');
        buf_byte(buf, hex_digits[(unsigned char)byte >> 4]);
        byte = hex_digits[(unsigned char)byte & 0xf];
    }
    buf_byte(buf, byte);
}

/* Up to and with the blank behind it. */
static bool
parse_bare(struct str *rest, struct str *text)
{
    size_t end = 0;
    while (end < rest->len && is_plain(rest->at[end]))
        end++;
    bool is_last = end == rest->len;
    if (end == 0 || (!is_last && rest->at[end] != ' '))
        return false;
    *text = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, is_last ? end : end + 1, rest->len);
    return true;
}

/* Up to and with the closing quote. */
static bool
parse_quoted(struct buf *buf, struct str *rest)
{
    char byte;
    while (take_byte(rest, &byte)) {
        if (byte == '"')
            return true;
        if (byte == '\\') {
            if (!parse_escape(buf, rest))
                return false;
        } else if (is_plain(byte) || byte == ' ') {
            buf_byte(buf, byte);
        } else {
            return false;
        }
    }
    return false;
}

static bool
parse_escape(struct buf *buf, struct str *rest)
{
    char byte;
    if (!take_byte(rest, &byte))
        return false;
    if (byte == '"' || byte == '\\') {
        buf_byte(buf, byte);
        return true;
    }
    char first;
    char second;
    unsigned high;
    unsigned low;
    if (byte != 'x' || !take_byte(rest, &first) || !take_byte(rest, &second) ||
        !hex_value(first, &high) || !hex_value(second, &low))
        return false;
    buf_byte(buf, (char)(unsigned char)(high << 4 | low));
    return true;
}

static bool
take_byte(struct str *rest, char *byte)
{
    if (rest->len == 0)
        return false;
    *byte = rest->at[0];
    *rest = str_slice(*rest, 1, rest->len);
    return true;
}

static bool
hex_value(char digit, unsigned *value)
{
    int number = hex_digit(digit);
    *value = (unsigned)number;
    return number >= 0 && digit == ascii_lower(digit);
}
