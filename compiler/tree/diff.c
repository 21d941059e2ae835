/*
 * Lines that both texts begin and end with are set aside; what is left between
 * them goes through the greedy algorithm of Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986), which stops at EDITS_MAX: so the work
 * is bounded. edits.h holds that half; here the hunks are printed.
 */
#include "tree/diff.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "tree/edits.h"

enum { CONTEXT_LINES = 2, LINE_BYTES_MAX = 160 };

struct printer {
    struct buf *buf;
    const struct edits *edits;
    size_t line_max;
    size_t line_count; /* asked for, shown or not */
};

static void print_hunk(struct printer *printer, size_t start, size_t end);
static size_t hunk_end(const struct edits *edits, size_t start);
static bool has_edit(const struct edits *edits, size_t start, size_t end);
static void print_head(struct printer *printer, size_t start, size_t end);
static void print_edit(struct printer *printer, struct edit edit);
static bool start_line(struct printer *printer);
static void print_text(struct buf *buf, struct str line);
static void print_left_out(const struct printer *printer);

void
diff_print(struct buf *buf, struct str before, struct str after,
           size_t line_max)
{
    struct edits edits = edits_make(buf->arena, before, after);
    struct printer printer = {buf, &edits, line_max, 0};
    size_t next = 0;
    while (has_edit(&edits, next, edits.edit_count)) {
        while (edits.list[next].kind == EDIT_KEEP)
            next++;
        size_t start = next < CONTEXT_LINES ? 0 : next - CONTEXT_LINES;
        size_t end = hunk_end(&edits, next);
        print_hunk(&printer, start, end);
        next = end;
    }
    print_left_out(&printer);
}

static void
print_hunk(struct printer *printer, size_t start, size_t end)
{
    print_head(printer, start, end);
    for (size_t i = start; i < end; i++)
        print_edit(printer, printer->edits->list[i]);
}

/* Behind the context that follows the last edit of the hunk. */
static size_t
hunk_end(const struct edits *edits, size_t start)
{
    size_t end = start;
    while (has_edit(edits, end, end + CONTEXT_LINES + 1 + CONTEXT_LINES))
        end++;
    end = end + CONTEXT_LINES;
    return end < edits->edit_count ? end : edits->edit_count;
}

static bool
has_edit(const struct edits *edits, size_t start, size_t end)
{
    for (size_t i = start; i < end && i < edits->edit_count; i++) {
        if (edits->list[i].kind != EDIT_KEEP)
            return true;
    }
    return false;
}

static void
print_head(struct printer *printer, size_t start, size_t end)
{
    const struct edit *list = printer->edits->list;
    size_t counts[EDIT_ADD + 1] = {0};
    for (size_t i = start; i < end; i++)
        counts[list[i].kind]++;
    size_t before = counts[EDIT_KEEP] + counts[EDIT_DROP];
    size_t after = counts[EDIT_KEEP] + counts[EDIT_ADD];
    if (!start_line(printer))
        return;
    struct buf *buf = printer->buf;
    buf_add(buf, STR("@@ -"));
    buf_number(buf, (int64_t)(list[start].before + (before > 0)));
    buf_byte(buf, ',');
    buf_number(buf, (int64_t)before);
    buf_add(buf, STR(" +"));
    buf_number(buf, (int64_t)(list[start].after + (after > 0)));
    buf_byte(buf, ',');
    buf_number(buf, (int64_t)after);
    buf_add(buf, STR(" @@"));
}

static void
print_edit(struct printer *printer, struct edit edit)
{
    struct str line = edit.kind == EDIT_ADD
                          ? printer->edits->after.lines[edit.after]
                          : printer->edits->before.lines[edit.before];
    if (start_line(printer)) {
        buf_byte(printer->buf, " -+"[edit.kind]);
        print_text(printer->buf, line);
    }
    if (!has_suffix(line, STR("\n")) && start_line(printer))
        buf_add(printer->buf, STR("\\ no newline at the end"));
}

/* False when there is no room for it. */
static bool
start_line(struct printer *printer)
{
    if (printer->line_count++ >= printer->line_max)
        return false;
    if (printer->line_count > 1)
        buf_byte(printer->buf, '\n');
    return true;
}

static void
print_text(struct buf *buf, struct str line)
{
    if (has_suffix(line, STR("\n")))
        line = str_slice(line, 0, line.len - 1);
    size_t offset = 0;
    while (offset < line.len && offset < LINE_BYTES_MAX) {
        size_t start = offset;
        uint32_t point = utf8_next(line, &offset);
        bool is_shown = point != UTF8_INVALID && !is_invisible(point) &&
                        (point >= ' ' || point == '\t') &&
                        (point < 0x7f || point > 0x9f);
        if (is_shown)
            buf_add(buf, str_slice(line, start, offset));
        else
            buf_add(buf, STR("\xef\xbf\xbd")); /* U+FFFD */
    }
    if (offset < line.len)
        buf_add(buf, STR(" …"));
}

static void
print_left_out(const struct printer *printer)
{
    if (printer->line_count <= printer->line_max)
        return;
    size_t count = printer->line_count - printer->line_max;
    buf_add(printer->buf, STR("\n… and "));
    buf_number(printer->buf, (int64_t)count);
    buf_add(printer->buf, count == 1 ? STR(" more line") : STR(" more lines"));
}
