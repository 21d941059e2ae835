#include "tree/staging.h"

#include "base/descriptor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_staged(struct str name);
static struct status cannot_write(const struct output *output, struct str path,
                                  int error);

int
staging_make(const struct output *output, int *staging)
{
    struct name name = name_from(STR(STAGING_NAME));
    if (mkdirat(output->root, name.at, 0700) != 0)
        return errno;
    int error = disk_enter(output->root, name, staging);
    if (error != 0)
        unlinkat(output->root, name.at, AT_REMOVEDIR);
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
staging_clear(int staging, bool keeps_lock)
{
    int again =
        descriptor_open(staging, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    DIR *folder = again < 0 ? NULL : fdopendir(again);
    if (!folder) {
        if (again >= 0)
            close(again);
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        struct str name = str_from(entry->d_name);
        bool is_lock = is_str_equal(name, STR(STAGED_LOCK));
        if (is_lock ? !keeps_lock : is_staged(name))
            unlinkat(staging, entry->d_name, 0);
    }
    closedir(folder);
}

struct status
staging_close(const struct output *output, int staging)
{
    close(staging);
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
