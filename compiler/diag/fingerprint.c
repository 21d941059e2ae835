#include "diag/fingerprint.h"

#include "base/hash.h"

struct times {
    int64_t count;
};

void
fingerprints_init(struct fingerprints *fingerprints, struct arena *arena,
                  const struct source_map *map)
{
    fingerprints->arena = arena;
    fingerprints->map = map;
    map_init(&fingerprints->seen, arena);
}

static struct str
facts_of(struct fingerprints *fingerprints, const struct diag *diag)
{
    const struct source_map *map = fingerprints->map;
    struct source_position at = source_locate(map, diag->span.start);
    bool is_placed = !is_span_nowhere(diag->span) && at.file != NULL;
    struct str path = is_placed ? at.file->path : STR("");
    struct str line =
        is_placed ? str_trim(source_line(map, at.file, at.line)) : STR("");
    return arena_format(
        fingerprints->arena, "{}\n{}\n{}\n{}",
        STRS(str_from(diag_row(diag->code)->code), diag->object, path, line));
}

struct str
fingerprint_next(struct fingerprints *fingerprints, const struct diag *diag)
{
    struct buf buf;
    buf_init(&buf, fingerprints->arena);
    hash_print(&buf, hash_text(facts_of(fingerprints, diag)));
    struct times *times = map_find(&fingerprints->seen, buf_str(&buf));
    if (times == NULL) {
        times = arena_new(fingerprints->arena, sizeof *times);
        map_put(&fingerprints->seen,
                arena_copy(fingerprints->arena, buf_str(&buf)), times);
    }
    buf_byte(&buf, ':');
    buf_number(&buf, ++times->count);
    return buf_str(&buf);
}
