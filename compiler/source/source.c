/*
 * The source map. Each file takes one offset more than it has bytes, so that
 * its end is its own and not the next file's start.
 */
#include "source/source.h"

#include "base/limits.h"
#include "base/vec.h"

#include <assert.h>

struct source_map {
    struct arena *arena;
    struct vec files; /* of struct source_file *, by start */
    uint32_t end;     /* where the next file starts */
};

static struct source_file *file_at(const struct source_map *map, size_t index);
static struct source_file *file_find(const struct source_map *map,
                                     uint32_t offset);
static void split_lines(const struct source_map *map, struct source_file *file);
static size_t count_lines(struct str text);
static size_t line_find(const struct source_file *file, uint32_t offset);

struct source_map *
source_map_new(struct arena *arena)
{
    struct source_map *map = arena_new(arena, sizeof *map);
    map->arena = arena;
    vec_init(&map->files, arena, sizeof(struct source_file *));
    return map;
}

const struct source_file *
source_add(struct source_map *map, struct str path, struct str text)
{
    if (text.len >= LIMIT_SOURCE_BYTES - (size_t)map->end)
        return NULL;
    struct source_file *file = arena_new(map->arena, sizeof *file);
    file->path = path;
    file->text = text;
    file->start = map->end;
    map->end += (uint32_t)text.len + 1;
    vec_add_pointer(&map->files, file);
    return file;
}

void
source_divide(const struct source_map *map)
{
    for (size_t i = 0; i < map->files.count; i++)
        split_lines(map, file_at(map, i));
}

size_t
source_file_count(const struct source_map *map)
{
    return map->files.count;
}

const struct source_file *
source_file_at(const struct source_map *map, size_t index)
{
    return file_at(map, index);
}

const struct source_file *
source_find(const struct source_map *map, uint32_t offset)
{
    return file_find(map, offset);
}

struct source_position
source_locate(const struct source_map *map, uint32_t offset)
{
    struct source_file *file = file_find(map, offset);
    if (!file)
        return (struct source_position){0};
    split_lines(map, file);
    uint32_t inside = offset - file->start;
    size_t line = line_find(file, inside);
    return (struct source_position){
        .file = file,
        .line = line,
        .column = inside - file->line_starts[line - 1] + 1,
    };
}

struct str
source_line(const struct source_map *map, const struct source_file *file,
            size_t line)
{
    struct source_file *own = file_find(map, file->start);
    assert(own == file);
    split_lines(map, own);
    assert(line >= 1);
    assert(line <= own->line_count);
    size_t start = own->line_starts[line - 1];
    bool has_newline = line < own->line_count;
    size_t end = has_newline ? own->line_starts[line] - 1 : own->text.len;
    bool has_return =
        has_newline && end > start && own->text.at[end - 1] == '\r';
    return str_slice(own->text, start, has_return ? end - 1 : end);
}

struct str
source_text(const struct source_map *map, struct span span)
{
    const struct source_file *file = file_find(map, span.start);
    assert(file);
    return str_slice(file->text, span.start - file->start,
                     span.end - file->start);
}

static struct source_file *
file_at(const struct source_map *map, size_t index)
{
    return *(struct source_file **)vec_at(&map->files, index);
}

/* The last file that starts at or before `offset`. */
static struct source_file *
file_find(const struct source_map *map, uint32_t offset)
{
    if (offset >= map->end)
        return NULL;
    size_t low = 0;
    size_t high = map->files.count - 1;
    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (file_at(map, middle)->start <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return file_at(map, low);
}

static void
split_lines(const struct source_map *map, struct source_file *file)
{
    if (file->line_starts)
        return;
    size_t count = count_lines(file->text);
    uint32_t *starts = arena_array(map->arena, count, sizeof *starts);
    size_t start = 0;
    for (size_t line = 0; line < count; line++) {
        starts[line] = (uint32_t)start;
        start = str_index(file->text, '\n', start) + 1;
    }
    file->line_starts = starts;
    file->line_count = count;
}

static size_t
count_lines(struct str text)
{
    size_t count = 1;
    size_t end = str_index(text, '\n', 0);
    while (end < text.len) {
        count++;
        end = str_index(text, '\n', end + 1);
    }
    return count;
}

/* The last line that starts at or before `offset` in the file, from 1. */
static size_t
line_find(const struct source_file *file, uint32_t offset)
{
    size_t low = 0;
    size_t high = file->line_count - 1;
    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (file->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low + 1;
}
