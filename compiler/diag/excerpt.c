/*
 * An excerpt works on bytes of one line and on the cells they take. Of a long
 * line only a window around the carets is looked at, so that a line of a
 * hundred megabytes costs no more than a short one.
 */
#include "diag/excerpt.h"

#include <assert.h>

enum {
    WINDOW_CELLS = 100,
    LEAD_CELLS = 40, /* kept before the carets in a line that is cut */
    TAB_CELLS = 4,
};

/* Bytes [start, end) of the line are shown, [from, to) of them are guilty. */
struct window {
    struct str line;
    size_t start;
    size_t end;
    size_t from;
    size_t to;
};

static struct window window_of(const struct render *render,
                               struct source_position place, struct span span);
static void window_cut(struct window *window);
static size_t walk_forward(struct str line, size_t start, size_t cells_max);
static size_t walk_back(struct str line, size_t start, size_t cells_max);
static size_t step_back(struct str line, size_t offset);
static void add_line(struct buf *buf, const struct window *window);
static void add_carets(struct buf *buf, const struct render *render,
                       const struct window *window,
                       const struct excerpt *excerpt);
static void add_number_gutter(struct buf *buf, const struct render *render,
                              size_t line);
static void add_bar(struct buf *buf, const struct render *render);
static size_t window_cells(const struct window *window, size_t end);
static struct glyph cell_next(struct str line, size_t *offset, size_t column);

void
add_excerpt(struct buf *buf, const struct render *render,
            const struct excerpt *excerpt)
{
    struct source_position place =
        source_locate(render->map, excerpt->span.start);
    assert(place.file);
    struct window window = window_of(render, place, excerpt->span);
    add_gutter(buf, render, excerpt->span);
    add_bar(buf, render);
    buf_byte(buf, '\n');
    add_number_gutter(buf, render, place.line);
    if (window.end > window.start)
        add_line(buf, &window);
    buf_byte(buf, '\n');
    add_gutter(buf, render, excerpt->span);
    add_bar(buf, render);
    add_carets(buf, render, &window, excerpt);
    buf_byte(buf, '\n');
}

void
add_gutter(struct buf *buf, const struct render *render, struct span span)
{
    size_t line = source_locate(render->map, span.start).line;
    for (; line > 0; line /= 10)
        buf_byte(buf, ' ');
}

static struct window
window_of(const struct render *render, struct source_position place,
          struct span span)
{
    struct str line = source_line(render->map, place.file, place.line);
    size_t from = place.column - 1;
    size_t len = span.end > span.start ? span.end - span.start : 0;
    /* A span may start on the newline, and end on a later line. */
    if (from > line.len)
        from = line.len;
    if (len > line.len - from)
        len = line.len - from;
    struct window window = {line, 0, line.len, from, from + len};
    window_cut(&window);
    return window;
}

static void
window_cut(struct window *window)
{
    struct str line = window->line;
    window->end = walk_forward(line, 0, WINDOW_CELLS);
    bool is_whole = window->end == line.len;
    if (is_whole || window->to < walk_forward(line, 0, WINDOW_CELLS - 10))
        return;
    window->start = walk_back(line, window->from, LEAD_CELLS);
    window->end = walk_forward(line, window->start, WINDOW_CELLS);
}

/* Where `cells_max` cells from `start` end. */
static size_t
walk_forward(struct str line, size_t start, size_t cells_max)
{
    size_t cells = 0;
    size_t offset = start;
    while (offset < line.len) {
        size_t next = offset;
        cells += cell_next(line, &next, cells).cells;
        /* Marks without width count too, or a line of them has no end. */
        if (cells > cells_max || next - start > (size_t)4 * WINDOW_CELLS)
            break;
        offset = next;
    }
    return offset;
}

static size_t
walk_back(struct str line, size_t start, size_t cells_max)
{
    size_t cells = 0;
    size_t offset = start;
    while (offset > 0 && start - offset < (size_t)4 * WINDOW_CELLS) {
        size_t previous = step_back(line, offset);
        size_t next = previous;
        cells += cell_next(line, &next, 0).cells;
        if (cells > cells_max)
            break;
        offset = previous;
    }
    return offset;
}

/* The code point before `offset`; at most three continuation bytes. */
static size_t
step_back(struct str line, size_t offset)
{
    size_t previous = offset - 1;
    while (previous > 0 && offset - previous < 4 &&
           ((unsigned char)line.at[previous] & 0xC0U) == 0x80)
        previous--;
    size_t next = previous;
    (void)glyph_next(line, &next);
    return next == offset ? previous : offset - 1;
}

static void
add_line(struct buf *buf, const struct window *window)
{
    buf_byte(buf, ' ');
    if (window->start > 0)
        buf_add(buf, STR("…"));
    size_t cells = 0;
    size_t offset = window->start;
    while (offset < window->end) {
        struct glyph glyph = cell_next(window->line, &offset, cells);
        buf_add(buf, (struct str){glyph.bytes, glyph.len});
        cells += glyph.cells;
    }
    if (window->end < window->line.len)
        buf_add(buf, STR("…"));
}

static void
add_carets(struct buf *buf, const struct render *render,
           const struct window *window, const struct excerpt *excerpt)
{
    size_t to = window->to < window->end ? window->to : window->end;
    size_t before = window_cells(window, window->from);
    size_t cells = window_cells(window, to) - before;
    size_t cut = window->start > 0 ? 1 : 0;
    buf_repeat(buf, ' ', 1 + cut + before);
    paint_open(buf, render->color, excerpt->style);
    buf_repeat(buf, '^', cells > 0 ? cells : 1);
    if (!is_str_empty(excerpt->label)) {
        buf_byte(buf, ' ');
        add_visible(buf, excerpt->label);
    }
    paint_close(buf, render->color, excerpt->style);
}

static void
add_number_gutter(struct buf *buf, const struct render *render, size_t line)
{
    paint_open(buf, render->color, STYLE_GUTTER);
    buf_number(buf, (int64_t)line);
    buf_add(buf, STR(" |"));
    paint_close(buf, render->color, STYLE_GUTTER);
}

static void
add_bar(struct buf *buf, const struct render *render)
{
    buf_byte(buf, ' ');
    paint(buf, render->color, STYLE_GUTTER, STR("|"));
}

/* What the shown bytes before `end` take. */
static size_t
window_cells(const struct window *window, size_t end)
{
    size_t cells = 0;
    size_t offset = window->start;
    while (offset < end)
        cells += cell_next(window->line, &offset, cells).cells;
    return cells;
}

/* The next glyph; a tab becomes spaces up to the next stop. */
static struct glyph
cell_next(struct str line, size_t *offset, size_t column)
{
    if (line.at[*offset] != '\t')
        return glyph_next(line, offset);
    size_t cells = TAB_CELLS - column % TAB_CELLS;
    ++*offset;
    return (struct glyph){"    ", cells, cells};
}
