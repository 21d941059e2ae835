#include "driver/origins.h"

#include "base/sort.h"
#include "base/trace.h"

enum {
    DERIVED_DEPTH_MAX = 12, /* texts made of texts made of texts */
    SPANS_MAX = 4096,       /* of one line of a document */
};

/* The record, put in order: marks by buf and offset, texts by address. */
struct record {
    const struct origins *origins;
    const struct trace_mark *marks;
    size_t mark_count;
    const struct trace_text *texts;
    size_t text_count;
};

/* ---- the record --------------------------------------------------------- */

static int
compare_marks(const void *a, const void *b, const void *context)
{
    const struct trace_mark *left = a;
    const struct trace_mark *right = b;
    (void)context;
    if (left->buf != right->buf)
        return left->buf < right->buf ? -1 : 1;
    return (left->offset > right->offset) - (left->offset < right->offset);
}

static int
compare_texts(const void *a, const void *b, const void *context)
{
    const struct trace_text *left = a;
    const struct trace_text *right = b;
    (void)context;
    return (left->text.at > right->text.at) - (left->text.at < right->text.at);
}

static struct record
open_record(const struct origins *origins)
{
    struct trace *trace = arena_trace(origins->arena);
    struct record record = {.origins = origins};
    if (trace == NULL)
        return record;
    arena_set_trace(origins->arena, NULL);
    record = (struct record){origins, trace->marks.items, trace->marks.count,
                             trace->texts.items, trace->texts.count};
    sort_items(origins->arena, trace->marks.items, record.mark_count,
               sizeof(struct trace_mark), compare_marks, NULL);
    sort_items(origins->arena, trace->texts.items, record.text_count,
               sizeof(struct trace_text), compare_texts, NULL);
    arena_set_trace(origins->arena, trace);
    return record;
}

