/*
 * How one text is spelled in YAML. The rules for plain text are narrower than
 * the standard's, so that no reader of 1.1 or 1.2 has an opinion about it.
 */
#include "emit/text/yaml_scalar.h"

#include <assert.h>

#include "base/utf8.h"
#include "base/printable.h"
#include "emit/text/yaml.h"

/* YAML 1.1 bool.html, null.html: in any case, since readers differ. */
static const struct str RESERVED_WORDS[] = {
    STR_INIT("y"),    STR_INIT("n"),     STR_INIT("yes"),
    STR_INIT("no"),   STR_INIT("on"),    STR_INIT("off"),
    STR_INIT("true"), STR_INIT("false"), STR_INIT("null"),
};

static const struct str PLAIN_MARKS = STR_INIT(" _-./@:+=$()%*!?;&'");
/* All that an int, a float or a timestamp of YAML 1.1 or 1.2 is made of. */
static const struct str NUMBER_MARKS =
    STR_INIT("+-._: abcdefinoxtzABCDEFINOXTZ");

static bool skip_printable(struct str text, size_t *offset);
static bool is_plain_byte(struct str text, size_t index);
static bool is_reserved_word(struct str text);
static bool is_like_number(struct str text);
static bool is_single_quotable(struct str text);
static void add_escaped(struct buf *buf, uint32_t code_point);
static void add_line(struct buf *buf, struct str line, unsigned indent);
static bool has_leading_space(struct str text);

bool
is_yaml_plain(struct str text)
{
    /* An implicit key may have 1024 characters: YAML 1.2 7.4.2. */
    if (text.len == 0 || text.len > 512) {
        return false;
    }
    char first = text.at[0];
    if (!is_ascii_alnum(first) && first != '/' && first != '_') {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (!is_plain_byte(text, i)) {
            return false;
        }
    }
    return !is_reserved_word(text) && !is_like_number(text);
}

bool
is_yaml_plain_in_flow(struct str text)
{
    /* Readers of 1.1 end a plain text there at `:` and `?`. */
    return is_yaml_plain(text) && !has_byte(text, ':') && !has_byte(text, '?');
}

bool
is_yaml_block(struct str text)
{
    bool has_content = false;
    char before = '\n';
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        if (text.at[i] == '\n') {
            if (before == ' ') {
                return false;
            }
            i++;
        } else if (!skip_printable(text, &i)) {
            return false;
        } else {
            has_content = true;
        }
        before = text.at[start];
    }
    return has_content && before != ' ';
}

void
yaml_scalar_quoted(struct buf *buf, struct str text)
{
    if (is_single_quotable(text)) {
        buf_byte(buf, '\'');
        buf_add(buf, text);
        buf_byte(buf, '\'');
        return;
    }
    buf_byte(buf, '"');
    for (size_t i = 0; i < text.len;) {
        add_escaped(buf, printable_next(text, &i));
    }
    buf_byte(buf, '"');
}

void
yaml_scalar_block(struct buf *buf, struct str text, unsigned indent)
{
    assert(is_yaml_block(text));
    buf_byte(buf, '|');
    if (has_leading_space(text)) {
        buf_byte(buf, '2');
    }
    if (!has_suffix(text, STR("\n"))) {
        buf_byte(buf, '-');
    } else if (has_suffix(text, STR("\n\n"))) {
        buf_byte(buf, '+');
    }
    buf_byte(buf, '\n');
    while (text.len > 0) {
        add_line(buf, str_cut(&text, '\n'), indent);
    }
}

void
yaml_scalar_comment(struct buf *buf, struct str line)
{
    line = str_trim(line);
    if (line.len > 0) {
        buf_byte(buf, ' ');
    }
    for (size_t i = 0; i < line.len;) {
        uint32_t code_point = printable_next(line, &i);
        utf8_add(buf,
                 is_printable(code_point) ? code_point : REPLACEMENT_CHARACTER);
    }
}

/* Passes one character; false when it cannot stand as it is. ASCII, which is
 * nearly all of every script, needs no decoding and no table. */
static bool
skip_printable(struct str text, size_t *offset)
{
    char byte = text.at[*offset];
    if (byte >= ' ' && byte <= '~') {
        ++*offset;
        return true;
    }
    uint32_t code_point = utf8_next(text, offset);
    return code_point != UTF8_INVALID && is_printable(code_point);
}

static bool
is_plain_byte(struct str text, size_t index)
{
    char byte = text.at[index];
    bool is_last = index + 1 == text.len;
    if (byte == ':') {
        return !is_last && text.at[index + 1] != ' ';
    }
    if (byte == ' ') {
        return !is_last;
    }
    return is_ascii_alnum(byte) || has_byte(PLAIN_MARKS, byte);
}

static bool
is_reserved_word(struct str text)
{
    size_t count = sizeof RESERVED_WORDS / sizeof RESERVED_WORDS[0];
    for (size_t i = 0; i < count; i++) {
        if (is_str_equal_nocase(text, RESERVED_WORDS[i])) {
            return true;
        }
    }
    return false;
}

/* A version, an address or a checksum may look like a number to somebody;
 * `256Mi` and `10.0.0.0/16` cannot. */
static bool
is_like_number(struct str text)
{
    if (!is_ascii_digit(text.at[0])) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_digit(text.at[i]) &&
            !has_byte(NUMBER_MARKS, text.at[i])) {
            return false;
        }
    }
    return true;
}

/* Single quotes where double quotes would need backslashes. */
static bool
is_single_quotable(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < ' ' || text.at[i] > '~' || text.at[i] == '\'') {
            return false;
        }
    }
    return has_byte(text, '"') || has_byte(text, '\\');
}

/* YAML 1.2 5.7, the escapes that 1.1 has as well. */
static void
add_escaped(struct buf *buf, uint32_t code_point)
{
    if (code_point == '"' || code_point == '\\') {
        buf_byte(buf, '\\');
        buf_byte(buf, (char)code_point);
    } else if (is_printable(code_point)) {
        utf8_add(buf, code_point);
    } else if (code_point == '\n') {
        buf_add(buf, STR("\\n"));
    } else if (code_point == '\t') {
        buf_add(buf, STR("\\t"));
    } else if (code_point == '\r') {
        buf_add(buf, STR("\\r"));
    } else if (code_point <= 0xFF) {
        buf_add(buf, STR("\\x"));
        printable_hex(buf, code_point, 2);
    } else if (code_point <= 0xFFFF) {
        buf_add(buf, STR("\\u"));
        printable_hex(buf, code_point, 4);
    } else {
        buf_add(buf, STR("\\U"));
        printable_hex(buf, code_point, 8);
    }
}

static void
add_line(struct buf *buf, struct str line, unsigned indent)
{
    if (line.len > 0) {
        buf_repeat(buf, ' ', indent);
        buf_add(buf, line);
    }
    buf_byte(buf, '\n');
}

/* Would a reader count the first line's own spaces as indentation? */
static bool
has_leading_space(struct str text)
{
    size_t start = 0;
    while (start < text.len && text.at[start] == '\n') {
        start++;
    }
    return start < text.len && text.at[start] == ' ';
}
