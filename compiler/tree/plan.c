#include "tree/plan.h"

#include <assert.h>

#include "base/sort.h"
#include "tree/cleared.h"
#include "tree/conflict.h"
#include "tree/diff.h"
#include "tree/walk.h"

enum {
    DIFFS_MAX = 10, /* files edited by hand whose diff is shown */
    DIFF_LINES = 20,
    DIFF_BYTES_MAX = 1024 * 1024,
};

struct planner {
    const struct plan_input *input;
    struct arena *arena;
    struct plan *plan;
    struct walk walk;
    struct status status;
    struct str blocked; /* the path reported last as no folder */
    size_t diff_count;
};

/* A document beside what is there. `entry` is NULL when the lock lacks it. */
struct place {
    const struct document *document;
    const struct lock_entry *entry;
    int folder;
    struct name name;
    struct seen seen;
};

static const struct document **sort_documents(
    struct arena *arena, const struct documents *documents);
static sort_compare compare_documents;
static void plan_paths(struct planner *planner,
                       const struct document **documents);
static int compare_sides(const struct document *document,
                         const struct lock_entry *entry);
static void plan_document(struct planner *planner,
                          const struct document *document,
                          const struct lock_entry *entry);
static void plan_blocked(struct planner *planner,
                         const struct document *document);
static void plan_place(struct planner *planner, struct place *place);
static void plan_folder(struct planner *planner, const struct place *place);
static void plan_file(struct planner *planner, const struct place *place);
static void plan_difference(struct planner *planner, const struct place *place);
static void plan_foreign(struct planner *planner, const struct place *place);
static void plan_gone(struct planner *planner, const struct lock_entry *entry);
static void plan_gone_file(struct planner *planner,
                           const struct lock_entry *entry, int folder);
static void plan_drift(struct planner *planner, const struct place *place);
static struct str drift_diff(struct planner *planner,
                             const struct place *place);
static bool is_unedited(struct planner *planner, const struct lock_entry *entry,
                        int folder);
static bool is_removed(const struct plan *plan, struct str path);
static bool count_conflict(struct planner *planner);
static void add_entry(struct planner *planner, const struct document *document);
static void add_created(struct planner *planner,
                        const struct document *document);
static void add_existing(struct planner *planner, const struct place *place,
                         enum tree_change change);
static mode_t mode_wanted(const struct place *place);
static void add_action(struct planner *planner, struct action action);
static void fail(struct planner *planner, struct str path, int error);

struct status
plan_tree(const struct plan_input *input, struct plan *plan)
{
    struct arena *arena = input->output->arena;
    struct planner planner = {.input = input, .arena = arena, .plan = plan};
    *plan = (struct plan){0};
    vec_init(&plan->actions, arena, sizeof(struct action));
    vec_init(&plan->entries, arena, sizeof(struct lock_entry));
    vec_init(&plan->gone, arena, sizeof(struct str));
    vec_init(&plan->cleared, arena, sizeof(struct str));
    walk_open(&planner.walk, input->output->root);
    plan_paths(&planner, sort_documents(arena, input->documents));
    walk_close(&planner.walk);
    return planner.status;
}

struct action *
plan_action(const struct plan *plan, size_t index)
{
    return vec_at(&plan->actions, index);
}

