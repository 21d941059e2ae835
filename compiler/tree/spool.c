#include "tree/spool.h"

#include <fcntl.h>
#include <unistd.h>

enum { MODE_FILE = 0666, MODE_PROGRAM = 0777 };

static void settle(struct spool *spool, struct spool_lane *lane,
                   struct found *found);
static void look(struct spool *spool, struct walk *walk, struct found *found);
static int look_at_file(struct spool *spool, struct found *found, int folder,
                        struct name name);
static bool is_to_be_written(const struct found *found);
static void stage(struct spool *spool, struct walk *trees, struct found *found);
static bool is_below_new_folder(const struct found *found);
static bool may_stage(struct spool *spool, struct walk *trees);
static void stage_no_more(struct spool *spool);
static int staged_place(const struct spool *spool, struct walk *trees,
                        const struct found *found, int *folder,
                        struct name *name);
static void unstage(const struct spool *spool, struct walk *trees,
                    const struct found *found);
static void note_error(struct spool *spool);
static void close_lanes(struct spool *spool);

void
spool_open(struct spool *spool, const struct output *output,
           const struct lock *lock, const struct tree_options *options)
{
    *spool = (struct spool){.output = output,
                            .lock = lock,
                            .options = options,
                            .staging = NO_STAGING};
    spool->gate = gate_new(output->arena);
    for (unsigned i = 0; i < LANE_COUNT; i++) {
        walk_open(&spool->lanes[i].walk, output->root);
        walk_open(&spool->lanes[i].trees, -1);
    }
}

bool
spool_add(struct spool *spool, enum lane lane, struct arena *arena,
          struct document *document)
{
    struct spool_lane *own = &spool->lanes[lane];
    if (!is_path_safe(document->path))
        return false;
    if (own->found.arena == NULL)
        vec_init(&own->found, arena, sizeof(struct found *));
    struct found *found = arena_new(arena, sizeof *found);
    *found = (struct found){.document = document,
                            .content = buf_str(&document->content),
                            .bytes = document->content.len,
                            .number = own->found.count * LANE_COUNT + lane};
    document->found = found;
    vec_add_pointer(&own->found, found);
    settle(spool, own, found);
    if (spool->holds_back && is_to_be_written(found))
        return false;
    found->content = (struct str){NULL, 0};
    return true;
}

size_t
spool_count(const struct spool *spool)
{
    return spool->lanes[LANE_FIRST].found.count +
           spool->lanes[LANE_SECOND].found.count;
}

struct found *
spool_at(const struct spool *spool, size_t index)
{
    const struct vec *first = &spool->lanes[LANE_FIRST].found;
    const struct vec *second = &spool->lanes[LANE_SECOND].found;
    return *(struct found **)(index < first->count
                                  ? vec_at(first, index)
                                  : vec_at(second, index - first->count));
}

void
spool_close(struct spool *spool)
{
    close_lanes(spool);
    note_error(spool);
}

void
spool_stage(struct spool *spool)
{
    struct walk trees;
    walk_open(&trees, -1);
    for (size_t i = 0; spool->holds_back && i < spool_count(spool); i++) {
        struct found *found = spool_at(spool, i);
        if (is_to_be_written(found))
            stage(spool, &trees, found);
    }
    walk_close(&trees);
    note_error(spool);
}

static void
close_lanes(struct spool *spool)
{
    for (unsigned i = 0; i < LANE_COUNT; i++) {
        walk_close(&spool->lanes[i].walk);
        walk_close(&spool->lanes[i].trees);
    }
}

static void
note_error(struct spool *spool)
{
    spool->error = spool->staging_error;
    for (size_t i = 0; spool->error == 0 && i < spool_count(spool); i++) {
        const struct found *found = spool_at(spool, i);
        spool->error = found->staging_error;
        spool->error_path = found->document->path;
    }
}

void
spool_unstage(const struct spool *spool)
{
    struct walk trees;
    walk_open(&trees, spool->staging.trees);
    for (size_t i = 0; i < spool_count(spool); i++) {
        const struct found *found = spool_at(spool, i);
        if (found->is_staged)
            unstage(spool, &trees, found);
    }
    walk_close(&trees);
}

