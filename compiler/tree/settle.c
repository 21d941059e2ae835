#include "tree/settle.h"

#include <errno.h>
#include <unistd.h>

enum { MODE_FILE = 0666, MODE_PROGRAM = 0777 };

static void find(const struct spool *spool, struct walk *walk,
                 struct found *found, int *folder);
static bool is_as_built(struct found *found, int folder);
static void look(struct found *found, int folder);
static void take_mode(struct found *found);
static mode_t mode_wanted(const struct found *found);
static int compare_whole(struct found *found, int folder);
static int compare_entry(const struct spool *spool, struct found *found,
                         int folder);
static bool is_file_compared(const struct found *found);
static bool begin_staging(struct spool *spool, struct walk *trees,
                          struct found *found, int *folder, struct name *name);
static void stage_same(struct spool *spool, struct walk *trees,
                       struct found *found);
static int copy_same(struct found *found, int folder, struct name name);
static bool is_below_new_folder(const struct found *found);
static bool may_stage(struct spool *spool, struct walk *trees);
static void fail(struct spool *spool, struct found *found, int error);

void
settle(struct spool *spool, struct spool_lane *lane, struct found *found)
{
    int folder;
    found->hash = hash_text(found->content);
    find(spool, &lane->walk, found, &folder);
    if (!is_as_built(found, folder)) {
        look(found, folder);
        if (is_file_compared(found))
            found->error = compare_whole(found, folder);
        if (is_file_compared(found))
            found->error = compare_entry(spool, found, folder);
    }
    if (!spool->holds_back && found->error == 0 && is_to_be_written(found))
        settle_late(spool, &lane->trees, found);
}

static void
find(const struct spool *spool, struct walk *walk, struct found *found,
     int *folder)
{
    const struct document *document = found->document;
    found->mode = document->is_executable ? MODE_PROGRAM : MODE_FILE;
    found->entry = lock_find(spool->lock, document->path);
    found->state = walk_to(walk, document->path, folder);
    found->stopped = walk->stopped;
    if (found->state == WALK_FAILED)
        found->error = walk->error;
}

/* What the last build made so is mostly there so: it is read without a look at
 * it. Where it is anything else now, nothing is known of it yet. */
static bool
is_as_built(struct found *found, int folder)
{
    const struct document *document = found->document;
    const struct lock_entry *entry = found->entry;
    struct seen seen;
    bool is_same = false;
    if (found->state != WALK_HERE || entry == NULL ||
        entry->kind == DOCUMENT_ONCE || document->kind == DOCUMENT_ONCE ||
        !is_hash_equal(entry->hash, found->hash) ||
        disk_compare_seen(folder, name_from(path_name(document->path)),
                          found->content, &seen, &is_same) != 0 ||
        !is_same)
        return false;
    found->seen = seen;
    found->is_same = true;
    take_mode(found);
    return true;
}

static void
look(struct found *found, int folder)
{
    if (found->state != WALK_HERE)
        return;
    struct name name = name_from(path_name(found->document->path));
    found->error = disk_look(folder, name, &found->seen);
    if (found->error == 0 && found->seen.kind == SEEN_FILE)
        take_mode(found);
}

static void
take_mode(struct found *found)
{
    found->mode = mode_wanted(found);
    found->is_mode_exact = true;
}

/* Permissions that the user gave or took stay, but what must run may run by
 * all who may read it. */
static mode_t
mode_wanted(const struct found *found)
{
    mode_t mode = found->seen.mode;
    return found->document->is_executable ? mode | (mode & 0444) >> 2 : mode;
}

bool
is_to_be_written(const struct found *found)
{
    if (found->state != WALK_HERE)
        return true;
    switch (found->seen.kind) {
    case SEEN_NOTHING:
    case SEEN_FOLDER:
        return true;
    case SEEN_FILE:
        return found->document->kind == DOCUMENT_OWNED &&
               (!found->is_same || found->mode != found->seen.mode);
    case SEEN_OTHER:
        return found->document->kind == DOCUMENT_OWNED;
    }
    return true;
}

/* Is there a file that may hold the same? */
static bool
is_file_compared(const struct found *found)
{
    return found->error == 0 && found->state == WALK_HERE &&
           found->seen.kind == SEEN_FILE &&
           found->document->kind != DOCUMENT_ONCE;
}

static int
compare_whole(struct found *found, int folder)
{
    if (found->seen.bytes != found->bytes)
        return 0;
    return disk_compare(folder, name_from(path_name(found->document->path)),
                        found->content, &found->is_same);
}

/* Is it, if it is another, as the last build left it? */
static int
compare_entry(const struct spool *spool, struct found *found, int folder)
{
    struct hash hash;
    if (found->is_same || found->entry == NULL || spool->options->force)
        return 0;
    int error =
        disk_hash(folder, name_from(path_name(found->document->path)), &hash);
    found->is_unedited = error == 0 && is_hash_equal(hash, found->entry->hash);
    return error;
}

/* ---- in pieces ----------------------------------------------------------- */

void
settle_begin(struct spool *spool, struct spool_lane *lane, struct found *found,
             struct arena *arena)
{
    int folder;
    struct name name;
    struct pieces *pieces = arena_new(arena, sizeof *pieces);
    *pieces = (struct pieces){
        .hashing = hashing_new(arena), .there = -1, .staged = -1};
    found->pieces = pieces;
    find(spool, &lane->walk, found, &folder);
    look(found, folder);
    if (is_file_compared(found))
        found->error =
            disk_open(folder, name_from(path_name(found->document->path)),
                      &pieces->there);
    else if (found->error == 0 && is_to_be_written(found))
        (void)begin_staging(spool, &lane->trees, found, &folder, &name);
}

