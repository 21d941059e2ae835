#include "tree/spool.h"

#include "tree/staging.h"

#include <unistd.h>

enum { MODE_FILE = 0666, MODE_PROGRAM = 0777 };

static worker_job settle;
static void look(struct spool *spool, struct found *found);
static int look_at_file(struct spool *spool, struct found *found, int folder,
                        struct name name);
static struct str text_of(const struct found *found);
static bool is_to_be_written(const struct found *found);
static void stage(struct spool *spool, struct found *found);

void
spool_open(struct spool *spool, const struct output *output,
           const struct lock *lock, const struct tree_options *options)
{
    *spool = (struct spool){
        .output = output, .lock = lock, .options = options, .staging = -1};
    vec_init(&spool->found, output->arena, sizeof(struct found *));
    walk_open(&spool->walk, output->root);
    spool->worker = worker_open(output->arena, settle, spool);
}

void
spool_add(struct spool *spool, struct document *document)
{
    if (!is_path_safe(document->path))
        return;
    struct found *found = arena_new(spool->output->arena, sizeof *found);
    *found = (struct found){.document = document,
                            .content = document->content,
                            .bytes = document->content.len,
                            .number = spool->found.count};
    document->found = found;
    vec_add_pointer(&spool->found, found);
    worker_give(spool->worker, found);
}

bool
spool_give_back(struct spool *spool, struct buf *content)
{
    size_t done = worker_done(spool->worker);
    while (spool->back < done) {
        struct found *found =
            *(struct found **)vec_at(&spool->found, spool->back++);
        if (spool->holds_back && is_to_be_written(found))
            continue;
        *content = found->content;
        found->content = (struct buf){.arena = spool->output->arena};
        return true;
    }
    return false;
}

void
spool_close(struct spool *spool)
{
    worker_close(spool->worker);
    walk_close(&spool->walk);
}

void
spool_stage(struct spool *spool)
{
    for (size_t i = 0; spool->holds_back && i < spool->found.count; i++) {
        struct found *found = *(struct found **)vec_at(&spool->found, i);
        if (is_to_be_written(found))
            stage(spool, found);
    }
}

void
spool_stop(struct spool *spool)
{
    worker_stop(spool->worker);
    walk_close(&spool->walk);
}

void
spool_unstage(const struct spool *spool)
{
    for (size_t i = 0; i < spool->found.count; i++) {
        const struct found *found = *(struct found **)vec_at(&spool->found, i);
        if (found->is_staged)
            unlinkat(spool->staging, staged_name(STAGED_NEW, found->number).at,
                     0);
    }
}

int
spool_content(const struct spool *spool, const struct found *found,
              struct str *content)
{
    struct arena *arena = spool->output->arena;
    struct walk walk;
    int folder = spool->staging;
    if (found->content.len == found->bytes) {
        *content = text_of(found);
        return 0;
    }
    if (found->is_staged)
        return disk_read(arena, folder, staged_name(STAGED_NEW, found->number),
                         found->bytes, content);
    walk_open(&walk, spool->output->root);
    int error = walk_to(&walk, found->document->path, &folder) == WALK_HERE
                    ? disk_read(arena, folder,
                                name_from(path_name(found->document->path)),
                                found->bytes, content)
                    : walk.error;
    walk_close(&walk);
    return error;
}

/* ---- the worker's side: no arena ----------------------------------------- */

static void
settle(void *context, void *job)
{
    struct spool *spool = context;
    struct found *found = job;
    found->hash = hash_text(text_of(found));
    look(spool, found);
    if (!spool->holds_back && found->error == 0 && is_to_be_written(found))
        stage(spool, found);
}

/* As buf_str(), which would note in the arena that it was asked. */
static struct str
text_of(const struct found *found)
{
    const struct buf *content = &found->content;
    return content->len > 0 ? (struct str){content->at, content->len} : STR("");
}

static void
look(struct spool *spool, struct found *found)
{
    const struct document *document = found->document;
    int folder;
    found->mode = document->is_executable ? MODE_PROGRAM : MODE_FILE;
    found->entry = lock_find(spool->lock, document->path);
    found->state = walk_to(&spool->walk, document->path, &folder);
    found->stopped = spool->walk.stopped;
    if (found->state == WALK_FAILED)
        found->error = spool->walk.error;
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
        error = disk_compare(folder, name, text_of(found), &found->is_same);
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
stage(struct spool *spool, struct found *found)
{
    if (spool->error == 0 && spool->staging < 0)
        spool->error = staging_make(spool->output, &spool->staging);
    if (spool->error != 0)
        return;
    found->is_staged = true; /* also a part of it, on a full disk */
    spool->error_path = found->document->path;
    spool->error =
        disk_write(spool->staging, staged_name(STAGED_NEW, found->number),
                   found->mode, found->is_mode_exact, text_of(found));
}
