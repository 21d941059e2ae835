#define _XOPEN_SOURCE 700 /* realpath */

#include "tree/put.h"

#include "base/descriptor.h"
#include "tree/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { NEW_FILE = 0666 };

/* A new file beside the old one, then a rename over it. */
static int
exchange(int folder, struct name name, struct name aside, struct str content)
{
    struct seen seen;
    int error = disk_look(folder, name, &seen);
    bool is_new = seen.kind == SEEN_NOTHING;
    if (error == 0 && !is_new && seen.kind != SEEN_FILE)
        error = seen.kind == SEEN_FOLDER ? EISDIR : EINVAL;
    if (error != 0)
        return error;
    unlinkat(folder, aside.at, 0); /* left by a run that was ended */
    error = disk_write(folder, aside, is_new ? NEW_FILE : seen.mode, !is_new,
                       content);
    if (error == 0 && renameat(folder, aside.at, folder, name.at) != 0)
        error = errno;
    if (error != 0)
        unlinkat(folder, aside.at, 0);
    return error;
}

static int
put_at(struct arena *arena, struct str path, struct str content)
{
    size_t cut = path.len;
    while (cut > 0 && path.at[cut - 1] != '/')
        cut--;
    struct str base = str_slice(path, cut, path.len);
    struct str parent = cut == 0 ? STR(".") : str_slice(path, 0, cut);
    struct str aside = arena_format(arena, ".{}.broxc-new", STRS(base));
    if (is_str_empty(base))
        return EISDIR;
    if (aside.len > PATH_PART_BYTES)
        return ENAMETOOLONG;
    int folder = descriptor_open(AT_FDCWD, arena_cstr(arena, parent),
                                 O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (folder < 0)
        return errno;
    int error = exchange(folder, name_from(base), name_from(aside), content);
    close(folder);
    return error;
}

struct status
put_file(struct arena *arena, struct str path, struct str content)
{
    char found[PATH_MAX];
    bool is_there = realpath(arena_cstr(arena, path), found) != NULL;
    int error = is_there || errno == ENOENT
                    ? put_at(arena, is_there ? str_from(found) : path, content)
                    : errno;
    if (error == 0)
        return (struct status){STATUS_OK, STR("")};
    return disk_status(arena, STATUS_CANNOT_WRITE, path, STR(""), error);
}
