/*
 * Pages on a terminal. Only headings and fenced code are understood: a page is
 * written so that the rest reads well as it stands.
 */
#include "diag/explain.h"

#include "diag/embedded.h"
#include "diag/paint.h"

enum {
    CODE_INDENT = 4,
    GAP = 2, /* between the columns of the list */
};

static void add_row(struct buf *buf, const struct diag_row *row,
                    size_t name_width, enum color_mode color);
static void add_headline(struct buf *buf, const char *headline);
static void add_heading(struct buf *buf, struct str line,
                        enum color_mode color);
static void add_capitals(struct buf *buf, struct str text);
static bool is_heading(struct str line);

void
explain_code(struct buf *buf, enum diag_code code, enum color_mode color)
{
    struct buf name;
    buf_init(&name, buf->arena);
    buf_format(&name, "{}.md", STRS(str_from(diag_row(code)->code)));
    struct embedded pages = embedded_open(&embedded_checks, buf->arena);
    const struct embedded_file *file = embedded_find(&pages, buf_str(&name));
    if (file)
        explain_page(buf, file->text, color);
    else
        add_row(buf, diag_row(code), str_from(diag_row(code)->name).len, color);
}

void
explain_codes(struct buf *buf, enum color_mode color)
{
    size_t name_width = 0;
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        size_t width = str_from(diag_row((enum diag_code)i)->name).len;
        name_width = width > name_width ? width : name_width;
    }
    for (size_t i = 0; i < DIAG_COUNT; i++)
        add_row(buf, diag_row((enum diag_code)i), name_width, color);
}

void
explain_page(struct buf *buf, struct str page, enum color_mode color)
{
    bool is_code = false;
    while (!is_str_empty(page)) {
        struct str line = str_cut(&page, '\n');
        if (has_prefix(line, STR("```"))) {
            is_code = !is_code;
            continue;
        }
        if (is_code && !is_str_empty(line))
            buf_repeat(buf, ' ', CODE_INDENT);
        if (!is_code && is_heading(line))
            add_heading(buf, line, color);
        else
            buf_add(buf, line);
        buf_byte(buf, '\n');
    }
}

/* L01  error    unknown-key  unknown word `…` */
static void
add_row(struct buf *buf, const struct diag_row *row, size_t name_width,
        enum color_mode color)
{
    struct str severity = severity_name(row->standard);
    struct str name = str_from(row->name);
    paint(buf, color, STYLE_HEADLINE, str_from(row->code));
    buf_repeat(buf, ' ', GAP);
    paint(buf, color, style_of(row->standard), severity);
    buf_repeat(buf, ' ', STR("warning").len - severity.len + GAP);
    buf_add(buf, name);
    buf_repeat(buf, ' ', name_width - name.len + GAP);
    add_headline(buf, row->headline);
    buf_byte(buf, '\n');
}

/* A headline's template, with a mark for what each message puts there. */
static void
add_headline(struct buf *buf, const char *headline)
{
    for (const char *at = headline; *at != '\0'; at++) {
        if (*at != '{') {
            buf_byte(buf, *at);
            continue;
        }
        at++;
        buf_add(buf, *at == '}' ? STR("…") : STR("{"));
    }
}

/* The title keeps its letters. Without colours the headings below it are in
 * capitals, but for what stands in backticks. */
static void
add_heading(struct buf *buf, struct str line, enum color_mode color)
{
    bool is_title = !has_prefix(line, STR("##"));
    while (has_prefix(line, STR("#")))
        line = str_slice(line, 1, line.len);
    line = str_trim(line);
    if (is_title || color != COLOR_NONE)
        paint(buf, color, STYLE_HEADLINE, line);
    else
        add_capitals(buf, line);
}

static void
add_capitals(struct buf *buf, struct str text)
{
    bool is_quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '`')
            is_quoted = !is_quoted;
        bool is_small = is_ascii_alpha(byte) && !is_ascii_upper(byte);
        buf_byte(buf, is_small && !is_quoted ? (char)(byte - 'a' + 'A') : byte);
    }
}

static bool
is_heading(struct str line)
{
    size_t depth = 0;
    while (depth < line.len && line.at[depth] == '#')
        depth++;
    return depth > 0 && depth < line.len && line.at[depth] == ' ';
}
