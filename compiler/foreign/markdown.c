#include "foreign/markdown.h"

#include "base/buf.h"
#include "base/vec.h"
#include "foreign/markdown_text.h"

/* A line of the file, without its end. */
struct line {
    struct str text;
    size_t next; /* where the next one begins */
};

struct reader {
    struct arena *arena;
    const struct source_file *file;
    struct vec tables; /* of struct table */
    struct str heading;
    struct str fence; /* that ends the code we are in; or empty */
    bool is_comment;
};

static struct line line_at(const struct reader *reader, size_t at);
static bool is_passed_over(struct reader *reader, struct str line);
static bool take_heading(struct reader *reader, struct str line);
static size_t take_table(struct reader *reader, struct line header);
static struct table_row read_row(struct reader *reader, struct str line);

struct tables
foreign_read_tables(struct arena *arena, const struct source_file *file)
{
    struct reader reader = {.arena = arena, .file = file};
    vec_init(&reader.tables, arena, sizeof(struct table));
    size_t at = has_prefix(file->text, STR("\xef\xbb\xbf")) ? 3 : 0;
    while (at < file->text.len) {
        struct line line = line_at(&reader, at);
        size_t end = 0;
        if (!is_passed_over(&reader, line.text) &&
            !take_heading(&reader, line.text))
            end = take_table(&reader, line);
        at = end > 0 ? end : line.next;
    }
    return (struct tables){reader.tables.items, reader.tables.count};
}

static struct line
line_at(const struct reader *reader, size_t at)
{
    struct str text = reader->file->text;
    size_t end = str_index(text, '\n', at);
    size_t next = end < text.len ? end + 1 : end;
    if (end > at && text.at[end - 1] == '\r')
        end--;
    return (struct line){str_slice(text, at, end), next};
}

/* Four blanks make code of a line. */
static size_t
indent_of(struct str line)
{
    size_t indent = 0;
    while (indent < line.len && line.at[indent] == ' ')
        indent++;
    return indent < line.len && line.at[indent] == '\t' ? 4 : indent;
}

/* ```` ``` ```` or `~~~`, at least three of them; else empty. */
static struct str
fence_of(struct str line)
{
    struct str text = str_trim(line);
    size_t count = 0;
    if (indent_of(line) > 3 || is_str_empty(text) ||
        (text.at[0] != '`' && text.at[0] != '~'))
        return STR("");
    while (count < text.len && text.at[count] == text.at[0])
        count++;
    return count < 3 ? STR("") : str_slice(text, 0, count);
}

static bool
ends_comment(struct str line)
{
    for (size_t i = 0; i + 3 <= line.len; i++) {
        if (is_str_equal(str_slice(line, i, i + 3), STR("-->")))
            return true;
    }
    return false;
}

static bool
is_passed_over(struct reader *reader, struct str line)
{
    struct str fence = fence_of(line);
    if (!is_str_empty(reader->fence)) {
        bool is_end = has_prefix(fence, reader->fence) &&
                      is_str_equal(str_trim(line), fence);
        if (is_end)
            reader->fence = STR("");
        return true;
    }
    if (reader->is_comment || has_prefix(str_trim(line), STR("<!--"))) {
        reader->is_comment = !ends_comment(line);
        return true;
    }
    reader->fence = fence;
    return !is_str_empty(fence) || indent_of(line) > 3;
}

static bool
take_heading(struct reader *reader, struct str line)
{
    struct str text = str_trim(line);
    size_t level = 0;
    while (level < text.len && text.at[level] == '#')
        level++;
    if (level == 0 || level > 6 || level == text.len ||
        (text.at[level] != ' ' && text.at[level] != '\t'))
        return false;
    text = str_slice(text, level, text.len);
    reader->heading = markdown_plain(reader->arena, str_trim(text));
    return true;
}

/* `:---:`, the cell of a row below the header. */
static bool
is_rule(struct str cell)
{
    size_t start = has_prefix(cell, STR(":")) ? 1 : 0;
    size_t end = cell.len > start && has_suffix(cell, STR(":")) ? cell.len - 1
                                                                : cell.len;
    for (size_t i = start; i < end; i++) {
        if (cell.at[i] != '-')
            return false;
    }
    return end > start;
}

static bool
is_rules(const struct table_row *row)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct table_cell *cell = &row->cells[i];
        if (cell->line_count != 1 || !is_rule(cell->lines[0].text))
            return false;
    }
    return row->cell_count > 0;
}

/* Where the table ends that begins with this line; 0 when none does. */
static size_t
take_table(struct reader *reader, struct line header)
{
    struct vec rows;
    struct line line = line_at(reader, header.next);
    if (!has_byte(header.text, '|') || !has_byte(line.text, '-'))
        return 0;
    struct table_row titles = read_row(reader, header.text);
    struct table_row rules = read_row(reader, line.text);
    if (!is_rules(&rules) || rules.cell_count != titles.cell_count)
        return 0;
    vec_init(&rows, reader->arena, sizeof titles);
    *(struct table_row *)vec_add(&rows) = titles;
    size_t at = line.next;
    while (at < reader->file->text.len) {
        line = line_at(reader, at);
        if (!has_byte(line.text, '|') || indent_of(line.text) > 3)
            break;
        struct table_row *row = vec_add(&rows);
        *row = read_row(reader, line.text);
        if (row->cell_count > titles.cell_count)
            row->cell_count = titles.cell_count;
        at = line.next;
    }
    struct table *table = vec_add(&reader->tables);
    *table = (struct table){reader->heading, rows.items, rows.count};
    return at;
}

/* ---- cells --------------------------------------------------------------- */

static struct span
span_of(const struct reader *reader, struct str part)
{
    size_t at = (size_t)(part.at - reader->file->text.at);
    uint32_t start = reader->file->start + (uint32_t)at;
    return (struct span){start, start + (uint32_t)part.len};
}

/* A cell's lines have `<br>` between them. */
static struct table_cell
read_cell(struct reader *reader, struct str text)
{
    struct vec lines;
    struct table_cell cell = {.span = span_of(reader, text)};
    vec_init(&lines, reader->arena, sizeof(struct table_line));
    size_t at = 0;
    bool is_last = false;
    while (!is_last) {
        size_t next;
        size_t end = markdown_break(text, at, &next);
        struct str part = str_trim(str_slice(text, at, end));
        struct table_line *line = vec_add(&lines);
        *line = (struct table_line){markdown_plain(reader->arena, part),
                                    span_of(reader, part)};
        is_last = end == text.len;
        at = next;
    }
    cell.lines = lines.items;
    cell.line_count = lines.count;
    return cell;
}

/* The `|` at or after `at` that no backslash makes plain. */
static size_t
bar_find(struct str line, size_t at)
{
    while (at < line.len && line.at[at] != '|')
        at += line.at[at] == '\\' && at + 1 < line.len ? 2 : 1;
    return at;
}

static struct table_row
read_row(struct reader *reader, struct str line)
{
    struct vec cells;
    struct str text = str_trim(line);
    size_t at = has_prefix(text, STR("|")) ? 1 : 0;
    vec_init(&cells, reader->arena, sizeof(struct table_cell));
    while (at < text.len) {
        size_t end = bar_find(text, at);
        struct table_cell *cell = vec_add(&cells);
        *cell = read_cell(reader, str_trim(str_slice(text, at, end)));
        at = end + 1;
    }
    return (struct table_row){cells.items, cells.count};
}
