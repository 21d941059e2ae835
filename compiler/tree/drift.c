#include "tree/drift.h"

#include "tree/diff.h"

enum { DIFF_LINES = 20, DIFF_BYTES_MAX = 1024 * 1024 };

static bool read_both(const struct spool *spool, struct walk *walk,
                      const struct found *found, struct str *content,
                      struct str *there);
static bool has_other_line_ends(struct str there, struct str content);
static bool is_next(struct str text, size_t *at, char byte);

struct drift
drift_find(const struct spool *spool, struct walk *walk,
           const struct found *found, bool wants_diff)
{
    struct drift drift = {0};
    struct str content;
    struct str there;
    struct buf diff;
    if (!read_both(spool, walk, found, &content, &there))
        return drift;
    drift.is_of_line_ends = has_other_line_ends(there, content);
    if (wants_diff && !drift.is_of_line_ends) {
        buf_init(&diff, spool->output->arena);
        diff_print(&diff, there, content, DIFF_LINES);
        drift.diff = buf_str(&diff);
    }
    return drift;
}

static bool
read_both(const struct spool *spool, struct walk *walk,
          const struct found *found, struct str *content, struct str *there)
{
    struct arena *arena = spool->output->arena;
    struct str path = found->document->path;
    int folder;
    return found->bytes <= DIFF_BYTES_MAX &&
           spool_content(spool, arena, found, content) == 0 &&
           walk_to(walk, path, &folder) == WALK_HERE &&
           disk_read(arena, folder, name_from(path_name(path)), DIFF_BYTES_MAX,
                     there) == 0;
}

/* As git gives files out where it is told to: each of them. */
static bool
has_other_line_ends(struct str there, struct str content)
{
    size_t at = 0;
    for (size_t i = 0; i < content.len; i++) {
        if (content.at[i] == '\n' && !is_next(there, &at, '\r'))
            return false;
        if (!is_next(there, &at, content.at[i]))
            return false;
    }
    return at == there.len;
}

static bool
is_next(struct str text, size_t *at, char byte)
{
    return *at < text.len && text.at[(*at)++] == byte;
}
