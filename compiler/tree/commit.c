#include "tree/commit.h"

#include "tree/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What was done, in the order of the lists; taken back from the last. */
struct commit {
    const struct output *output;
    const struct plan *plan;
    const struct staging *staging;
    struct walk walk;
    struct vec moved;   /* of size_t: actions whose file went to staging */
    struct vec cleared; /* of struct str: folders that gave way to files */
    struct vec made;    /* of struct str: new folders */
    struct vec brought; /* of struct str: new folders that came as trees */
    struct vec placed; /* of size_t: actions whose file came, or was about to */
    struct vec empty;  /* of struct str: folders that went */
    struct str path;   /* what the last step was about */
};

static void reserve_lists(struct commit *commit);
static size_t count_new_folders(struct str path, struct str before);
static int move_gone(struct commit *commit);
static int move_action(struct commit *commit, size_t number);
static int clear_folders(struct commit *commit);
static int remove_folder(struct commit *commit, struct str path);
static int place_new(struct commit *commit);
static int place_action(struct commit *commit, size_t number);
static int place_tree(struct commit *commit, struct str path);
static int take_tree(struct commit *commit, struct str path);
static int save_old(const struct commit *commit, int folder, struct name name,
                    struct name saved);
static int remove_empty(struct commit *commit);
static int remove_upwards(struct commit *commit, struct str path);
static bool is_in_use(int error);
static int place_lock(struct commit *commit);
static bool take_back(struct commit *commit);
static void take_back_all(void *thing);
static int take_back_folders(struct commit *commit, const struct vec *paths,
                             int (*step)(struct commit *commit,
                                         struct str path));
static int take_back_files(struct commit *commit, const struct vec *numbers);
static int replace_action(struct commit *commit, size_t number);
static int make_again(struct commit *commit, struct str path);
static int find_folder(struct commit *commit, struct str path, int *folder);
static int rename_into(int from, struct name old, int to, struct name new);
static struct status commit_status(const struct commit *commit, int error,
                                   bool is_torn);

struct status
commit_plan(const struct output *output, const struct staging *staging,
            const struct plan *plan, bool *is_torn)
{
    struct commit commit = {.output = output, .plan = plan, .staging = staging};
    vec_init(&commit.moved, output->arena, sizeof(size_t));
    vec_init(&commit.cleared, output->arena, sizeof(struct str));
    vec_init(&commit.made, output->arena, sizeof(struct str));
    vec_init(&commit.brought, output->arena, sizeof(struct str));
    vec_init(&commit.placed, output->arena, sizeof(size_t));
    vec_init(&commit.empty, output->arena, sizeof(struct str));
    reserve_lists(&commit);
    struct hold hold = {.release = take_back_all, .thing = &commit};
    walk_open(&commit.walk, output->root);
    arena_hold(output->arena, &hold);
    int error = move_gone(&commit);
    if (error == 0)
        error = clear_folders(&commit);
    if (error == 0)
        error = place_new(&commit);
    if (error == 0)
        error = remove_empty(&commit);
    if (error == 0)
        error = place_lock(&commit);
    arena_let_go(output->arena, &hold);
    walk_close(&commit.walk);
    *is_torn = error != 0 && !take_back(&commit);
    return commit_status(&commit, error, *is_torn);
}

/* A step that is made can be noted, and so be taken back. */
static void
reserve_lists(struct commit *commit)
{
    const struct plan *plan = commit->plan;
    size_t made = 0;
    size_t empty = 0;
    struct str before = STR("");
    for (size_t i = 0; i < plan->actions.count; i++) {
        struct str path = plan_action(plan, i)->path;
        made += count_new_folders(path, before);
        before = path;
    }
    before = STR("");
    for (size_t i = 0; i < plan->gone.count; i++) {
        struct str path = *(struct str *)vec_at(&plan->gone, i);
        empty += count_new_folders(path, before);
        before = path;
    }
    vec_reserve(&commit->moved, plan->actions.count);
    vec_reserve(&commit->placed, plan->actions.count);
    vec_reserve(&commit->cleared, plan->cleared.count);
    vec_reserve(&commit->made, made);
    vec_reserve(&commit->brought, made);
    vec_reserve(&commit->empty, empty);
}

