#include "tree/spool.h"

#include "base/sort.h"
#include "tree/page.h"
#include "tree/settle.h"

#include <assert.h>
#include <fcntl.h>
#include <unistd.h>

static struct found *found_new(struct spool *spool,
                               const struct documents *documents,
                               struct document *document);
static struct str origins_of(const struct spool *spool,
                             const struct documents *documents,
                             const struct document *document);
static void unstage(const struct spool *spool, struct walk *trees,
                    const struct found *found);
static sort_compare compare_found;
static void note_error(struct spool *spool);
static void close_lanes(struct spool *spool);

void
spool_open(struct spool *spool, const struct output *output,
           const struct source_map *map, const struct lock *lock,
           const struct tree_options *options)
{
    *spool = (struct spool){.output = output,
                            .map = map,
                            .lock = lock,
                            .options = options,
                            .staging = NO_STAGING};
    spool->gate = gate_new(output->arena);
    for (unsigned i = 0; i < LANE_COUNT; i++) {
        walk_open(&spool->lanes[i].walk, output->root);
        walk_open(&spool->lanes[i].trees, -1);
        spool->lanes[i].walk.keeps_aside = true;
    }
}

bool
spool_add(struct spool *spool, const struct documents *documents,
          struct document *document)
{
    struct spool_lane *own = &spool->lanes[documents->lane];
    struct str content = buf_str(&document->content);
    if (!is_path_safe(document->path))
        return false;
    if (document->bytes > content.len) {
        page_read(document->found->page, content);
        settle_piece(spool, own, document->found, content);
        settle_end(spool, own, document->found);
        document->found->origins = origins_of(spool, documents, document);
        return true;
    }
    struct found *found = found_new(spool, documents, document);
    found->origins = origins_of(spool, documents, document);
    found->content = content;
    found->bytes = content.len;
    page_read(found->page, content);
    settle(spool, own, found);
    if (spool->holds_back && is_to_be_written(found))
        return false;
    found->content = (struct str){NULL, 0};
    return true;
}

bool
spool_add_piece(struct spool *spool, const struct documents *documents,
                struct document *document)
{
    struct spool_lane *own = &spool->lanes[documents->lane];
    if (spool->holds_back || document->kind == DOCUMENT_ONCE ||
        !is_path_safe(document->path))
        return false;
    if (document->bytes == 0)
        settle_begin(spool, own, found_new(spool, documents, document),
                     documents->arena);
    page_read(document->found->page, buf_str(&document->content));
    settle_piece(spool, own, document->found, buf_str(&document->content));
    return true;
}

static struct found *
found_new(struct spool *spool, const struct documents *documents,
          struct document *document)
{
    struct vec *list = &spool->lanes[documents->lane].found;
    if (list->arena == NULL)
        vec_init(list, documents->arena, sizeof(struct found *));
    struct found *found = arena_new(documents->arena, sizeof *found);
    *found =
        (struct found){.document = document,
                       .number = list->count * LANE_COUNT + documents->lane};
    if (has_suffix(document->path, STR(".md")))
        found->page = page_new(documents->arena);
    document->found = found;
    vec_add_pointer(list, found);
    return found;
}

static struct str
origins_of(const struct spool *spool, const struct documents *documents,
           const struct document *document)
{
    struct str origins = lock_origins(documents->scratch, spool->map, document,
                                      spool->options->program);
    return arena_copy(documents->arena, origins);
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

struct found **
spool_sorted(const struct spool *spool, const struct documents *documents)
{
    struct arena *arena = documents->scratch;
    struct found **sorted =
        arena_array(arena, spool_count(spool), sizeof *sorted);
    size_t count = 0;
    for (size_t i = 0; i < document_count(documents); i++) {
        struct found *found = document_at(documents, i)->found;
        if (found != NULL)
            sorted[count++] = found;
    }
    assert(count == spool_count(spool));
    sort_items(arena, sorted, count, sizeof *sorted, compare_found, NULL);
    return sorted;
}

/* A lock is sorted, and most documents are in it. */
static int
compare_found(const void *a, const void *b, const void *context)
{
    const struct found *first = *(const struct found *const *)a;
    const struct found *second = *(const struct found *const *)b;
    (void)context;
    if (first->entry != NULL && second->entry != NULL)
        return (first->entry > second->entry) - (first->entry < second->entry);
    return str_compare(first->document->path, second->document->path);
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
            settle_late(spool, &trees, found);
    }
    walk_close(&trees);
    note_error(spool);
}

static void
close_lanes(struct spool *spool)
{
    for (size_t i = 0; i < spool_count(spool); i++)
        settle_stop(spool_at(spool, i));
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
spool_content(const struct spool *spool, struct arena *arena,
              const struct found *found, struct str *content)
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
        error = disk_read(arena, folder, name, found->bytes, content);
    walk_close(&walk);
    return error;
}
