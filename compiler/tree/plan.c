#include "tree/plan.h"

#include <assert.h>

#include "base/sort.h"
#include "tree/cleared.h"
#include "tree/conflict.h"
#include "tree/drift.h"
#include "tree/respelled.h"
#include "tree/walk.h"

enum { DIFFS_MAX = 10 }; /* files edited by hand whose diff is shown */

struct planner {
    const struct plan_input *input;
    struct arena *arena;
    struct plan *plan;
    struct walk walk;
    struct respelled respelled;
    struct status status;
    struct str blocked; /* the path reported last as no folder */
    size_t diff_count;
};

static void open_lists(struct plan *plan, const struct spool *spool);
static void plan_paths(struct planner *planner, struct found *const *found);
static int compare_sides(const struct found *found,
                         const struct lock_entry *entry);
static void plan_found(struct planner *planner, const struct found *found);
static void plan_blocked(struct planner *planner, const struct found *found);
static void plan_place(struct planner *planner, const struct found *found);
static void plan_folder(struct planner *planner, const struct found *found);
static void plan_file(struct planner *planner, const struct found *found);
static bool is_respelled(struct planner *planner, const struct found *found);
static void plan_difference(struct planner *planner, const struct found *found);
static void plan_foreign(struct planner *planner, const struct found *found);
static void plan_gone(struct planner *planner, const struct lock_entry *entry);
static void plan_gone_file(struct planner *planner,
                           const struct lock_entry *entry, int folder);
static void plan_drift(struct planner *planner, const struct found *found);
static bool is_unedited(struct planner *planner, const struct lock_entry *entry,
                        int folder);
static bool is_removed(const struct plan *plan, struct str path);
static bool count_conflict(struct planner *planner);
static void add_entry(struct planner *planner, const struct found *found);
static void add_change(struct planner *planner, const struct found *found,
                       enum tree_change change);
static void add_action(struct planner *planner, struct action action);
static void fail(struct planner *planner, struct str path, int error);

static void
release_walk(void *walk)
{
    walk_close(walk);
}

struct status
plan_tree(const struct plan_input *input, struct plan *plan)
{
    struct arena *arena = input->spool->output->arena;
    struct planner planner = {.input = input, .arena = arena, .plan = plan};
    *plan = (struct plan){0};
    respelled_open(&planner.respelled, arena, input->spool->lock);
    open_lists(plan, input->spool);
    struct hold hold = {.release = release_walk, .thing = &planner.walk};
    walk_open(&planner.walk, input->spool->output->root);
    arena_hold(arena, &hold);
    plan_paths(&planner, input->found);
    arena_let_go(arena, &hold);
    walk_close(&planner.walk);
    return planner.status;
}

/* Most builds make about what the last one made. */
static void
open_lists(struct plan *plan, const struct spool *spool)
{
    struct arena *arena = spool->output->arena;
    size_t count = spool_count(spool);
    vec_init(&plan->actions, arena, sizeof(struct action));
    vec_init(&plan->entries, arena, sizeof(struct lock_entry));
    vec_init(&plan->gone, arena, sizeof(struct str));
    vec_init(&plan->cleared, arena, sizeof(struct str));
    vec_reserve(&plan->actions, count);
    vec_reserve(&plan->entries, count);
}

struct action *
plan_action(const struct plan *plan, size_t index)
{
    return vec_at(&plan->actions, index);
}

/* Documents and lock, both sorted, side by side. */
static void
plan_paths(struct planner *planner, struct found *const *found)
{
    const struct lock *lock = planner->input->spool->lock;
    size_t count = spool_count(planner->input->spool);
    size_t next = 0;
    size_t next_entry = 0;
    while (planner->status.kind == STATUS_OK &&
           (next < count || next_entry < lock->entry_count)) {
        const struct lock_entry *entry =
            next_entry < lock->entry_count ? &lock->entries[next_entry] : NULL;
        int order = compare_sides(next < count ? found[next] : NULL, entry);
        assert(order <= 0 || entry);
        if (order > 0)
            plan_gone(planner, entry);
        else
            plan_found(planner, found[next]);
        next += order <= 0;
        next_entry += order >= 0;
    }
}

