/* The origins of a document, as its entry in the lock shows them. */
#include "base/sort.h"
#include "tree/lock.h"
#include "tree/path.h"
#include "tree/word.h"

/* Lines first..last of a file. */
struct range {
    const struct source_file *file;
    size_t first;
    size_t last;
};

static struct vec merge_ranges(struct arena *arena,
                               const struct source_map *map,
                               const struct vec *spans);
static struct range locate_range(const struct source_map *map,
                                 struct span span);
static bool join_range(struct range *range, struct range next);
static void print_file(struct buf *buf, struct str path, struct str program);
static void print_lines(struct buf *buf, struct range range);
static sort_compare compare_spans;

struct str
lock_origins(struct arena *arena, const struct source_map *map,
             const struct document *document, struct str program)
{
    struct vec ranges = merge_ranges(arena, map, &document->origins);
    struct buf buf;
    buf_init(&buf, arena);
    const struct source_file *file = NULL;
    for (size_t i = 0; i < ranges.count; i++) {
        struct range range = *(struct range *)vec_at(&ranges, i);
        if (range.file == file) {
            buf_byte(&buf, ',');
        } else {
            if (file != NULL)
                buf_byte(&buf, ' ');
            print_file(&buf, range.file->path, program);
            buf_byte(&buf, ':');
        }
        print_lines(&buf, range);
        file = range.file;
    }
    return buf_str(&buf);
}

/* Sorted, and no two of them touch. What is nowhere sorts last. */
static struct vec
merge_ranges(struct arena *arena, const struct source_map *map,
             const struct vec *spans)
{
    struct vec ranges;
    vec_init(&ranges, arena, sizeof(struct range));
    struct span *sorted = arena_array(arena, spans->count, sizeof *sorted);
    for (size_t i = 0; i < spans->count; i++)
        sorted[i] = *(struct span *)vec_at(spans, i);
    sort_items(arena, sorted, spans->count, sizeof *sorted, compare_spans,
               NULL);
    for (size_t i = 0; i < spans->count && !is_span_nowhere(sorted[i]); i++) {
        struct range range = locate_range(map, sorted[i]);
        if (ranges.count > 0 &&
            join_range(vec_at(&ranges, ranges.count - 1), range))
            continue;
        if (ranges.count == LOCK_ORIGINS_MAX)
            break;
        *(struct range *)vec_add(&ranges) = range;
    }
    return ranges;
}

/* A span ends before its `end`, which may be the start of the next line. */
static struct range
locate_range(const struct source_map *map, struct span span)
{
    struct source_position first = source_locate(map, span.start);
    uint32_t end = is_span_empty(span) ? span.start : span.end - 1;
    struct source_position last = source_locate(map, end);
    return (struct range){first.file, first.line, last.line};
}

static bool
join_range(struct range *range, struct range next)
{
    if (range->file != next.file || next.first > range->last + 1)
        return false;
    if (next.last > range->last)
        range->last = next.last;
    return true;
}

/* Relative to the program's folder, so that the lock does not depend on the
 * folder in which broxc was called. */
static void
print_file(struct buf *buf, struct str path, struct str program)
{
    struct str folder = path_folder(program);
    if (folder.len > 0 && is_path_below(path, folder))
        path = str_slice(path, folder.len + 1, path.len);
    word_print(buf, path);
}

static void
print_lines(struct buf *buf, struct range range)
{
    buf_number(buf, (int64_t)range.first);
    if (range.last > range.first) {
        buf_byte(buf, '-');
        buf_number(buf, (int64_t)range.last);
    }
}

static int
compare_spans(const void *a, const void *b, const void *context)
{
    (void)context;
    const struct span *first = a;
    const struct span *second = b;
    if (first->start != second->start)
        return first->start < second->start ? -1 : 1;
    return (first->end > second->end) - (first->end < second->end);
}
