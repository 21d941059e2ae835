#include "tree/walk.h"

#include <assert.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static void leave_to(struct walk *walk, size_t depth);
static void set_aside(struct walk *walk);
static void close_asides(struct walk *walk);
static void enter_aside(struct walk *walk, struct str path);
static size_t shared_depth(const struct walk *walk, struct str path);
static bool enter_next(struct walk *walk, struct str folder);
static struct str next_folder(const struct walk *walk, struct str folder);
static void step_into(struct walk *walk, struct str path, int folder);
static int enter_or_make(struct walk *walk, struct str path, int *inside);
static enum walk_state state_of(int error);

void
walk_open(struct walk *walk, int root)
{
    *walk = (struct walk){.folders = {root}, .path = STR("")};
    for (size_t i = 0; i < WALK_ASIDES; i++)
        walk->aside[i].folder = -1;
}

void
walk_close(struct walk *walk)
{
    walk->keeps_aside = false;
    leave_to(walk, 0);
    close_asides(walk);
}

static void
close_asides(struct walk *walk)
{
    for (size_t i = 0; i < WALK_ASIDES; i++) {
        if (walk->aside[i].folder >= 0)
            close(walk->aside[i].folder);
        walk->aside[i].folder = -1;
    }
}

enum walk_state
walk_to(struct walk *walk, struct str path, int *folder)
{
    if (walk->folders[0] < 0)
        return WALK_ABSENT;
    if (walk->stopped.len > 0 && is_path_below(path, walk->stopped))
        return walk->state;
    walk->stopped = STR("");
    walk->state = WALK_HERE;
    leave_to(walk, shared_depth(walk, path));
    enter_aside(walk, path);
    struct str wanted = path_folder(path);
    while (walk->path.len < wanted.len && enter_next(walk, wanted))
        continue;
    *folder = walk->folders[walk->depth];
    return walk->state;
}

enum walk_state
walk_make(struct walk *walk, struct str path, struct vec *made, int *folder)
{
    walk->makes = true;
    walk->made = made;
    walk->stopped = STR("");
    enum walk_state state = walk_to(walk, path, folder);
    walk->makes = false;
    return state;
}

static void
leave_to(struct walk *walk, size_t depth)
{
    if (walk->keeps_aside && walk->depth > depth)
        set_aside(walk);
    for (; walk->depth > depth; walk->depth--) {
        if (walk->folders[walk->depth] >= 0)
            close(walk->folders[walk->depth]);
    }
    walk->path = str_slice(walk->path, 0, walk->ends[depth]);
}

/* The innermost folder. */
static void
set_aside(struct walk *walk)
{
    struct walk_aside *aside = &walk->aside[walk->next_aside++ % WALK_ASIDES];
    if (aside->folder >= 0)
        close(aside->folder);
    *aside = (struct walk_aside){walk->folders[walk->depth], walk->path};
    walk->depth--;
}

/* Straight into the innermost of them that `path` lies in. */
static void
enter_aside(struct walk *walk, struct str path)
{
    struct walk_aside *innermost = NULL;
    size_t len = walk->path.len;
    for (size_t i = 0; i < WALK_ASIDES; i++) {
        struct walk_aside *aside = &walk->aside[i];
        if (aside->folder < 0 || aside->path.len <= len ||
            !is_path_below(path, aside->path))
            continue;
        innermost = aside;
        len = aside->path.len;
    }
    if (innermost == NULL)
        return;
    while (walk->path.len < len)
        step_into(walk, next_folder(walk, innermost->path), -1);
    walk->folders[walk->depth] = innermost->folder;
    innermost->folder = -1;
}

/* Down to the innermost open folder that `path` lies in. */
static size_t
shared_depth(const struct walk *walk, struct str path)
{
    size_t depth = walk->depth;
    while (depth > 0 &&
           (walk->folders[depth] < 0 ||
            !is_path_below(path, str_slice(walk->path, 0, walk->ends[depth]))))
        depth--;
    return depth;
}

/* One part further on the way to `folder`. */
static bool
enter_next(struct walk *walk, struct str folder)
{
    struct str path = next_folder(walk, folder);
    int inside;
    int error = enter_or_make(walk, path, &inside);
    if (error == EMFILE) {
        close_asides(walk);
        error = enter_or_make(walk, path, &inside);
    }
    if (error != 0) {
        walk->state = state_of(error);
        walk->error = error;
        walk->stopped = path;
        return false;
    }
    step_into(walk, path, inside);
    return true;
}

static struct str
next_folder(const struct walk *walk, struct str folder)
{
    size_t start = walk->path.len == 0 ? 0 : walk->path.len + 1;
    return str_slice(folder, 0, str_index(folder, '/', start));
}

static void
step_into(struct walk *walk, struct str path, int folder)
{
    assert(walk->depth < LIMIT_OUTPUT_DEPTH);
    walk->depth++;
    walk->folders[walk->depth] = folder;
    walk->ends[walk->depth] = path.len;
    walk->path = path;
}

static int
enter_or_make(struct walk *walk, struct str path, int *inside)
{
    int folder = walk->folders[walk->depth];
    struct name name = name_from(path_name(path));
    int error = disk_enter(folder, name, inside);
    if (error != ENOENT || !walk->makes)
        return error;
    if (mkdirat(folder, name.at, 0777) == 0) {
        if (walk->made)
            *(struct str *)vec_add(walk->made) = path;
    } else if (errno != EEXIST) {
        return errno;
    }
    return disk_enter(folder, name, inside);
}

static enum walk_state
state_of(int error)
{
    if (error == ENOENT)
        return WALK_ABSENT;
    return error == ENOTDIR || error == ELOOP ? WALK_BLOCKED : WALK_FAILED;
}