/* With the folders that it was the last in. */
static void
unstage(const struct spool *spool, struct walk *trees,
        const struct found *found)
{
    struct str path = found->document->path;
    struct name name;
    int folder;
    if (staged_place(spool, trees, found, &folder, &name) != 0 ||
        unlinkat(folder, name.at, 0) != 0)
        return;
    bool is_empty = found->is_in_tree;
    while (is_empty && (path = path_folder(path)).len > 0)
        is_empty =
            walk_to(trees, path, &folder) == WALK_HERE &&
            unlinkat(folder, name_from(path_name(path)).at, AT_REMOVEDIR) == 0;
}

int
spool_content(const struct spool *spool, const struct found *found,
              struct str *content)
{
    struct walk walk;
    struct name name = name_from(path_name(found->document->path));
    int folder;
    int error = 0;
    if (found->content.len == found->bytes) {
        *content = found->content;
        return 0;
    }
    walk_open(&walk,
              found->is_staged ? spool->staging.trees : spool->output->root);
    if (found->is_staged)
        error = staged_place(spool, &walk, found, &folder, &name);
    else if (walk_to(&walk, found->document->path, &folder) != WALK_HERE)
        error = walk.error;
    if (error == 0)
        error = disk_read(spool->output->arena, folder, name, found->bytes,
                          content);
    walk_close(&walk);
    return error;
}

/* ---- one document, in its lane ------------------------------------------- */

static void
settle(struct spool *spool, struct spool_lane *lane, struct found *found)
{
    found->hash = hash_text(found->content);
    look(spool, &lane->walk, found);
    if (!spool->holds_back && found->error == 0 && is_to_be_written(found))
        stage(spool, &lane->trees, found);
}

static void
look(struct spool *spool, struct walk *walk, struct found *found)
{
    const struct document *document = found->document;
    int folder;
    found->mode = document->is_executable ? MODE_PROGRAM : MODE_FILE;
    found->entry = lock_find(spool->lock, document->path);
    found->state = walk_to(walk, document->path, &folder);
    found->stopped = walk->stopped;
    if (found->state == WALK_FAILED)
        found->error = walk->error;
    if (found->state != WALK_HERE)
        return;
    struct name name = name_from(path_name(document->path));
    found->error = disk_look(folder, name, &found->seen);
    if (found->error == 0 && found->seen.kind == SEEN_FILE)
        found->error = look_at_file(spool, found, folder, name);
}

/* Permissions that the user gave or took stay, but what must run may run by
 * all who may read it. */
static mode_t
mode_wanted(const struct found *found)
{
    mode_t mode = found->seen.mode;
    return found->document->is_executable ? mode | (mode & 0444) >> 2 : mode;
}

static int
look_at_file(struct spool *spool, struct found *found, int folder,
             struct name name)
{
    struct hash hash;
    int error = 0;
    found->mode = mode_wanted(found);
    found->is_mode_exact = true;
    if (found->document->kind == DOCUMENT_ONCE)
        return 0;
    if (found->seen.bytes == found->bytes)
        error = disk_compare(folder, name, found->content, &found->is_same);
    if (error != 0 || found->is_same || found->entry == NULL ||
        spool->options->force)
        return error;
    error = disk_hash(folder, name, &hash);
    found->is_unedited = error == 0 && is_hash_equal(hash, found->entry->hash);
    return error;
}

static bool
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

static void
stage(struct spool *spool, struct walk *trees, struct found *found)
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
    found->staging_error = error;
    if (error != 0)
        stage_no_more(spool);
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
    if (trees->folders[0] < 0)
        walk_open(trees, spool->staging.trees);
    bool may = !spool->has_failed;
    gate_leave(spool->gate);
    return may;
}

static void
stage_no_more(struct spool *spool)
{
    gate_enter(spool->gate);
    spool->has_failed = true;
    gate_leave(spool->gate);
}

/* A tree's folders are made when they are missing. */
static int
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