void
settle_piece(struct spool *spool, struct spool_lane *lane, struct found *found,
             struct str piece)
{
    struct pieces *pieces = found->pieces;
    bool is_same = false;
    if (pieces->there >= 0 && found->error == 0) {
        found->error = disk_compare_next(pieces->there, piece, &is_same);
        if (found->error == 0 && !is_same)
            stage_same(spool, &lane->trees, found);
    }
    hashing_add(pieces->hashing, piece);
    pieces->bytes += piece.len;
    if (pieces->staged < 0)
        return;
    int error = disk_append(pieces->staged, piece);
    if (error != 0)
        fail(spool, found, error);
}

void
settle_end(struct spool *spool, struct spool_lane *lane, struct found *found)
{
    struct pieces *pieces = found->pieces;
    int folder;
    found->bytes = pieces->bytes;
    found->hash = hashing_end(pieces->hashing);
    found->is_same = pieces->there >= 0 && found->seen.bytes == pieces->bytes;
    if (pieces->there >= 0 && found->error == 0 && is_to_be_written(found))
        stage_same(spool, &lane->trees, found);
    if (pieces->staged >= 0) {
        int error = disk_end(pieces->staged, found->mode, found->is_mode_exact);
        pieces->staged = -1;
        if (error != 0)
            fail(spool, found, error);
    }
    settle_stop(found);
    if (is_file_compared(found) &&
        walk_to(&lane->walk, found->document->path, &folder) == WALK_HERE)
        found->error = compare_entry(spool, found, folder);
}

void
settle_stop(struct found *found)
{
    struct pieces *pieces = found->pieces;
    if (pieces == NULL)
        return;
    if (pieces->there >= 0)
        close(pieces->there);
    if (pieces->staged >= 0)
        close(pieces->staged);
    pieces->there = -1;
    pieces->staged = -1;
}

/* What its file holds as well, up to here. */
static void
stage_same(struct spool *spool, struct walk *trees, struct found *found)
{
    struct name name;
    int folder;
    if (begin_staging(spool, trees, found, &folder, &name)) {
        int error = copy_same(found, folder, name);
        if (error != 0)
            fail(spool, found, error);
    }
    if (found->pieces->there >= 0)
        close(found->pieces->there);
    found->pieces->there = -1;
}

/* Somebody may write into the file meanwhile. */
static int
copy_same(struct found *found, int folder, struct name name)
{
    const struct pieces *pieces = found->pieces;
    struct hash hash;
    int error = disk_copy(pieces->there, pieces->staged, pieces->bytes);
    if (error == 0)
        error = disk_hash(folder, name, &hash);
    if (error == 0 && !is_hash_equal(hash, hashing_end(pieces->hashing)))
        error = ESTALE;
    return error;
}

/* ---- staging ------------------------------------------------------------- */

void
settle_late(struct spool *spool, struct walk *trees, struct found *found)
{
    struct name name;
    int folder;
    if (!may_stage(spool, trees))
        return;
    found->is_in_tree = is_below_new_folder(found);
    int error = staged_place(spool, trees, found, &folder, &name);
    if (error == 0) {
        found->is_staged = true; /* also a part of it, on a full disk */
        error = disk_write(folder, name, found->mode, found->is_mode_exact,
                           found->content);
    }
    if (error != 0)
        fail(spool, found, error);
}

/* Its file, with nothing in it yet. */
static bool
begin_staging(struct spool *spool, struct walk *trees, struct found *found,
              int *folder, struct name *name)
{
    if (!may_stage(spool, trees))
        return false;
    found->is_in_tree = is_below_new_folder(found);
    int error = staged_place(spool, trees, found, folder, name);
    if (error == 0)
        error = disk_make(*folder, *name, found->mode, &found->pieces->staged);
    if (error != 0)
        fail(spool, found, error);
    else
        found->is_staged = true;
    return error == 0;
}

/* Is the outermost folder around it none that is there? */
static bool
is_below_new_folder(const struct found *found)
{
    return found->state == WALK_ABSENT && found->stopped.len > 0 &&
           !has_byte(found->stopped, '/');
}

/* Makes the staging folder when there is none. */
static bool
may_stage(struct spool *spool, struct walk *trees)
{
    gate_enter(spool->gate);
    if (spool->staging.folder < 0 && !spool->has_failed)
        spool->staging_error = staging_make(spool->output, &spool->staging);
    if (spool->staging_error != 0)
        spool->has_failed = true;
    if (trees->folders[0] < 0) {
        walk_open(trees, spool->staging.trees);
        trees->keeps_aside = true;
    }
    bool may = !spool->has_failed;
    gate_leave(spool->gate);
    return may;
}

static void
fail(struct spool *spool, struct found *found, int error)
{
    found->staging_error = error;
    if (found->pieces != NULL)
        settle_stop(found);
    gate_enter(spool->gate);
    spool->has_failed = true;
    gate_leave(spool->gate);
}

int
staged_place(const struct spool *spool, struct walk *trees,
             const struct found *found, int *folder, struct name *name)
{
    struct str path = found->document->path;
    if (!found->is_in_tree) {
        *folder = spool->staging.folder;
        *name = staged_name(STAGED_NEW, found->number);
        return 0;
    }
    *name = name_from(path_name(path));
    return walk_make(trees, path, NULL, folder) == WALK_HERE ? 0 : trees->error;
}
