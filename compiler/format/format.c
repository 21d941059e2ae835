/*
 * Lines to text.
 */
#include "format/format.h"

#include "base/utf8.h"
#include "format/align.h"
#include "format/layout.h"

static struct str
line_text(struct arena *arena, const struct line *line)
{
    struct buf buf;
    buf_init(&buf, arena);
    if (!is_aligned(line)) {
        buf_repeat(&buf, ' ', line->depth * INDENT);
        line_print_cells(&buf, line);
        return buf_str(&buf);
    }
    size_t column = 0;
    for (size_t i = 0; i < line->cells.count; i++) {
        const struct cell *cell = line_cell(line, i);
        buf_repeat(&buf, ' ', cell->column - column);
        buf_add(&buf, cell->text);
        column = cell->column + utf8_width(cell->text);
    }
    return buf_str(&buf);
}

/* Of its last line: a long text has several. */
static size_t
text_width(struct str text)
{
    size_t start = text.len;
    while (start > 0 && text.at[start - 1] != '\n')
        start--;
    return utf8_width(str_slice(text, start, text.len));
}

/* Next to a brace there is none. */
static bool
is_blank_above(const struct vec *lines, size_t index)
{
    const struct line *line = vec_at(lines, index);
    if (index == 0 || !line->has_blank_above || line->closes_block)
        return false;
    return !((const struct line *)vec_at(lines, index - 1))->opens_block;
}

static bool
has_comment_below(const struct vec *lines, size_t index)
{
    if (index + 1 == lines->count || is_blank_above(lines, index + 1))
        return false;
    const struct line *line = vec_at(lines, index);
    const struct line *below = vec_at(lines, index + 1);
    return !is_str_empty(line->comment) && !is_str_empty(below->comment) &&
           line->depth == below->depth;
}

/* Comments behind lines [start, *end) begin in one column. */
static size_t
comment_column(const struct vec *lines, size_t start, size_t *end)
{
    size_t column = COMMENT_COLUMN;
    size_t index = start;
    do {
        const struct line *line = vec_at(lines, index);
        size_t behind = text_width(line->text) + 2;
        column = behind > column ? behind : column;
    } while (has_comment_below(lines, index++));
    *end = index;
    return column;
}

static void
print_line(struct buf *buf, const struct line *line, size_t column)
{
    buf_add(buf, line->text);
    if (!is_str_empty(line->comment)) {
        buf_repeat(buf, ' ', column - text_width(line->text));
        buf_add(buf, line->comment);
    }
    buf_byte(buf, '\n');
}

static struct str
print_lines(struct arena *arena, const struct vec *lines)
{
    struct buf buf;
    size_t end;
    buf_init(&buf, arena);
    for (size_t start = 0; start < lines->count; start = end) {
        size_t column = comment_column(lines, start, &end);
        for (size_t i = start; i < end; i++) {
            if (is_blank_above(lines, i))
                buf_byte(&buf, '\n');
            print_line(&buf, vec_at(lines, i), column);
        }
    }
    return buf_str(&buf);
}

struct str
format_tokens(struct arena *arena, const struct schema *schema,
              const struct source_map *map, struct tokens tokens)
{
    struct vec lines = read_lines(arena, schema, map, tokens);
    align_cells(arena, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        struct line *line = vec_at(&lines, i);
        line->text = line_text(arena, line);
    }
    return print_lines(arena, &lines);
}