/* The first mark of a buf at or behind an offset. */
static size_t
mark_index(const struct record *record, uint32_t buf, size_t offset)
{
    size_t low = 0;
    size_t high = record->mark_count;
    struct trace_mark wanted = {.buf = buf, .offset = offset};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_marks(&record->marks[middle], &wanted, NULL) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The text that a buf held and that `at` lies in; NULL when there is none. */
static const struct trace_text *
text_around(const struct record *record, const char *at)
{
    size_t low = 0;
    size_t high = record->text_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (record->texts[middle].text.at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0) {
        const struct trace_text *text = &record->texts[low - 1];
        if (at < text->text.at + text->text.len)
            return text;
        if (low < 2 || record->texts[low - 2].text.at != text->text.at)
            return NULL;
        low--;
    }
    return NULL;
}

/* ---- places ------------------------------------------------------------- */

static const struct source_file *
file_around(const struct source_map *map, const char *at)
{
    for (size_t i = 0; i < source_file_count(map); i++) {
        const struct source_file *file = source_file_at(map, i);
        if (at >= file->text.at && at < file->text.at + file->text.len)
            return file;
    }
    return NULL;
}

static void
add_span(struct vec *spans, struct span span)
{
    const struct span *list = spans->items;
    for (size_t i = 0; i < spans->count; i++) {
        if (list[i].start == span.start)
            return;
    }
    if (spans->count < SPANS_MAX)
        *(struct span *)vec_add(spans) = span;
}

static void add_text_spans(const struct record *record, struct str text,
                           int depth, struct vec *spans);

/* The part of the text that came to lie in bytes [start, end) of its buf; all
 * of it where it is spelled otherwise there. */
static struct str
part_between(const struct trace_mark *mark, size_t start, size_t end)
{
    if (!mark->is_copy)
        return mark->from;
    size_t skipped = start > mark->offset ? start - mark->offset : 0;
    size_t stop = end - mark->offset;
    return str_slice(mark->from, skipped,
                     stop < mark->from.len ? stop : mark->from.len);
}

/* Of bytes [start, end) of a buf: what begins there, and what began before and
 * reaches into it. */
static void
add_buf_spans(const struct record *record, uint32_t buf, size_t start,
              size_t end, int depth, struct vec *spans)
{
    size_t first = mark_index(record, buf, start);
    if (first > 0 && record->marks[first - 1].buf == buf &&
        record->marks[first - 1].offset + record->marks[first - 1].from.len >
            start)
        first--;
    for (size_t i = first; i < record->mark_count; i++) {
        const struct trace_mark *mark = &record->marks[i];
        if (mark->buf != buf || mark->offset >= end)
            break;
        add_text_spans(record, part_between(mark, start, end), depth, spans);
    }
}

/* The places of the program that a text was made of. */
static void
add_text_spans(const struct record *record, struct str text, int depth,
               struct vec *spans)
{
    const struct source_file *file = file_around(record->origins->map, text.at);
    if (file != NULL) {
        uint32_t start = file->start + (uint32_t)(text.at - file->text.at);
        add_span(spans, (struct span){start, start + (uint32_t)text.len});
        return;
    }
    const struct trace_text *around = text_around(record, text.at);
    if (around == NULL || depth == DERIVED_DEPTH_MAX)
        return;
    size_t first = (size_t)(text.at - around->text.at);
    add_buf_spans(record, around->buf, first, first + text.len, depth + 1,
                  spans);
}

/* Where line `line`, from 1, of a text begins; its length when there is none.
 */
static size_t
line_start(struct str text, size_t line)
{
    size_t at = 0;
    for (size_t i = 1; i < line && at < text.len; i++)
        at = str_index(text, '\n', at) + 1;
    return at < text.len ? at : text.len;
}

/* ---- saying it ---------------------------------------------------------- */

static void
write_place(struct buf *buf, const struct origins *origins, struct span span)
{
    struct source_position position = source_locate(origins->map, span.start);
    if (position.file == NULL)
        return;
    buf_format(buf, "  {}:{}:{}",
               STRS(position.file->path,
                    arena_number(origins->arena, (int64_t)position.line),
                    arena_number(origins->arena, (int64_t)position.column)));
}

static void
write_line(struct buf *buf, const struct origins *origins, struct span span)
{
    struct source_position position = source_locate(origins->map, span.start);
    if (position.file == NULL)
        return;
    struct str line = source_line(origins->map, position.file, position.line);
    buf_format(buf, "\n      {}\n", STRS(str_trim(line)));
}

static const char *
layer_text(enum layer layer)
{
    switch (layer) {
    case LAYER_DEFAULT:
        return "the default of the language, for what stands here";
    case LAYER_PROJECT:
        return "the project";
    case LAYER_PROFILE:
        return "the profile";
    case LAYER_SERVICE:
        return "the service";
    case LAYER_LIKE:
        return "the environment that this one is like";
    case LAYER_ENVIRONMENT:
        return "the environment";
    case LAYER_RUN:
        return "the environment's `run` line";
    case LAYER_GIVEN:
        return "what fills the hole";
    }
    return "";
}

static void
write_origin(struct buf *buf, const struct origins *origins,
             const struct origin *origin)
{
    write_place(buf, origins, origin->span);
    buf_format(buf, "  {}", STRS(str_from(layer_text(origin->layer))));
    write_line(buf, origins, origin->span);
}

static struct str
value_shown(const struct origins *origins, const struct value *value)
{
    if (value->kind == VALUE_HOLE)
        return arena_format(origins->arena, "?{}, which nothing fills",
                            STRS(value->text));
    if (!is_str_empty(value->text))
        return value->text;
    if (value->kind == VALUE_RANGE)
        return arena_format(origins->arena, "{}..{}",
                            STRS(value->items[0].text, value->items[1].text));
    struct str shown = STR("");
    for (size_t i = 0; i < value->item_count; i++)
        shown = arena_format(origins->arena, i == 0 ? "{}{}" : "{} {}",
                             STRS(shown, value->items[i].text));
    return shown;
}

void
write_value_origins(struct buf *buf, const struct origins *origins,
                    struct str name, const struct value *value)
{
    buf_format(buf, "{} is {}\n\n", STRS(name, value_shown(origins, value)));
    const struct origin *above = NULL;
    for (const struct origin *origin = value->origin; origin != NULL;
         origin = origin->weaker) {
        if (above != NULL)
            buf_add(buf, above->layer == LAYER_GIVEN ? STR("for the hole in\n")
                                                     : STR("instead of\n"));
        write_origin(buf, origins, origin);
        above = origin;
    }
    if (value->origin != NULL && value->origin->folded != NULL) {
        buf_add(buf, STR("made of\n"));
        write_origin(buf, origins, value->origin->folded);
    }
}

/* ---- lines -------------------------------------------------------------- */

/* `out/a/b.yaml` is `a/b.yaml`, written into `out`. */
static const struct document *
document_find(const struct documents *documents, struct str path)
{
    for (size_t i = 0; i < document_count(documents); i++) {
        const struct document *document = document_at(documents, i);
        size_t len = document->path.len;
        if (has_suffix(path, document->path) &&
            (path.len == len || path.at[path.len - len - 1] == '/'))
            return document;
    }
    return NULL;
}

static void
write_spans(struct buf *buf, const struct origins *origins,
            const struct vec *spans)
{
    const struct span *list = spans->items;
    for (size_t i = 0; i < spans->count; i++) {
        write_place(buf, origins, list[i]);
        write_line(buf, origins, list[i]);
    }
}

bool
write_line_origins(struct buf *buf, const struct origins *origins,
                   struct str path, size_t line)
{
    const struct document *document = document_find(origins->documents, path);
    if (document == NULL)
        return false;
    struct str content = buf_str(&document->content);
    size_t start = line_start(content, line);
    if (line == 0 || start == content.len)
        return false;
    size_t end = str_index(content, '\n', start);
    struct record record = open_record(origins);
    struct vec spans;
    vec_init(&spans, origins->arena, sizeof(struct span));
    add_buf_spans(&record, document->content.number, start, end, 0, &spans);
    buf_format(buf, "{}:{}: {}\n\n",
               STRS(document->path, arena_number(origins->arena, (int64_t)line),
                    str_trim(str_slice(content, start, end))));
    if (spans.count > 0) {
        write_spans(buf, origins, &spans);
        return true;
    }
    buf_add(buf,
            STR("no word of the program stands here; the file is made of\n"));
    write_spans(buf, origins, &document->origins);
    return true;
}

static bool
touches(const struct vec *spans, struct span line)
{
    const struct span *list = spans->items;
    for (size_t i = 0; i < spans->count; i++) {
        if (list[i].start >= line.start && list[i].start < line.end)
            return true;
    }
    return false;
}

/* The bytes of a line of a program's file; NO_SPAN when there is none. */
static struct span
program_line(const struct source_map *map, struct str path, size_t line)
{
    for (size_t i = 0; i < source_file_count(map); i++) {
        const struct source_file *file = source_file_at(map, i);
        size_t len = file->path.len;
        bool is_named = has_suffix(path, file->path) &&
                        (path.len == len || path.at[path.len - len - 1] == '/');
        size_t start = line_start(file->text, line);
        if (!is_named || line == 0 || start == file->text.len)
            continue;
        size_t end = str_index(file->text, '\n', start);
        return (struct span){file->start + (uint32_t)start,
                             file->start + (uint32_t)end + 1};
    }
    return NO_SPAN;
}

static void
write_document_uses(struct buf *buf, const struct record *record,
                    const struct document *document, struct span wanted)
{
    struct arena *arena = record->origins->arena;
    struct str content = buf_str(&document->content);
    bool is_found = false;
    size_t start = 0;
    for (size_t line = 1; start < content.len; line++) {
        size_t end = str_index(content, '\n', start);
        struct vec spans;
        vec_init(&spans, arena, sizeof(struct span));
        add_buf_spans(record, document->content.number, start, end, 0, &spans);
        if (touches(&spans, wanted)) {
            is_found = true;
            buf_format(buf, "{}:{}: {}\n",
                       STRS(document->path, arena_number(arena, (int64_t)line),
                            str_trim(str_slice(content, start, end))));
        }
        start = end + 1;
    }
    if (!is_found && touches(&document->origins, wanted))
        buf_format(buf, "{}\n", STRS(document->path));
}

bool
write_line_uses(struct buf *buf, const struct origins *origins, struct str path,
                size_t line)
{
    struct span wanted = program_line(origins->map, path, line);
    if (is_span_nowhere(wanted))
        return false;
    struct record record = open_record(origins);
    for (size_t i = 0; i < document_count(origins->documents); i++)
        write_document_uses(buf, &record, document_at(origins->documents, i),
                            wanted);
    return true;
}
