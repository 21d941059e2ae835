/*
 * Text in Markdown. A backslash before ASCII punctuation makes it plain
 * (CommonMark 2.4), outside code spans; inside one, nothing does.
 */
#include "emit/text/markdown.h"

#include "base/trace.h"
#include "base/utf8.h"
#include "base/printable.h"

/* What means something anywhere in a line: code, emphasis, links, HTML,
 * entities, tables, strike-through, formulas. */
static const struct str INLINE_MARKS = STR_INIT("\\`*_[]<>&|~$");
/* What means something at the start of a line: headings, lists, rules. */
static const struct str BLOCK_MARKS = STR_INIT("#+-=:");

static void add_prose(struct buf *buf, struct str text, struct str line_break);
static size_t plain_run(struct str text, size_t offset);
static size_t add_block_marker(struct buf *buf, struct str text);
static void add_code(struct buf *buf, struct str text);
static size_t backtick_run_max(struct str text);
static void add_visible(struct buf *buf, uint32_t code_point);

void
markdown_text(struct buf *buf, struct str text)
{
    trace_mark(buf, text);
    add_prose(buf, text, STR(" "));
}

void
markdown_cell(struct buf *buf, struct str text)
{
    trace_mark(buf, text);
    add_prose(buf, text, STR("<br>"));
}

void
markdown_code(struct buf *buf, struct str text)
{
    trace_mark(buf, text);
    add_code(buf, text);
}

void
markdown_code_cell(struct buf *buf, struct str text)
{
    trace_mark(buf, text);
    if (!has_byte(text, '|')) {
        add_code(buf, text);
        return;
    }
    buf_add(buf, STR("<code>"));
    add_prose(buf, text, STR(" "));
    buf_add(buf, STR("</code>"));
}

static void
add_prose(struct buf *buf, struct str text, struct str line_break)
{
    text = str_trim(text);
    size_t i = add_block_marker(buf, text);
    while (i < text.len) {
        size_t run = plain_run(text, i);
        buf_add_run(buf, str_slice(text, i, i + run));
        i += run;
        if (run > 0)
            continue;
        uint32_t code_point = printable_next(text, &i);
        if (code_point == '\n') {
            buf_add(buf, line_break);
            continue;
        }
        if (code_point < 0x80 && has_byte(INLINE_MARKS, (char)code_point)) {
            buf_byte(buf, '\\');
        }
        add_visible(buf, code_point);
    }
}

/* Letters, digits and spaces mean themselves everywhere. */
static size_t
plain_run(struct str text, size_t offset)
{
    size_t end = offset;
    while (end < text.len &&
           (is_ascii_alnum(text.at[end]) || text.at[end] == ' '))
        end++;
    return end - offset;
}

/* The text may come first in its line: `- a`, `# a`, `1. a`, `---`. Gives how
 * much of it is written. */
static size_t
add_block_marker(struct buf *buf, struct str text)
{
    size_t digits = 0;
    while (digits < text.len && is_ascii_digit(text.at[digits])) {
        digits++;
    }
    if (digits == text.len) {
        buf_add(buf, text);
        return digits;
    }
    char mark = text.at[digits];
    bool is_marker =
        digits == 0 ? has_byte(BLOCK_MARKS, mark) : mark == '.' || mark == ')';
    if (!is_marker) {
        return 0;
    }
    buf_add(buf, str_slice(text, 0, digits));
    buf_byte(buf, '\\');
    buf_byte(buf, mark);
    return digits + 1;
}

/* The fence is longer than any run of backticks inside; the space between
 * them is taken away again by the reader, on both sides or on none. */
static void
add_code(struct buf *buf, struct str text)
{
    text = str_trim(text);
    if (text.len == 0) {
        return;
    }
    size_t fence = backtick_run_max(text) + 1;
    bool is_padded = has_prefix(text, STR("`")) || has_suffix(text, STR("`"));
    buf_repeat(buf, '`', fence);
    buf_repeat(buf, ' ', is_padded);
    for (size_t i = 0; i < text.len;) {
        size_t run = printable_run(text, i);
        buf_add_run(buf, str_slice(text, i, i + run));
        i += run;
        if (i < text.len) {
            add_visible(buf, printable_next(text, &i));
        }
    }
    buf_repeat(buf, ' ', is_padded);
    buf_repeat(buf, '`', fence);
}

static size_t
backtick_run_max(struct str text)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = str_index(text, '`', 0); i < text.len; i++) {
        run = text.at[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void
add_visible(struct buf *buf, uint32_t code_point)
{
    if (code_point == '\n' || code_point == '\t' || code_point == '\r') {
        buf_byte(buf, ' ');
    } else if (is_printable(code_point)) {
        utf8_add(buf, code_point);
    } else {
        utf8_add(buf, REPLACEMENT_CHARACTER);
    }
}