/* Of the path, those that do not lie around the one before it. In sorted paths
 * each folder is new once. */
static size_t
count_new_folders(struct str path, struct str before)
{
    size_t count = 0;
    while ((path = path_folder(path)).len > 0 && !is_path_below(before, path))
        count++;
    return count;
}

static int
move_gone(struct commit *commit)
{
    int error = 0;
    for (size_t i = 0; i < commit->plan->actions.count && error == 0; i++) {
        if (plan_action(commit->plan, i)->change == TREE_REMOVED)
            error = move_action(commit, i);
    }
    return error;
}

static int
move_action(struct commit *commit, size_t number)
{
    int folder;
    commit->path = plan_action(commit->plan, number)->path;
    int error = find_folder(commit, commit->path, &folder);
    if (error == 0)
        error = rename_into(folder, name_from(path_name(commit->path)),
                            commit->staging->folder,
                            staged_name(STAGED_WAS, number));
    if (error == 0)
        *(size_t *)vec_add(&commit->moved) = number;
    return error;
}

static int
clear_folders(struct commit *commit)
{
    int error = 0;
    for (size_t i = 0; i < commit->plan->cleared.count && error == 0; i++) {
        commit->path = *(struct str *)vec_at(&commit->plan->cleared, i);
        error = remove_folder(commit, commit->path);
        if (error == 0)
            *(struct str *)vec_add(&commit->cleared) = commit->path;
    }
    return error;
}

static int
remove_folder(struct commit *commit, struct str path)
{
    int folder;
    int error = find_folder(commit, path, &folder);
    if (error == 0 &&
        unlinkat(folder, name_from(path_name(path)).at, AT_REMOVEDIR) != 0)
        error = errno;
    return error;
}

static int
place_new(struct commit *commit)
{
    int error = 0;
    for (size_t i = 0; i < commit->plan->actions.count && error == 0; i++) {
        enum tree_change change = plan_action(commit->plan, i)->change;
        if (change == TREE_CREATED || change == TREE_CHANGED)
            error = place_action(commit, i);
    }
    return error;
}

static int
place_action(struct commit *commit, size_t number)
{
    const struct action *action = plan_action(commit->plan, number);
    int folder;
    commit->path = action->path;
    if (action->found->is_in_tree)
        return place_tree(commit, action->path);
    if (walk_make(&commit->walk, action->path, &commit->made, &folder) !=
        WALK_HERE)
        return commit->walk.error;
    struct name name = name_from(path_name(action->path));
    int error = 0;
    if (action->is_replaced)
        error = save_old(commit, folder, name, staged_name(STAGED_WAS, number));
    if (error != 0)
        return error;
    *(size_t *)vec_add(&commit->placed) = number;
    return rename_into(commit->staging->folder,
                       staged_name(STAGED_NEW, action->found->number), folder,
                       name);
}

/* With the first of its files; the others come along, and follow in the plan,
 * which is sorted. */
static int
place_tree(struct commit *commit, struct str path)
{
    struct str top = str_cut(&path, '/');
    struct vec *brought = &commit->brought;
    if (brought->count > 0 &&
        is_str_equal(*(struct str *)vec_at(brought, brought->count - 1), top))
        return 0;
    struct name name = name_from(top);
    int error =
        rename_into(commit->staging->trees, name, commit->output->root, name);
    if (error == 0)
        *(struct str *)vec_add(brought) = top;
    return error;
}

static int
take_tree(struct commit *commit, struct str path)
{
    struct name name = name_from(path);
    return rename_into(commit->output->root, name, commit->staging->trees,
                       name);
}

/* By a second name, so that the file is there at every moment; where the file
 * system has no second names, by a new one. */
static int
save_old(const struct commit *commit, int folder, struct name name,
         struct name saved)
{
    if (linkat(folder, name.at, commit->staging->folder, saved.at, 0) == 0)
        return 0;
    return rename_into(folder, name, commit->staging->folder, saved);
}

