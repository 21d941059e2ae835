/*
 * Lines that follow each other share columns: the words of a block, the rows
 * of a table, one clause in lines that all have it.
 */
#include "format/align.h"

#include "base/utf8.h"
#include "format/layout.h"

/* Lines [start, end) whose cells are aligned. */
struct group {
    const struct vec *lines;
    size_t start;
    size_t end;
    size_t family; /* blocks that are alike; 0: none */
    size_t column; /* behind the word, the least */
};

static struct line *
line_at(const struct vec *lines, size_t index)
{
    return vec_at(lines, index);
}

bool
is_aligned(const struct line *line)
{
    return !line->is_free && !line->opens_block;
}

/* At the top of a file only the rows of tables are aligned. */
static bool
goes_on(const struct line *above, const struct line *line)
{
    return is_aligned(above) && is_aligned(line) &&
           above->depth == line->depth && above->is_named == line->is_named &&
           (line->depth > 0 || line->is_table) &&
           (!line->has_blank_above || (above->is_table && line->is_table));
}

static size_t
cell_end(const struct cell *cell)
{
    return cell->column + utf8_width(cell->text);
}

/* ---- sizes ---- */

static bool
is_size_clause(const struct cell *cell)
{
    if (cell->key != CELL_CLAUSE)
        return false;
    enum type_kind type = cell->clause->arguments[0].type;
    return type == TYPE_CPU || type == TYPE_MEMORY;
}

/* The first digit behind the clause's word, and the last one. */
static void
find_number(struct str text, size_t *start, size_t *end)
{
    *start = str_index(text, ' ', 0);
    *start += *start < text.len;
    *end = *start;
    while (*end < text.len && is_ascii_digit(text.at[*end]))
        (*end)++;
}

static struct str
unit_at(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && is_ascii_alpha(text.at[end]))
        end++;
    return str_slice(text, at, end);
}

/* Pads `cpu 50m..250m` under `cpu 100m..500m`, when all have the same unit. */
static void
pad_sizes(struct arena *arena, const struct group *run, size_t index)
{
    size_t width = 0;
    struct str unit = STR("");
    for (size_t i = run->start; i < run->end; i++) {
        struct cell *cell = line_cell(line_at(run->lines, i), index);
        size_t start;
        size_t end;
        find_number(cell->text, &start, &end);
        struct str own = unit_at(cell->text, end);
        if (end == start || (i > run->start && !is_str_equal(own, unit)))
            return;
        unit = own;
        width = end - start > width ? end - start : width;
    }
    for (size_t i = run->start; i < run->end; i++) {
        struct cell *cell = line_cell(line_at(run->lines, i), index);
        struct buf buf;
        size_t start;
        size_t end;
        find_number(cell->text, &start, &end);
        buf_init(&buf, arena);
        buf_add(&buf, str_slice(cell->text, 0, start));
        buf_repeat(&buf, ' ', width - (end - start));
        buf_add(&buf, str_slice(cell->text, start, cell->text.len));
        cell->text = buf_str(&buf);
    }
}

/* ---- columns ---- */

/* A row that begins with a name, such as `run api`, keeps to it. */
static size_t
gap_behind_word(const struct group *group)
{
    const struct line *first = line_at(group->lines, group->start);
    return first->is_named || first->depth == 0 ? 1 : 2;
}

static size_t
gap_before(const struct group *group, const struct cell *cell)
{
    if (cell->key == CELL_ARGUMENT)
        return gap_behind_word(group);
    return cell->key == CELL_ARROW ? 1 : 2;
}

/* The cells of one column begin where the longest of what is before them
 * leaves room. */
static void
align_run(struct arena *arena, const struct group *group,
          const struct group *run, size_t index)
{
    size_t column = index == 1 ? group->column : 0;
    for (size_t i = run->start; i < run->end; i++) {
        const struct line *line = line_at(run->lines, i);
        if (line->cells.count <= index)
            continue;
        const struct cell *cell = line_cell(line, index);
        size_t end =
            cell_end(line_cell(line, index - 1)) + gap_before(group, cell);
        column = end > column ? end : column;
        column = cell->margin > column ? cell->margin : column;
    }
    for (size_t i = run->start; i < run->end; i++) {
        const struct line *line = line_at(run->lines, i);
        if (line->cells.count > index)
            line_cell(line, index)->column = column;
    }
    if (index > 1 &&
        is_size_clause(line_cell(line_at(run->lines, run->start), index)))
        pad_sizes(arena, run, index);
}

