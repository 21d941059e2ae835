#define _XOPEN_SOURCE 700 /* realpath */

#include "tree/replace.h"

#include "tree/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int
open_parent(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* A new file beside the old one, then a rename over it. */
static int
exchange(int folder, struct name name, struct name aside, struct str content)
{
    struct seen seen;
    int error = disk_look(folder, name, &seen);
    if (error == 0 && seen.kind != SEEN_FILE)
        error = seen.kind == SEEN_NOTHING ? ENOENT : EINVAL;
    if (error != 0)
        return error;
    unlinkat(folder, aside.at, 0); /* left by a run that was ended */
    error = disk_write(folder, aside, seen.mode, true, content);
    if (error == 0 && renameat(folder, aside.at, folder, name.at) != 0)
        error = errno;
    if (error != 0)
        unlinkat(folder, aside.at, 0);
    return error;
}

static int
replace_in(struct arena *arena, struct str real_path, struct str content)
{
    size_t cut = real_path.len;
    while (real_path.at[cut - 1] != '/')
        cut--;
    struct str base = str_slice(real_path, cut, real_path.len);
    struct str aside = arena_format(arena, ".{}.broxc-new", STRS(base));
    if (aside.len > PATH_PART_BYTES)
        return ENAMETOOLONG;
    int folder = open_parent(arena_cstr(arena, str_slice(real_path, 0, cut)));
    if (folder < 0)
        return errno;
    int error = exchange(folder, name_from(base), name_from(aside), content);
    close(folder);
    return error;
}

struct status
replace_file(struct arena *arena, struct str path, struct str content)
{
    char found[PATH_MAX];
    int error = realpath(arena_cstr(arena, path), found) == NULL
                    ? errno
                    : replace_in(arena, str_from(found), content);
    if (error == 0)
        return (struct status){STATUS_OK, STR("")};
    return disk_status(arena, STATUS_CANNOT_WRITE, path, STR(""), error);
}
