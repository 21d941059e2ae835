#include "tree/staging.h"

#include "base/descriptor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void clear_folder(DIR *folder);
static DIR *open_folder(int parent, const char *name);
static bool is_staged(struct str name);
static struct status cannot_write(const struct output *output, struct str path,
                                  int error);

static int
make_folder(int parent, struct name name, int *folder)
{
    if (mkdirat(parent, name.at, 0700) != 0)
        return errno;
    int error = disk_enter(parent, name, folder);
    if (error != 0)
        unlinkat(parent, name.at, AT_REMOVEDIR);
    return error;
}

int
staging_make(const struct output *output, struct staging *staging)
{
    *staging = NO_STAGING;
    int error = make_folder(output->root, name_from(STR(STAGING_NAME)),
                            &staging->folder);
    if (error == 0)
        error = make_folder(staging->folder, name_from(STR(STAGED_TREES)),
                            &staging->trees);
    if (error != 0 && staging->folder >= 0)
        (void)staging_close(output, staging);
    return error;
}

struct status
staging_status(const struct output *output, struct str path, int error)
{
    if (error == EEXIST && is_str_empty(path))
        path = STR(STAGING_NAME);
    return cannot_write(output, path, error);
}

struct status
staging_lock(const struct output *output, int staging, struct str lock)
{
    int error =
        disk_write(staging, name_from(STR(STAGED_LOCK)), 0666, false, lock);
    return cannot_write(output, STR(LOCK_NAME), error);
}

void
staging_clear(int folder, bool keeps_lock)
{
    DIR *trees = open_folder(folder, STAGED_TREES);
    DIR *files = open_folder(folder, ".");
    const struct dirent *entry;
    if (trees)
        clear_folder(trees);
    while (files && (entry = readdir(files)) != NULL) {
        struct str name = str_from(entry->d_name);
        bool is_lock = is_str_equal(name, STR(STAGED_LOCK));
        if (is_lock ? !keeps_lock : is_staged(name))
            unlinkat(folder, entry->d_name, 0);
    }
    if (files)
        closedir(files);
}

/* Files and folders, at any depth, and closes it; what else somebody put there
 * stays. */
static void
clear_folder(DIR *folder)
{
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        struct seen seen;
        if (is_folder_itself(str_from(entry->d_name)) ||
            disk_look(dirfd(folder), name_from(str_from(entry->d_name)),
                      &seen) != 0)
            continue;
        DIR *inner = seen.kind == SEEN_FOLDER
                         ? open_folder(dirfd(folder), entry->d_name)
                         : NULL;
        if (inner)
            clear_folder(inner);
        if (seen.kind == SEEN_FILE || inner)
            unlinkat(dirfd(folder), entry->d_name, inner ? AT_REMOVEDIR : 0);
    }
    closedir(folder);
}

static DIR *
open_folder(int parent, const char *name)
{
    int file = descriptor_open(
        parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
    DIR *folder = file < 0 ? NULL : fdopendir(file);
    if (!folder && file >= 0)
        close(file);
    return folder;
}

struct status
staging_close(const struct output *output, struct staging *staging)
{
    unlinkat(staging->folder, STAGED_TREES, AT_REMOVEDIR);
    if (staging->trees >= 0)
        close(staging->trees);
    close(staging->folder);
    *staging = NO_STAGING;
    struct str path = STR(STAGING_NAME);
    bool is_gone =
        unlinkat(output->root, name_from(path).at, AT_REMOVEDIR) == 0;
    return cannot_write(output, path, is_gone ? 0 : errno);
}

struct name
staged_name(enum staged staged, size_t number)
{
    char digits[32];
    size_t start = sizeof digits;
    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    digits[--start] = (char)staged;
    return name_from((struct str){digits + start, sizeof digits - start});
}

static bool
is_staged(struct str name)
{
    int64_t number;
    if (name.len > 1 && (name.at[0] == STAGED_NEW || name.at[0] == STAGED_WAS))
        return str_to_number(str_slice(name, 1, name.len), &number);
    return is_str_equal(name, STR(STAGED_REPAIR));
}

static struct status
cannot_write(const struct output *output, struct str path, int error)
{
    if (error == 0)
        return (struct status){.kind = STATUS_OK};
    return disk_status(output->arena, STATUS_CANNOT_WRITE, output->folder, path,
                       error);
}
