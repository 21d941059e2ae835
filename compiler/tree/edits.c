#include "tree/edits.h"

#include <assert.h>

/* The lines in between those that both texts begin and end with. */
struct core {
    const struct str *before;
    const struct str *after;
    int32_t before_count;
    int32_t after_count;
};

/* Myers' V after each number of edits: row `d` begins at index d * d and has
 * 2d + 1 cells, for the diagonals -d..d. */
struct trace {
    int32_t *cells;
    int32_t edit_count; /* -1: more than EDITS_MAX */
};

static struct lines split_lines(struct arena *arena, struct str text);
static size_t common_start(struct lines a, struct lines b);
static size_t common_end(struct lines a, struct lines b, size_t start);
static struct trace trace_core(struct arena *arena, const struct core *core);
static int32_t *cell_at(const struct trace *trace, int32_t edits,
                        int32_t diagonal);
static int32_t best_start(const struct trace *trace, int32_t edits,
                          int32_t diagonal, bool *is_add);
static int32_t follow_snake(const struct core *core, int32_t x,
                            int32_t diagonal);
static void add_edits(struct edits *edits, enum edit_kind kind, size_t count);
static void add_core(struct edits *edits, struct arena *arena,
                     const struct core *core, const struct trace *trace);

struct edits
edits_make(struct arena *arena, struct str before, struct str after)
{
    struct edits edits = {.before = split_lines(arena, before),
                          .after = split_lines(arena, after)};
    size_t start = common_start(edits.before, edits.after);
    size_t end = common_end(edits.before, edits.after, start);
    struct core core = {
        .before = edits.before.lines + start,
        .after = edits.after.lines + start,
        .before_count = (int32_t)(edits.before.count - start - end),
        .after_count = (int32_t)(edits.after.count - start - end),
    };
    edits.list = arena_array(arena, edits.before.count + edits.after.count,
                             sizeof *edits.list);
    add_edits(&edits, EDIT_KEEP, start);
    struct trace trace = trace_core(arena, &core);
    if (trace.edit_count >= 0) {
        add_core(&edits, arena, &core, &trace);
    } else {
        add_edits(&edits, EDIT_DROP, (size_t)core.before_count);
        add_edits(&edits, EDIT_ADD, (size_t)core.after_count);
    }
    add_edits(&edits, EDIT_KEEP, end);
    return edits;
}

static struct lines
split_lines(struct arena *arena, struct str text)
{
    assert(text.len < INT32_MAX);
    size_t count = text.len > 0 && !has_suffix(text, STR("\n"));
    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] == '\n';
    struct lines lines = {arena_array(arena, count, sizeof(struct str)), 0};
    size_t start = 0;
    while (start < text.len) {
        size_t newline = str_index(text, '\n', start);
        size_t end = newline < text.len ? newline + 1 : newline;
        lines.lines[lines.count++] = str_slice(text, start, end);
        start = end;
    }
    return lines;
}

static size_t
common_start(struct lines a, struct lines b)
{
    size_t count = 0;
    while (count < a.count && count < b.count &&
           is_str_equal(a.lines[count], b.lines[count]))
        count++;
    return count;
}

static size_t
common_end(struct lines a, struct lines b, size_t start)
{
    size_t count = 0;
    while (start + count < a.count && start + count < b.count &&
           is_str_equal(a.lines[a.count - 1 - count],
                        b.lines[b.count - 1 - count]))
        count++;
    return count;
}

static struct trace
trace_core(struct arena *arena, const struct core *core)
{
    size_t rows = EDITS_MAX + 1;
    struct trace trace = {arena_array(arena, rows * rows, sizeof(int32_t)), -1};
    for (int32_t edits = 0; edits <= EDITS_MAX; edits++) {
        for (int32_t k = -edits; k <= edits; k += 2) {
            bool is_add;
            int32_t x = best_start(&trace, edits, k, &is_add);
            x = follow_snake(core, x, k);
            *cell_at(&trace, edits, k) = x;
            if (x >= core->before_count && x - k >= core->after_count) {
                trace.edit_count = edits;
                return trace;
            }
        }
    }
    return trace;
}

static int32_t *
cell_at(const struct trace *trace, int32_t edits, int32_t diagonal)
{
    return &trace->cells[edits * edits + edits + diagonal];
}

/* Where diagonal `diagonal` begins with this many edits, and by which. */
static int32_t
best_start(const struct trace *trace, int32_t edits, int32_t diagonal,
           bool *is_add)
{
    *is_add = true;
    if (edits == 0)
        return 0;
    if (diagonal == -edits)
        return *cell_at(trace, edits - 1, diagonal + 1);
    int32_t dropped = *cell_at(trace, edits - 1, diagonal - 1);
    *is_add =
        diagonal != edits && dropped < *cell_at(trace, edits - 1, diagonal + 1);
    return *is_add ? *cell_at(trace, edits - 1, diagonal + 1) : dropped + 1;
}

static int32_t
follow_snake(const struct core *core, int32_t x, int32_t diagonal)
{
    while (x < core->before_count && x - diagonal < core->after_count &&
           x >= diagonal &&
           is_str_equal(core->before[x], core->after[x - diagonal]))
        x++;
    return x;
}

static void
add_edits(struct edits *edits, enum edit_kind kind, size_t count)
{
    struct edit next = {.kind = kind};
    if (edits->edit_count > 0) {
        struct edit last = edits->list[edits->edit_count - 1];
        next.before = last.before + (last.kind != EDIT_ADD);
        next.after = last.after + (last.kind != EDIT_DROP);
    }
    for (size_t i = 0; i < count; i++) {
        edits->list[edits->edit_count++] = next;
        next.before += kind != EDIT_ADD;
        next.after += kind != EDIT_DROP;
    }
}

/* The way back through the trace, then forward again. */
static void
add_core(struct edits *edits, struct arena *arena, const struct core *core,
         const struct trace *trace)
{
    int32_t count = trace->edit_count;
    bool *is_add = arena_array(arena, (size_t)count + 1, sizeof *is_add);
    int32_t *starts = arena_array(arena, (size_t)count + 1, sizeof *starts);
    int32_t *ends = arena_array(arena, (size_t)count + 1, sizeof *ends);
    int32_t diagonal = core->before_count - core->after_count;
    for (int32_t i = count; i >= 0; i--) {
        starts[i] = best_start(trace, i, diagonal, &is_add[i]);
        ends[i] = *cell_at(trace, i, diagonal);
        diagonal += is_add[i] ? 1 : -1;
    }
    for (int32_t i = 0; i <= count; i++) {
        if (i > 0)
            add_edits(edits, is_add[i] ? EDIT_ADD : EDIT_DROP, 1);
        add_edits(edits, EDIT_KEEP, (size_t)(ends[i] - starts[i]));
    }
}