static bool
is_same_column(const struct line *above, const struct line *line, size_t index)
{
    if (above->cells.count <= index || line->cells.count <= index)
        return false;
    const struct cell *a = line_cell(above, index);
    const struct cell *b = line_cell(line, index);
    return a->key == b->key && a->clause == b->clause;
}

static void
align_column(struct arena *arena, const struct group *group, size_t index)
{
    struct group run = *group;
    for (run.start = group->start; run.start < group->end;
         run.start = run.end) {
        run.end = run.start + 1;
        if (line_at(group->lines, run.start)->cells.count <= index)
            continue;
        while (run.end < group->end &&
               is_same_column(line_at(group->lines, run.end - 1),
                              line_at(group->lines, run.end), index))
            run.end++;
        align_run(arena, group, &run, index);
    }
}

static void
align_group(struct arena *arena, const struct group *group)
{
    size_t most = 0;
    for (size_t i = group->start; i < group->end; i++) {
        const struct line *line = line_at(group->lines, i);
        most = line->cells.count > most ? line->cells.count : most;
    }
    if (most > 1) /* what follows the words, wherever something does */
        align_run(arena, group, group, 1);
    for (size_t index = 2; index < most; index++)
        align_column(arena, group, index);
}

/* ---- groups ---- */

static bool
is_alike(const struct line *line)
{
    return line->opens_block && line->word != NULL &&
           has_layout(LAYOUT_ALIKE, PLACE_FILE, line->word->name);
}

/* The family that the lines below a line of the top level belong to. */
static size_t
next_family(const struct line *line, size_t index, size_t family)
{
    if (is_alike(line))
        return family == 0 ? index + 1 : family;
    return line->is_free ? family : 0;
}

static struct vec
find_groups(struct arena *arena, const struct vec *lines)
{
    struct vec groups;
    size_t family = 0;
    size_t end;
    vec_init(&groups, arena, sizeof(struct group));
    for (size_t start = 0; start < lines->count; start = end) {
        const struct line *first = line_at(lines, start);
        end = start + 1;
        if (first->depth == 0)
            family = next_family(first, start, family);
        if (!is_aligned(first))
            continue;
        while (end < lines->count &&
               goes_on(line_at(lines, end - 1), line_at(lines, end)))
            end++;
        struct group *group = vec_add(&groups);
        *group = (struct group){.lines = lines, .start = start, .end = end};
        group->family = first->depth == 1 && !first->is_named ? family : 0;
    }
    return groups;
}

static size_t
word_column(const struct group *group)
{
    size_t column = 0;
    for (size_t i = group->start; i < group->end; i++) {
        const struct line *line = line_at(group->lines, i);
        size_t end = cell_end(line_cell(line, 0)) + gap_behind_word(group);
        if (line->cells.count > 1 && end > column)
            column = end;
    }
    return column;
}

/* Groups of one family begin behind the longest word of all of them. */
static void
share_columns(const struct vec *groups)
{
    size_t end;
    for (size_t start = 0; start < groups->count; start = end) {
        const struct group *first = vec_at(groups, start);
        size_t column = 0;
        for (end = start; end < groups->count; end++) {
            const struct group *group = vec_at(groups, end);
            if (end > start &&
                (group->family == 0 || group->family != first->family))
                break;
            size_t own = word_column(group);
            column = own > column ? own : column;
        }
        for (size_t i = start; i < end; i++)
            ((struct group *)vec_at(groups, i))->column = column;
    }
}

void
align_cells(struct arena *arena, const struct vec *lines)
{
    struct vec groups = find_groups(arena, lines);
    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = line_at(lines, i);
        line_cell(line, 0)->column = line->depth * INDENT;
    }
    share_columns(&groups);
    for (size_t i = 0; i < groups.count; i++)
        align_group(arena, vec_at(&groups, i));
}
