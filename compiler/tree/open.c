#include "tree/open.h"

#include "base/limits.h"
#include "tree/clash.h"
#include "tree/disk.h"
#include "tree/path.h"
#include "tree/staging.h"

#include <errno.h>

static struct status begin(struct tree *tree);
static void tree_release(void *thing);
static void let_go(struct tree *tree);
static struct status refuse(struct tree *tree, size_t count);
static struct status lock_load(struct tree *tree);
static struct status lock_damaged(struct tree *tree, struct str fault);

struct status
tree_open(struct arena *arena, struct sink *sink, const struct source_map *map,
          const struct tree_options *options, struct tree **opened)
{
    struct tree *tree = arena_new(arena, sizeof *tree);
    tree->arena = arena;
    tree->sink = sink;
    tree->map = map;
    tree->options = *options;
    tree->leftover.staging = -1;
    tree->output.root = -1;
    tree->spool.staging = NO_STAGING;
    tree->hold = (struct hold){.release = tree_release, .thing = tree};
    arena_hold(arena, &tree->hold);
    struct status status = begin(tree);
    if (status.kind != STATUS_OK) {
        tree_close(tree);
        output_unmake(&tree->output);
    }
    *opened = tree;
    return status;
}

static struct status
begin(struct tree *tree)
{
    struct status status =
        output_open(&tree->output, tree->arena, tree->options.folder);
    if (status.kind == STATUS_OK)
        status = lock_load(tree);
    if (status.kind == STATUS_OK)
        status = leftover_open(&tree->output, &tree->leftover, &tree->lock);
    if (status.kind == STATUS_OK && tree->output.root < 0 &&
        !tree->options.only_looks)
        status = output_make(&tree->output);
    if (status.kind != STATUS_OK)
        return status;
    source_divide(tree->map);
    spool_open(&tree->spool, &tree->output, tree->map, &tree->lock,
               &tree->options);
    tree->spool.holds_back =
        tree->options.only_looks || tree->leftover.staging >= 0;
    tree->is_spooling = true;
    return status;
}

bool
tree_take(struct tree *tree, const struct documents *documents,
          struct document *document)
{
    return spool_add(&tree->spool, documents, document);
}

bool
tree_take_piece(struct tree *tree, const struct documents *documents,
                struct document *document)
{
    return spool_add_piece(&tree->spool, documents, document);
}

struct status
tree_plan(struct tree *tree, const struct documents *documents)
{
    struct spool *spool = &tree->spool;
    spool_close(spool);
    tree->is_spooling = false;
    struct found *const *found = spool_sorted(spool, documents);
    struct plan_input input = {tree->sink, spool, found, documents->scratch};
    size_t faults =
        check_paths(tree->sink, documents, found, spool_count(spool));
    if (faults > 0)
        return refuse(tree, faults);
    struct status status = plan_tree(&input, &tree->plan);
    if (status.kind != STATUS_OK || tree->options.only_looks)
        return status;
    if (tree->plan.conflict_count > 0)
        return refuse(tree, tree->plan.conflict_count);
    return staging_status(&tree->output, tree->spool.error_path,
                          tree->spool.error);
}

static struct status
refuse(struct tree *tree, size_t count)
{
    if (tree->options.only_looks)
        return (struct status){STATUS_REFUSED,
                               STR("the documents cannot be files")};
    struct str noun = count == 1 ? STR("conflict") : STR("conflicts");
    return (struct status){
        .kind = STATUS_REFUSED,
        .message =
            arena_format(tree->arena, "nothing was written to `{}`: {} {}",
                         STRS(tree->options.folder,
                              arena_number(tree->arena, (int64_t)count), noun)),
    };
}

void
tree_close(struct tree *tree)
{
    arena_let_go(tree->arena, &tree->hold);
    let_go(tree);
}

static void
tree_release(void *thing)
{
    struct tree *tree = thing;
    spool_unstage(&tree->spool);
    let_go(tree);
    output_unmake(&tree->output);
}

/* What waits in staging goes, unless the next run needs it. What stays of it
 * all the same is the next run's to clear. */
static void
let_go(struct tree *tree)
{
    if (tree->is_spooling)
        spool_close(&tree->spool);
    if (tree->spool.staging.folder >= 0) {
        if (!tree->is_torn)
            staging_clear(tree->spool.staging.folder, false);
        (void)staging_close(&tree->output, &tree->spool.staging);
    }
    leftover_close(&tree->leftover);
    output_close(&tree->output);
}

struct str
tree_next_lock(const struct tree *tree, struct arena *arena)
{
    struct lock_head head = {.compiler = tree->options.compiler,
                             .program = tree->options.program};
    struct lock next = {tree->plan.entries.items, tree->plan.entries.count};
    struct buf text;
    buf_init_sized(&text, arena, lock_size(&next));
    lock_print(&text, &head, &next);
    return buf_str(&text);
}

static struct status
lock_load(struct tree *tree)
{
    struct status status = {.kind = STATUS_OK};
    if (tree->output.root < 0)
        return status;
    struct name name = name_from(STR(LOCK_NAME));
    struct seen seen;
    struct str fault;
    int error = disk_look(tree->output.root, name, &seen);
    if (error == 0 && seen.kind == SEEN_NOTHING)
        return status;
    if (error == 0 && seen.kind != SEEN_FILE)
        return lock_damaged(tree, STR("it is not a file"));
    if (error == 0)
        error = disk_read(tree->arena, tree->output.root, name,
                          LIMIT_LOCK_BYTES, &tree->lock_text);
    if (error != 0)
        status = disk_status(tree->arena, STATUS_CANNOT_READ,
                             tree->output.folder, STR(LOCK_NAME), error);
    else if (!lock_parse(tree->arena, tree->lock_text, &tree->lock, &fault))
        status = lock_damaged(
            tree, str_contains(tree->lock_text, STR("\r\n"))
                      ? STR("its lines end with CR LF, as git has them where "
                            "`core.autocrlf` is set")
                      : fault);
    return status;
}

static struct status
lock_damaged(struct tree *tree, struct str fault)
{
    return (struct status){
        .kind = STATUS_CANNOT_READ,
        .message = arena_format(
            tree->arena,
            "`{}/" LOCK_NAME
            "` is damaged: {}; restore it, or remove it and build with `--adopt`",
            STRS(tree->output.folder, fault)),
    };
}

void
tree_result(struct tree *tree, struct tree_result *result)
{
    size_t count = tree->plan.actions.count;
    struct tree_entry *entries =
        arena_array(tree->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        const struct action *action = plan_action(&tree->plan, i);
        entries[i] = (struct tree_entry){
            .path = action->path,
            .change = action->change,
            .bytes = action->bytes,
        };
        result->counts[action->change]++;
    }
    result->entries = entries;
    result->entry_count = count;
}
