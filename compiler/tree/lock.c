/* The format as a whole and its lines; the words of a line are in word.c, the
 * origins in origins.c. */
#include "tree/lock.h"

#include "base/sort.h"
#include "tree/path.h"
#include "tree/word.h"

#define FIRST_LINE "broxc lock "
#define FORMAT "1"

enum { HEAD_SIZE = 256 };

struct reader {
    struct arena *arena;
    struct str rest;
    int64_t line; /* of what was read last */
    struct str fault;
};

static void print_entry(struct buf *buf, const struct lock_entry *entry);
static bool parse_head(struct reader *reader);
static bool parse_format(struct reader *reader, struct str line);
static bool parse_entries(struct reader *reader, struct vec *entries);
static bool parse_entry(struct reader *reader, struct str line,
                        struct lock_entry *entry);
static bool parse_kind(struct str word, enum document_kind *kind);
static bool has_duplicates(struct reader *reader, const struct lock *lock);
static bool next_line(struct reader *reader, struct str *line);
static bool is_conflict(struct str line);
static bool fault_line(struct reader *reader, const char *what);
static sort_compare compare_entries;

size_t
lock_size(const struct lock *lock)
{
    size_t size = HEAD_SIZE;
    for (size_t i = 0; i < lock->entry_count; i++) {
        const struct lock_entry *entry = &lock->entries[i];
        size += HASH_DIGITS + sizeof " owned  \n" - 1 + entry->path.len +
                entry->origins.len;
    }
    return size;
}

void
lock_print(struct buf *buf, const struct lock_head *head,
           const struct lock *lock)
{
    buf_add(buf, STR(FIRST_LINE FORMAT "\ncompiler "));
    word_print(buf, head->compiler);
    buf_add(buf, STR("\nprogram "));
    word_print(buf, path_name(head->program));
    buf_add(buf, STR("\n\n"));
    for (size_t i = 0; i < lock->entry_count; i++)
        print_entry(buf, &lock->entries[i]);
    buf_add(buf, STR("end\n"));
}

bool
lock_parse(struct arena *arena, struct str text, struct lock *lock,
           struct str *fault)
{
    struct reader reader = {.arena = arena, .rest = text};
    struct vec entries;
    vec_init(&entries, arena, sizeof(struct lock_entry));
    *lock = (struct lock){NULL, 0};
    bool is_good = parse_head(&reader) && parse_entries(&reader, &entries);
    if (is_good) {
        sort_items(arena, entries.items, entries.count,
                   sizeof(struct lock_entry), compare_entries, NULL);
        *lock = (struct lock){entries.items, entries.count};
        is_good = !has_duplicates(&reader, lock);
    }
    *fault = reader.fault;
    return is_good;
}

const struct lock_entry *
lock_find(const struct lock *lock, struct str path)
{
    size_t low = 0;
    size_t high = lock->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(lock->entries[middle].path, path);
        if (order == 0)
            return &lock->entries[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void
print_entry(struct buf *buf, const struct lock_entry *entry)
{
    hash_print(buf, entry->hash);
    buf_add(buf,
            entry->kind == DOCUMENT_OWNED ? STR(" owned ") : STR(" once "));
    word_print(buf, entry->path);
    if (entry->origins.len > 0)
        buf_byte(buf, ' ');
    buf_add(buf, entry->origins);
    buf_byte(buf, '\n');
}

static bool
parse_head(struct reader *reader)
{
    struct str line;
    if (!next_line(reader, &line) || !parse_format(reader, line))
        return false;
    if (!next_line(reader, &line))
        return false;
    if (!has_prefix(line, STR("compiler ")))
        return fault_line(reader, "line {} does not name the compiler");
    if (!next_line(reader, &line))
        return false;
    if (!has_prefix(line, STR("program ")))
        return fault_line(reader, "line {} does not name the program");
    if (!next_line(reader, &line))
        return false;
    return line.len == 0 || fault_line(reader, "line {} is not empty");
}

static bool
parse_format(struct reader *reader, struct str line)
{
    struct str first = STR(FIRST_LINE);
    if (!has_prefix(line, first))
        return fault_line(reader, "line {} is not that of a lock");
    struct str format = str_slice(line, first.len, line.len);
    if (is_str_equal(format, STR(FORMAT)))
        return true;
    reader->fault = arena_format(
        reader->arena, "it has format {}, and only " FORMAT " is known here",
        STRS(word_shown(reader->arena, format)));
    return false;
}

/* Up to the line `end`, which is the last. */
static bool
parse_entries(struct reader *reader, struct vec *entries)
{
    struct str line;
    while (next_line(reader, &line)) {
        if (!is_str_equal(line, STR("end"))) {
            if (!parse_entry(reader, line, vec_add(entries)))
                return false;
        } else if (reader->rest.len == 0) {
            return true;
        } else {
            return fault_line(reader, "more follows after its end, line {}");
        }
    }
    return false;
}

static bool
parse_entry(struct reader *reader, struct str line, struct lock_entry *entry)
{
    struct str rest = line;
    if (!hash_parse(str_cut(&rest, ' '), &entry->hash) ||
        !parse_kind(str_cut(&rest, ' '), &entry->kind) ||
        !word_parse(reader->arena, &rest, &entry->path))
        return fault_line(reader, "line {} is not an entry");
    if (!is_path_safe(entry->path))
        return fault_line(reader, "line {} leads out of the output folder");
    entry->origins = rest;
    return true;
}

static bool
parse_kind(struct str word, enum document_kind *kind)
{
    *kind = is_str_equal(word, STR("once")) ? DOCUMENT_ONCE : DOCUMENT_OWNED;
    return *kind == DOCUMENT_ONCE || is_str_equal(word, STR("owned"));
}

static bool
has_duplicates(struct reader *reader, const struct lock *lock)
{
    for (size_t i = 1; i < lock->entry_count; i++) {
        struct str path = lock->entries[i].path;
        if (!is_str_equal(lock->entries[i - 1].path, path))
            continue;
        reader->fault =
            arena_format(reader->arena, "`{}` is listed twice", STRS(path));
        return true;
    }
    return false;
}

/* False at the end of the text, and at what a failed merge leaves. */
static bool
next_line(struct reader *reader, struct str *line)
{
    size_t end = str_index(reader->rest, '\n', 0);
    reader->line++;
    if (end == reader->rest.len) {
        reader->fault = STR("its end is missing");
        return false;
    }
    *line = str_slice(reader->rest, 0, end);
    reader->rest = str_slice(reader->rest, end + 1, reader->rest.len);
    if (is_conflict(*line))
        return fault_line(reader, "line {} is a conflict left by a merge");
    return true;
}

static bool
is_conflict(struct str line)
{
    return has_prefix(line, STR("<<<<<<<")) ||
           has_prefix(line, STR("=======")) ||
           has_prefix(line, STR(">>>>>>>")) || has_prefix(line, STR("|||||||"));
}

/* Always false, for `return`. */
static bool
fault_line(struct reader *reader, const char *what)
{
    reader->fault = arena_format(
        reader->arena, what, STRS(arena_number(reader->arena, reader->line)));
    return false;
}

static int
compare_entries(const void *a, const void *b, const void *context)
{
    (void)context;
    return str_compare(((const struct lock_entry *)a)->path,
                       ((const struct lock_entry *)b)->path);
}
