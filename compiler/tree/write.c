/*
 * The last stage in its order: what the lock says, what a killed run left,
 * the plan, the staging folder, the commit.
 */
#include "base/limits.h"
#include "tree/commit.h"
#include "tree/leftover.h"
#include "tree/tree.h"

#include <errno.h>

struct write {
    struct arena *arena;
    const struct tree_options *options;
    struct output output;
    struct lock lock;     /* what is ours now */
    struct str lock_text; /* the bytes of broxc.lock; empty: there is none */
    struct leftover leftover;
    struct plan plan;
};

static struct status plan_write(struct write *write,
                                const struct plan_input *input);
static struct status lock_load(struct write *write);
static struct status lock_damaged(struct write *write, struct str fault);
static struct status apply_plan(struct write *write);
static struct status write_files(struct write *write, struct str lock_text);
static struct status refuse(struct write *write, size_t count);
static void fill_result(struct write *write, struct tree_result *result);

struct status
tree_write(struct arena *arena, struct sink *sink, const struct source_map *map,
           const struct documents *documents,
           const struct tree_options *options, struct tree_result *result)
{
    struct write write = {.arena = arena, .options = options};
    *result = (struct tree_result){0};
    size_t fault_count = check_paths(arena, sink, documents);
    if (fault_count > 0)
        return refuse(&write, fault_count);
    struct status status = output_open(&write.output, arena, options->folder);
    if (status.kind != STATUS_OK)
        return status;
    status = plan_write(&write, &(struct plan_input){
                                    .sink = sink,
                                    .map = map,
                                    .documents = documents,
                                    .options = options,
                                    .output = &write.output,
                                    .lock = &write.lock,
                                });
    if (status.kind == STATUS_OK)
        status = apply_plan(&write);
    leftover_close(&write.leftover);
    output_close(&write.output);
    if (status.kind == STATUS_OK)
        fill_result(&write, result);
    else
        output_unmake(&write.output);
    return status;
}

/* Reads all that there is to know, and changes nothing. */
static struct status
plan_write(struct write *write, const struct plan_input *input)
{
    write->leftover.staging = -1;
    struct status status = lock_load(write);
    if (status.kind == STATUS_OK)
        status = leftover_open(&write->output, &write->leftover, &write->lock);
    if (status.kind == STATUS_OK)
        status = plan_tree(input, &write->plan);
    if (status.kind == STATUS_OK && write->plan.conflict_count > 0)
        status = refuse(write, write->plan.conflict_count);
    return status;
}

static struct status
lock_load(struct write *write)
{
    struct status status = {.kind = STATUS_OK};
    if (write->output.root < 0)
        return status;
    struct name name = name_from(STR(LOCK_NAME));
    struct seen seen;
    struct str fault;
    int error = disk_look(write->output.root, name, &seen);
    if (error == 0 && seen.kind == SEEN_NOTHING)
        return status;
    if (error == 0 && seen.kind != SEEN_FILE)
        return lock_damaged(write, STR("it is not a file"));
    if (error == 0)
        error = disk_read(write->arena, write->output.root, name,
                          LIMIT_LOCK_BYTES, &write->lock_text);
    if (error != 0)
        status = disk_status(write->arena, STATUS_CANNOT_READ,
                             write->output.folder, STR(LOCK_NAME), error);
    else if (!lock_parse(write->arena, write->lock_text, &write->lock, &fault))
        status = lock_damaged(write, fault);
    return status;
}

static struct status
lock_damaged(struct write *write, struct str fault)
{
    return (struct status){
        .kind = STATUS_CANNOT_READ,
        .message = arena_format(
            write->arena,
            "`{}/" LOCK_NAME
            "` is damaged: {}; restore it, or remove it and build with `--adopt`",
            STRS(write->output.folder, fault)),
    };
}

static struct status
apply_plan(struct write *write)
{
    struct lock_head head = {.compiler = write->options->compiler,
                             .program = write->options->program};
    struct lock next = {write->plan.entries.items, write->plan.entries.count};
    struct buf text;
    buf_init(&text, write->arena);
    lock_print(&text, &head, &next);
    struct status status = {.kind = STATUS_OK};
    if (write->output.root < 0)
        status = output_make(&write->output);
    bool is_same = write->plan.change_count == 0 && !write->leftover.has_lock &&
                   is_str_equal(buf_str(&text), write->lock_text);
    if (status.kind == STATUS_OK && write->leftover.staging >= 0)
        status = leftover_repair(&write->output, &write->leftover, &head,
                                 &write->lock);
    if (status.kind != STATUS_OK || is_same)
        return status;
    return write_files(write, buf_str(&text));
}

static struct status
write_files(struct write *write, struct str lock_text)
{
    int staging;
    bool is_torn = false;
    struct status status = staging_open(&write->output, &staging);
    if (status.kind != STATUS_OK)
        return status;
    status = staging_fill(&write->output, staging, &write->plan, lock_text);
    if (status.kind == STATUS_OK)
        status = commit_plan(&write->output, staging, &write->plan, &is_torn);
    if (!is_torn)
        staging_clear(staging, false);
    /* What stays in the folder is the next run's to clear. */
    (void)staging_close(&write->output, staging);
    return status;
}

static struct status
refuse(struct write *write, size_t count)
{
    struct str noun = count == 1 ? STR("conflict") : STR("conflicts");
    return (struct status){
        .kind = STATUS_REFUSED,
        .message = arena_format(
            write->arena, "nothing was written to `{}`: {} {}",
            STRS(write->options->folder,
                 arena_number(write->arena, (int64_t)count), noun)),
    };
}

static void
fill_result(struct write *write, struct tree_result *result)
{
    size_t count = write->plan.actions.count;
    struct tree_entry *entries =
        arena_array(write->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        const struct action *action = plan_action(&write->plan, i);
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