/* Which path comes first; one side may have come to its end. */
static int
compare_sides(const struct found *found, const struct lock_entry *entry)
{
    if (!found)
        return 1;
    return entry ? str_compare(found->document->path, entry->path) : -1;
}

static void
plan_found(struct planner *planner, const struct found *found)
{
    add_entry(planner, found);
    if (found->error != 0) {
        fail(planner,
             found->state == WALK_HERE ? found->document->path : found->stopped,
             found->error);
        return;
    }
    switch (found->state) {
    case WALK_HERE:
        plan_place(planner, found);
        break;
    case WALK_BLOCKED:
        plan_blocked(planner, found);
        break;
    case WALK_ABSENT:
    case WALK_FAILED:
        add_change(planner, found, TREE_CREATED);
        break;
    }
}

/* A file of ours that goes may become a folder. */
static void
plan_blocked(struct planner *planner, const struct found *found)
{
    struct str path = found->stopped;
    if (is_removed(planner->plan, path)) {
        add_change(planner, found, TREE_CREATED);
    } else if (!is_str_equal(planner->blocked, path)) {
        planner->blocked = path;
        if (count_conflict(planner))
            report_blocked(planner->input->sink, found->document, path);
    }
}

static void
plan_place(struct planner *planner, const struct found *found)
{
    switch (found->seen.kind) {
    case SEEN_NOTHING:
        add_change(planner, found, TREE_CREATED);
        break;
    case SEEN_FILE:
        plan_file(planner, found);
        break;
    case SEEN_FOLDER:
        plan_folder(planner, found);
        break;
    case SEEN_OTHER:
        plan_foreign(planner, found);
        break;
    }
}

static void
plan_folder(struct planner *planner, const struct found *found)
{
    const struct spool *spool = planner->input->spool;
    struct str path = found->document->path;
    bool is_cleared = false;
    int folder;
    int error = 0;
    if (walk_to(&planner->walk, path, &folder) != WALK_HERE)
        error = planner->walk.error;
    else if (!spool->options->is_partial)
        error = folder_clear(folder, path, spool->lock, &planner->plan->cleared,
                             &is_cleared);
    if (error != 0)
        fail(planner, path, error);
    else if (is_cleared)
        add_change(planner, found, TREE_CREATED);
    else
        plan_foreign(planner, found);
}

static void
plan_file(struct planner *planner, const struct found *found)
{
    if (is_respelled(planner, found))
        return;
    if (found->document->kind == DOCUMENT_ONCE)
        add_change(planner, found, TREE_KEPT);
    else if (!found->is_same)
        plan_difference(planner, found);
    else
        add_change(planner, found,
                   found->mode == found->seen.mode ? TREE_KEPT : TREE_CHANGED);
}

/* Is it the file of a path that only differs in case, and would go with that?
 * It is said. */
static bool
is_respelled(struct planner *planner, const struct found *found)
{
    const struct lock_entry *entry;
    int error =
        respelled_find(&planner->respelled, &planner->walk, found, &entry);
    if (error != 0)
        fail(planner, found->document->path, error);
    else if (entry && count_conflict(planner))
        report_respelled(planner->input->sink, found->document, entry->path);
    return error != 0 || entry;
}

static void
plan_difference(struct planner *planner, const struct found *found)
{
    if (!found->entry || found->entry->kind == DOCUMENT_ONCE)
        plan_foreign(planner, found);
    else if (found->is_unedited || planner->input->spool->options->force)
        add_change(planner, found, TREE_CHANGED);
    else
        plan_drift(planner, found);
}

/* A folder is never taken over, and what is made once stays whatever it is. */
static void
plan_foreign(struct planner *planner, const struct found *found)
{
    bool is_folder = found->seen.kind == SEEN_FOLDER;
    if (!is_folder && found->document->kind == DOCUMENT_ONCE)
        add_change(planner, found, TREE_KEPT);
    else if (!is_folder && planner->input->spool->options->adopt)
        add_change(planner, found, TREE_CHANGED);
    else if (count_conflict(planner))
        report_foreign(planner->input->sink, found->document, found->seen.kind);
}

