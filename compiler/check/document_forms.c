#include "check/document_forms.h"

#include "base/buf.h"

struct str
form_tight(struct arena *arena, struct str text, bool is_small)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte != ' ' && byte != '\t')
            buf_byte(&buf, is_small ? ascii_lower(byte) : byte);
    }
    return buf_str(&buf);
}

struct written_range
form_range(struct str text)
{
    static const struct str marks[] = {
        STR_INIT(".."), STR_INIT("–"), STR_INIT("—"),  STR_INIT("→"),
        STR_INIT("-"),  STR_INIT("/"), STR_INIT("to"),
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        for (size_t at = 1; at + marks[i].len < text.len; at++) {
            size_t end = at + marks[i].len;
            if (is_str_equal(str_slice(text, at, end), marks[i]))
                return (struct written_range){str_slice(text, 0, at),
                                              str_slice(text, end, text.len)};
        }
    }
    return (struct written_range){text, STR("")};
}

bool
form_number(struct str *text, int64_t *number)
{
    size_t end = 0;
    while (end < text->len && is_ascii_digit(text->at[end]))
        end++;
    if (!str_to_number(str_slice(*text, 0, end), number))
        return false;
    *text = str_slice(*text, end, text->len);
    return true;
}

bool
form_skip(struct str *text, struct str word)
{
    if (!has_prefix(*text, word))
        return false;
    *text = str_slice(*text, word.len, text->len);
    return true;
}