static const struct document **
sort_documents(struct arena *arena, const struct documents *documents)
{
    size_t count = document_count(documents);
    const struct document **sorted = arena_array(arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = document_at(documents, i);
    sort_items(arena, sorted, count, sizeof *sorted, compare_documents, NULL);
    return sorted;
}

static int
compare_documents(const void *a, const void *b, const void *context)
{
    (void)context;
    return str_compare((*(const struct document *const *)a)->path,
                       (*(const struct document *const *)b)->path);
}

/* Documents and lock, both sorted, side by side. */
static void
plan_paths(struct planner *planner, const struct document **documents)
{
    const struct lock *lock = planner->input->lock;
    size_t document_total = document_count(planner->input->documents);
    size_t next = 0;
    size_t next_entry = 0;
    while (planner->status.kind == STATUS_OK &&
           (next < document_total || next_entry < lock->entry_count)) {
        const struct document *document =
            next < document_total ? documents[next] : NULL;
        const struct lock_entry *entry =
            next_entry < lock->entry_count ? &lock->entries[next_entry] : NULL;
        assert(document || entry);
        int order = compare_sides(document, entry);
        if (order > 0)
            plan_gone(planner, entry);
        else
            plan_document(planner, document, order == 0 ? entry : NULL);
        next += order <= 0;
        next_entry += order >= 0;
    }
}

/* Which path comes first; one side may have come to its end. */
static int
compare_sides(const struct document *document, const struct lock_entry *entry)
{
    if (!document)
        return 1;
    return entry ? str_compare(document->path, entry->path) : -1;
}

static void
plan_document(struct planner *planner, const struct document *document,
              const struct lock_entry *entry)
{
    struct place place = {.document = document, .entry = entry};
    add_entry(planner, document);
    switch (walk_to(&planner->walk, document->path, &place.folder)) {
    case WALK_HERE:
        plan_place(planner, &place);
        break;
    case WALK_ABSENT:
        add_created(planner, document);
        break;
    case WALK_BLOCKED:
        plan_blocked(planner, document);
        break;
    case WALK_FAILED:
        fail(planner, planner->walk.stopped, planner->walk.error);
        break;
    }
}

/* A file of ours that goes may become a folder. */
static void
plan_blocked(struct planner *planner, const struct document *document)
{
    struct str path = planner->walk.stopped;
    if (is_removed(planner->plan, path)) {
        add_created(planner, document);
    } else if (!is_str_equal(planner->blocked, path)) {
        planner->blocked = path;
        if (count_conflict(planner))
            report_blocked(planner->input->sink, document, path);
    }
}

static void
plan_place(struct planner *planner, struct place *place)
{
    place->name = name_from(path_name(place->document->path));
    int error = disk_look(place->folder, place->name, &place->seen);
    if (error != 0) {
        fail(planner, place->document->path, error);
        return;
    }
    switch (place->seen.kind) {
    case SEEN_NOTHING:
        add_created(planner, place->document);
        break;
    case SEEN_FILE:
        plan_file(planner, place);
        break;
    case SEEN_FOLDER:
        plan_folder(planner, place);
        break;
    case SEEN_OTHER:
        plan_foreign(planner, place);
        break;
    }
}

static void
plan_folder(struct planner *planner, const struct place *place)
{
    const struct plan_input *input = planner->input;
    bool is_cleared = false;
    int error = 0;
    if (!input->options->is_partial)
        error = folder_clear(place->folder, place->document->path, input->lock,
                             &planner->plan->cleared, &is_cleared);
    if (error != 0)
        fail(planner, place->document->path, error);
    else if (is_cleared)
        add_created(planner, place->document);
    else
        plan_foreign(planner, place);
}

static void
plan_file(struct planner *planner, const struct place *place)
{
    if (place->document->kind == DOCUMENT_ONCE) {
        add_existing(planner, place, TREE_KEPT);
        return;
    }
    struct str content = buf_str(&place->document->content);
    bool is_same = false;
    int error = 0;
    if (place->seen.bytes == content.len)
        error = disk_compare(place->folder, place->name, content, &is_same);
    if (error != 0)
        fail(planner, place->document->path, error);
    else if (!is_same)
        plan_difference(planner, place);
    else if (mode_wanted(place) != place->seen.mode)
        add_existing(planner, place, TREE_CHANGED);
    else
        add_existing(planner, place, TREE_KEPT);
}

static void
plan_difference(struct planner *planner, const struct place *place)
{
    if (!place->entry || place->entry->kind == DOCUMENT_ONCE)
        plan_foreign(planner, place);
    else if (planner->input->options->force ||
             is_unedited(planner, place->entry, place->folder))
        add_existing(planner, place, TREE_CHANGED);
    else
        plan_drift(planner, place);
}

/* A folder is never taken over, and what is made once stays whatever it is. */
static void
plan_foreign(struct planner *planner, const struct place *place)
{
    bool is_folder = place->seen.kind == SEEN_FOLDER;
    if (!is_folder && place->document->kind == DOCUMENT_ONCE)
        add_existing(planner, place, TREE_KEPT);
    else if (!is_folder && planner->input->options->adopt)
        add_existing(planner, place, TREE_CHANGED);
    else if (count_conflict(planner))
        report_foreign(planner->input->sink, place->document, place->seen.kind);
}

/* An entry of the lock that no document has. */
static void
plan_gone(struct planner *planner, const struct lock_entry *entry)
{
    if (planner->input->options->is_partial) {
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
    if (planner->input->options->force || is_unedited(planner, entry, folder))
        add_action(planner, (struct action){.path = entry->path,
                                            .change = TREE_REMOVED,
                                            .bytes = seen.bytes});
    else if (count_conflict(planner))
        report_drift_gone(planner->input->sink, entry->path);
}

static void
plan_drift(struct planner *planner, const struct place *place)
{
    if (!count_conflict(planner))
        return;
    struct str diff = drift_diff(planner, place);
    report_drift(planner->input->sink, place->document, diff);
}

/* Empty when it is not worth its time, or the file cannot be read. */
static struct str
drift_diff(struct planner *planner, const struct place *place)
{
    struct str content = buf_str(&place->document->content);
    struct str found;
    struct buf diff;
    buf_init(&diff, planner->arena);
    if (planner->diff_count < DIFFS_MAX && content.len <= DIFF_BYTES_MAX &&
        disk_read(planner->arena, place->folder, place->name, DIFF_BYTES_MAX,
                  &found) == 0) {
        diff_print(&diff, found, content, DIFF_LINES);
        planner->diff_count++;
    }
    return buf_str(&diff);
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
add_entry(struct planner *planner, const struct document *document)
{
    const struct plan_input *input = planner->input;
    *(struct lock_entry *)vec_add(&planner->plan->entries) =
        (struct lock_entry){
            .path = document->path,
            .hash = hash_text(buf_str(&document->content)),
            .kind = document->kind,
            .origins = lock_origins(planner->arena, input->map, document,
                                    input->options->program),
        };
}

static void
add_created(struct planner *planner, const struct document *document)
{
    add_action(planner, (struct action){
                            .path = document->path,
                            .change = TREE_CREATED,
                            .document = document,
                            .mode = document->is_executable ? 0777 : 0666,
                            .bytes = document->content.len,
                        });
}

static void
add_existing(struct planner *planner, const struct place *place,
             enum tree_change change)
{
    bool is_file = place->seen.kind == SEEN_FILE;
    const struct document *document = place->document;
    mode_t mode_new = document->is_executable ? 0777 : 0666;
    add_action(planner, (struct action){
                            .path = document->path,
                            .change = change,
                            .document = document,
                            .is_replaced = true,
                            .mode = is_file ? mode_wanted(place) : mode_new,
                            .is_mode_exact = is_file,
                            .bytes = document->content.len,
                        });
}

/* Permissions that the user gave or took stay, but what must run may run by
 * all who may read it. */
static mode_t
mode_wanted(const struct place *place)
{
    mode_t mode = place->seen.mode;
    return place->document->is_executable ? mode | (mode & 0444) >> 2 : mode;
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
    planner->status = disk_status(planner->arena, STATUS_CANNOT_READ,
                                  planner->input->output->folder, path, error);
}