/* An entry of the lock that no document has. */
static void
plan_gone(struct planner *planner, const struct lock_entry *entry)
{
    if (planner->input->spool->options->is_partial) {
        *(struct lock_entry *)vec_add(&planner->plan->entries) = *entry;
        return;
    }
    if (entry->kind == DOCUMENT_ONCE)
        return;
    *(struct str *)vec_add(&planner->plan->gone) = entry->path;
    int folder;
    switch (walk_to(&planner->walk, entry->path, &folder)) {
    case WALK_HERE:
        plan_gone_file(planner, entry, folder);
        break;
    case WALK_ABSENT:
    case WALK_BLOCKED:
        break;
    case WALK_FAILED:
        fail(planner, planner->walk.stopped, planner->walk.error);
        break;
    }
}

/* What is no file any more is not ours any more. */
static void
plan_gone_file(struct planner *planner, const struct lock_entry *entry,
               int folder)
{
    struct seen seen;
    int error = disk_look(folder, name_from(path_name(entry->path)), &seen);
    if (error != 0)
        fail(planner, entry->path, error);
    if (error != 0 || seen.kind != SEEN_FILE)
        return;
    if (planner->input->spool->options->force ||
        is_unedited(planner, entry, folder))
        add_action(planner, (struct action){.path = entry->path,
                                            .change = TREE_REMOVED,
                                            .bytes = seen.bytes});
    else if (count_conflict(planner))
        report_drift_gone(planner->input->sink, entry->path);
}

static void
plan_drift(struct planner *planner, const struct found *found)
{
    if (!count_conflict(planner))
        return;
    struct drift drift = drift_find(planner->input->spool, &planner->walk,
                                    found, planner->diff_count < DIFFS_MAX);
    planner->diff_count += drift.diff.len > 0;
    report_drift(planner->input->sink, found->document, &drift);
}

static bool
is_unedited(struct planner *planner, const struct lock_entry *entry, int folder)
{
    struct hash hash = {0, 0};
    int error = disk_hash(folder, name_from(path_name(entry->path)), &hash);
    if (error != 0)
        fail(planner, entry->path, error);
    return error == 0 && is_hash_equal(hash, entry->hash);
}

/* Removals lie in the list in the order of their paths, as all actions do. */
static bool
is_removed(const struct plan *plan, struct str path)
{
    size_t low = 0;
    size_t high = plan->actions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct action *action = plan_action(plan, middle);
        int order = str_compare(action->path, path);
        if (order == 0)
            return action->change == TREE_REMOVED;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* False when there were so many that this one is not worth a message, or when
 * it is none, since the file could not be read. */
static bool
count_conflict(struct planner *planner)
{
    if (planner->status.kind != STATUS_OK)
        return false;
    return ++planner->plan->conflict_count <= LIMIT_MESSAGES;
}

static void
add_entry(struct planner *planner, const struct found *found)
{
    const struct document *document = found->document;
    *(struct lock_entry *)vec_add(&planner->plan->entries) =
        (struct lock_entry){
            .path = document->path,
            .hash = found->hash,
            .kind = document->kind,
            .origins = found->origins,
        };
}

static void
add_change(struct planner *planner, const struct found *found,
           enum tree_change change)
{
    add_action(planner, (struct action){
                            .path = found->document->path,
                            .change = change,
                            .found = found,
                            .is_replaced = change != TREE_CREATED,
                            .bytes = found->bytes,
                        });
}

static void
add_action(struct planner *planner, struct action action)
{
    *(struct action *)vec_add(&planner->plan->actions) = action;
    planner->plan->change_count += action.change != TREE_KEPT;
}

static void
fail(struct planner *planner, struct str path, int error)
{
    planner->status =
        disk_status(planner->arena, STATUS_CANNOT_READ,
                    planner->input->spool->output->folder, path, error);
}
