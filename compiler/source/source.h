/*
 * The source map: every file of a program, one after another in one space of
 * byte offsets, so that a span needs eight bytes and no file. Lines and
 * columns are worked out when a message is shown, and only then.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/arena.h"

/* Bytes [start, end) of the source map. */
struct span {
    uint32_t start;
    uint32_t end;
};

/* The place of what has no place, as a message about an output file. */
#define NO_SPAN ((struct span){UINT32_MAX, UINT32_MAX})

struct source_file {
    struct str path; /* as the user gave it */
    struct str text;
    uint32_t start;              /* offset of its first byte in the map */
    const uint32_t *line_starts; /* made when first asked for */
    size_t line_count;
};

/* A line of a quoted text: where it begins in the text, decoded, and in the
 * source map. */
struct text_line {
    size_t at;
    uint32_t place;
};

struct source_position {
    const struct source_file *file;
    size_t line;   /* from 1 */
    size_t column; /* from 1, in bytes */
};

struct source_map;

struct source_map *source_map_new(struct arena *arena);
/* Adds a file; path and text are not copied. NULL when the map is full
 * (LIMIT_SOURCE_BYTES). */
const struct source_file *source_add(struct source_map *map, struct str path,
                                     struct str text);
/* All files into their lines, now: then two lanes may ask for places. */
void source_divide(const struct source_map *map);
size_t source_file_count(const struct source_map *map);
const struct source_file *source_file_at(const struct source_map *map,
                                         size_t index);
/* The file that holds `offset`; a file's end belongs to it. NULL behind the
 * last one, and so for NO_SPAN. */
const struct source_file *source_find(const struct source_map *map,
                                      uint32_t offset);
/* All zero where source_find gives NULL. */
struct source_position source_locate(const struct source_map *map,
                                     uint32_t offset);
/* Line `line` of the file, without its newline (nor a CR before it). */
struct str source_line(const struct source_map *map,
                       const struct source_file *file, size_t line);
/* The text of a span, which must lie in one file. */
struct str source_text(const struct source_map *map, struct span span);

static inline bool
is_span_nowhere(struct span span)
{
    return span.start == UINT32_MAX;
}

static inline bool
is_span_equal(struct span a, struct span b)
{
    return a.start == b.start && a.end == b.end;
}

static inline bool
is_span_empty(struct span span)
{
    return span.start == span.end;
}

/* From the first byte of either to the last; NO_SPAN adds nothing. */
static inline struct span
span_join(struct span a, struct span b)
{
    if (is_span_nowhere(a))
        return b;
    if (is_span_nowhere(b))
        return a;
    return (struct span){
        a.start < b.start ? a.start : b.start,
        a.end > b.end ? a.end : b.end,
    };
}

#endif
