/*
 * How one text is spelled in YAML. The rules for plain text are narrower than
 * the standard's, so that no reader of 1.1 or 1.2 has an opinion about it.
 */
#include "emit/text/yaml_scalar.h"

#include "base/utf8.h"
#include "base/printable.h"
#include "emit/text/yaml.h"

/* YAML 1.1 bool.html, null.html: in any case, since readers differ. */
static const struct str RESERVED_WORDS[] = {
    STR_INIT("y"),    STR_INIT("n"),     STR_INIT("yes"),
    STR_INIT("no"),   STR_INIT("on"),    STR_INIT("off"),
    STR_INIT("true"), STR_INIT("false"), STR_INIT("null"),
};

/* What a byte may be in a text without quotes. A number's bytes are those of
 * an int, a float or a timestamp of YAML 1.1 or 1.2. */
enum {
    PLAIN = 1,
    FIRST = 2,  /* as the first byte, too */
    LAST = 4,   /* as the last one, and whatever follows it */
    NUMBER = 8, /* a number may have it */

    X = 0,
    I = PLAIN | NUMBER, /* a space, a colon */
    P = PLAIN | LAST,   /* a mark */
    M = PLAIN | LAST | NUMBER,
    F = PLAIN | LAST | FIRST, /* a letter, a slash */
    N = PLAIN | LAST | FIRST | NUMBER,
};

static const unsigned char BYTE_KINDS[256] = {
    X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, /* control characters */
    X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, /* control characters */
    I, X, X, X, P, P, P, P,
    P, P, P, M, X, M, M, F, /* !"#$%&'()*+,-./ (first a space) */
    N, N, N, N, N, N, N, N,
    N, N, I, P, X, P, X, P, /* 0-9 :;<=>? */
    P, N, N, N, N, N, N, F,
    F, N, F, F, F, F, N, N, /* @ A-O */
    F, F, F, F, N, F, F, F,
    N, F, N, X, X, X, X, N, /* P-Z [\]^_ */
    X, N, N, N, N, N, N, F,
    F, N, F, F, F, F, N, N, /* ` a-o */
    F, F, F, F, N, F, F, F,
    N, F, N, X, X, X, X, X, /* p-z {|}~ */
};

static bool is_printable_line(struct str line);
static bool is_plain_inside(struct str text);
static bool is_reserved_word(struct str text);
static bool is_single_quotable(struct str text);
static void add_escaped(struct buf *buf, uint32_t code_point);
static void add_line(struct buf *buf, struct str line, unsigned indent);
static bool has_leading_space(struct str text);

static unsigned
kind_of(char byte)
{
    return BYTE_KINDS[(unsigned char)byte];
}

bool
is_yaml_plain(struct str text)
{
    /* An implicit key may have 1024 characters: YAML 1.2 7.4.2. */
    if (text.len == 0 || text.len > 512) {
        return false;
    }
    unsigned first = kind_of(text.at[0]);
    unsigned shared = first;
    for (size_t i = 1; i < text.len; i++) {
        shared &= kind_of(text.at[i]);
    }
    if ((shared & PLAIN) == 0 ||
        ((shared & LAST) == 0 && !is_plain_inside(text))) {
        return false;
    }
    /* A version, an address or a checksum may look like a number to somebody;
     * `256Mi` and `10.0.0.0/16` cannot. */
    bool is_like_number = (shared & NUMBER) != 0 && is_ascii_digit(text.at[0]);
    return (first & FIRST) != 0 && !is_like_number && !is_reserved_word(text);
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
    while (text.len > 0) {
        struct str line = str_cut(&text, '\n');
        if (!is_printable_line(line) || has_suffix(line, STR(" "))) {
            return false;
        }
        has_content = has_content || line.len > 0;
    }
    return has_content;
}

void
yaml_scalar_quoted(struct buf *buf, struct str text)
{
    size_t run = quotable_run(text, 0);
    if (run < text.len && is_single_quotable(text)) {
        buf_byte(buf, '\'');
        buf_add(buf, text);
        buf_byte(buf, '\'');
        return;
    }
    buf_byte(buf, '"');
    buf_add(buf, str_slice(text, 0, run));
    for (size_t i = run; i < text.len; i += run) {
        add_escaped(buf, printable_next(text, &i));
        run = quotable_run(text, i);
        buf_add_run(buf, str_slice(text, i, i + run));
    }
    buf_byte(buf, '"');
}

void
yaml_scalar_block(struct buf *buf, struct str text, unsigned indent)
{
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
        size_t run = printable_run(line, i);
        buf_add_run(buf, str_slice(line, i, i + run));
        i += run;
        if (i == line.len)
            break;
        uint32_t code_point = printable_next(line, &i);
        utf8_add(buf,
                 is_printable(code_point) ? code_point : REPLACEMENT_CHARACTER);
    }
}

static bool
is_printable_line(struct str line)
{
    size_t i = printable_run(line, 0);
    while (i < line.len) {
        uint32_t code_point = utf8_next(line, &i);
        if (code_point == UTF8_INVALID || !is_printable(code_point)) {
            return false;
        }
        i += printable_run(line, i);
    }
    return true;
}

/* What follows a space or a colon makes it part of the text. */
static bool
is_plain_inside(struct str text)
{
    if ((kind_of(text.at[text.len - 1]) & LAST) == 0) {
        return false;
    }
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] == ':' && text.at[i + 1] == ' ') {
            return false;
        }
    }
    return true;
}

/* Each of them has five letters at most. */
static bool
is_reserved_word(struct str text)
{
    size_t count = sizeof RESERVED_WORDS / sizeof RESERVED_WORDS[0];
    for (size_t i = 0; text.len <= 5 && i < count; i++) {
        if (text.len == RESERVED_WORDS[i].len &&
            is_str_equal_nocase(text, RESERVED_WORDS[i])) {
            return true;
        }
    }
    return false;
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