/* The folders of what is gone. */
static int
remove_empty(struct commit *commit)
{
    int error = 0;
    for (size_t i = commit->plan->gone.count; i > 0 && error == 0; i--)
        error = remove_upwards(
            commit, *(struct str *)vec_at(&commit->plan->gone, i - 1));
    return error;
}

/* As far up as nothing is left in them. A killed run may have removed the
 * inner ones, and the user may have put anything in their place. */
static int
remove_upwards(struct commit *commit, struct str path)
{
    while (path_folder(path).len > 0) {
        path = path_folder(path);
        commit->path = path;
        int error = remove_folder(commit, path);
        if (error == 0)
            *(struct str *)vec_add(&commit->empty) = path;
        else if (error != ENOENT)
            return is_in_use(error) ? 0 : error;
    }
    return 0;
}

static bool
is_in_use(int error)
{
    return error == ENOTEMPTY || error == EEXIST || error == EBUSY ||
           error == ENOTDIR || error == ELOOP;
}

static int
place_lock(struct commit *commit)
{
    commit->path = STR(LOCK_NAME);
    return rename_into(commit->staging->folder, name_from(STR(STAGED_LOCK)),
                       commit->output->root, name_from(commit->path));
}

/* False when a step could not be taken back; the others are all the same. */
static bool
take_back(struct commit *commit)
{
    walk_open(&commit->walk, commit->output->root);
    int error = take_back_folders(commit, &commit->empty, make_again);
    error |= take_back_files(commit, &commit->placed);
    error |= take_back_folders(commit, &commit->brought, take_tree);
    error |= take_back_folders(commit, &commit->made, remove_folder);
    error |= take_back_folders(commit, &commit->cleared, make_again);
    error |= take_back_files(commit, &commit->moved);
    walk_close(&commit->walk);
    return error == 0;
}

/* When there is no memory for a step more. */
static void
take_back_all(void *thing)
{
    struct commit *commit = thing;
    walk_close(&commit->walk);
    (void)take_back(commit);
}

static int
take_back_folders(struct commit *commit, const struct vec *paths,
                  int (*step)(struct commit *commit, struct str path))
{
    int error = 0;
    for (size_t i = paths->count; i > 0; i--)
        error |= step(commit, *(struct str *)vec_at(paths, i - 1));
    return error;
}

static int
take_back_files(struct commit *commit, const struct vec *numbers)
{
    int error = 0;
    for (size_t i = numbers->count; i > 0; i--)
        error |= replace_action(commit, *(size_t *)vec_at(numbers, i - 1));
    return error;
}

/* What was there before comes back, or nothing. */
static int
replace_action(struct commit *commit, size_t number)
{
    const struct action *action = plan_action(commit->plan, number);
    int folder;
    int error = find_folder(commit, action->path, &folder);
    if (error != 0)
        return error;
    struct name name = name_from(path_name(action->path));
    if (action->change != TREE_CREATED)
        return rename_into(commit->staging->folder,
                           staged_name(STAGED_WAS, number), folder, name);
    return unlinkat(folder, name.at, 0) == 0 || errno == ENOENT ? 0 : errno;
}

static int
make_again(struct commit *commit, struct str path)
{
    int folder;
    int error = find_folder(commit, path, &folder);
    if (error == 0 && mkdirat(folder, name_from(path_name(path)).at, 0777) != 0)
        error = errno;
    return error;
}

static int
find_folder(struct commit *commit, struct str path, int *folder)
{
    return walk_to(&commit->walk, path, folder) == WALK_HERE
               ? 0
               : commit->walk.error;
}

static int
rename_into(int from, struct name old, int to, struct name new)
{
    return renameat(from, old.at, to, new.at) == 0 ? 0 : errno;
}

static struct status
commit_status(const struct commit *commit, int error, bool is_torn)
{
    struct status status = {.kind = STATUS_OK};
    if (error == 0)
        return status;
    struct arena *arena = commit->output->arena;
    status = disk_status(arena, STATUS_CANNOT_WRITE, commit->output->folder,
                         commit->path, error);
    if (is_torn)
        status.message = arena_format(
            arena,
            "{}; some files are new and some old, which the next build repairs",
            STRS(status.message));
    return status;
}
