/*
 * Reading files and folders through POSIX.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "source/read.h"

#include "base/descriptor.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct status
cannot_read(struct arena *arena, struct str path, const char *why)
{
    return (struct status){
        STATUS_CANNOT_READ,
        arena_format(arena, "cannot read `{}`: {}", STRS(path, str_from(why)))};
}

static const char *
reason(int error)
{
    if (error == ENOENT)
        return "no such file";
    if (error == EISDIR)
        return "it is a folder";
    if (error == EACCES)
        return "permission denied";
    if (error == ENOTDIR)
        return "a folder of its path is a file";
    if (error == ELOOP)
        return "its symbolic links lead in a circle";
    if (error == ENAMETOOLONG)
        return "its name is too long";
    return strerror(error);
}

/* Everything from a descriptor, up to the limit and one byte. */
static struct status
read_all(struct arena *arena, int fd, struct str path, size_t size_hint,
         struct str *text)
{
    size_t capacity = size_hint + 1;
    char *at = arena_new(arena, capacity);
    size_t len = 0;
    for (;;) {
        if (len == capacity) {
            at = arena_grow(arena, at, capacity, capacity * 2);
            capacity *= 2;
        }
        ssize_t count = read(fd, at + len, capacity - len);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return cannot_read(arena, path, reason(errno));
        if (count == 0)
            break;
        len += (size_t)count;
        if (len > LIMIT_FILE_BYTES)
            return cannot_read(arena, path,
                               "it has more than 16 MiB, which is the limit");
    }
    *text = (struct str){at, len};
    return (struct status){STATUS_OK, STR("")};
}

struct status
read_file(struct arena *arena, struct str path, struct str *text)
{
    struct stat about;
    if (has_byte(path, '\0'))
        return cannot_read(arena, STR(""), "the path holds a NUL");
    int fd = descriptor_open(AT_FDCWD, arena_cstr(arena, path),
                             O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
    if (fd < 0)
        return cannot_read(arena, path, reason(errno));
    struct hold hold = {.release = descriptor_release, .thing = &fd};
    arena_hold(arena, &hold);
    struct status status;
    if (fstat(fd, &about) != 0)
        status = cannot_read(arena, path, reason(errno));
    else if (S_ISDIR(about.st_mode))
        status = cannot_read(arena, path, reason(EISDIR));
    else if (!S_ISREG(about.st_mode))
        status = cannot_read(arena, path, "it is not a regular file");
    else if (about.st_size > LIMIT_FILE_BYTES)
        status = cannot_read(arena, path,
                             "it has more than 16 MiB, which is the limit");
    else
        status = read_all(arena, fd, path, (size_t)about.st_size, text);
    arena_let_go(arena, &hold);
    close(fd);
    return status;
}

/* Did the look at a path tell that no file is there? */
static bool
is_absent(int error)
{
    return error == ENOENT || error == ENOTDIR || error == ELOOP ||
           error == ENAMETOOLONG;
}

struct status
read_file_if_any(struct arena *arena, struct str path, struct str *text)
{
    struct stat about;
    *text = STR("");
    if (has_byte(path, '\0'))
        return cannot_read(arena, STR(""), "the path holds a NUL");
    bool is_seen = stat(arena_cstr(arena, path), &about) == 0;
    if (!is_seen && !is_absent(errno))
        return cannot_read(arena, path, reason(errno));
    if (!is_seen || !S_ISREG(about.st_mode))
        return (struct status){STATUS_OK, STR("")};
    return read_file(arena, path, text);
}

bool
is_file_below(struct arena *arena, struct str folder, struct str path)
{
    if (has_byte(path, '\0'))
        return true;
    struct str from = is_str_empty(folder) ? STR(".") : folder;
    char *root = realpath(arena_cstr(arena, from), arena_new(arena, PATH_MAX));
    char *file = realpath(arena_cstr(arena, path), arena_new(arena, PATH_MAX));
    if (root == NULL || file == NULL)
        return true;
    size_t len = strcmp(root, "/") == 0 ? 0 : strlen(root);
    return strncmp(root, file, len) == 0 && file[len] == '/';
}

struct status
read_standard_input(struct arena *arena, struct str *text)
{
    return read_all(arena, STDIN_FILENO, STR("-"), 4096, text);
}

/* NULL, and errno, when it cannot. */
static DIR *
open_folder(struct arena *arena, struct str folder)
{
    int fd = descriptor_open(AT_FDCWD, arena_cstr(arena, folder),
                             O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    DIR *stream = fd < 0 ? NULL : fdopendir(fd);
    int error = errno;
    if (stream == NULL && fd >= 0)
        close(fd);
    errno = error;
    return stream;
}

static void
close_folder(void *stream)
{
    closedir(stream);
}

/* Gives 0 or an errno. */
static int
list_entries(struct arena *arena, DIR *stream,
             void (*add)(void *to, struct str name), void *to)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (entry == NULL)
            return errno;
        struct str name = arena_copy(arena, str_from(entry->d_name));
        if (!is_str_equal(name, STR(".")) && !is_str_equal(name, STR("..")))
            add(to, name);
    }
}

struct status
list_folder(struct arena *arena, struct str folder,
            void (*add)(void *to, struct str name), void *to)
{
    if (has_byte(folder, '\0'))
        return cannot_read(arena, STR(""), "the path holds a NUL");
    DIR *stream = open_folder(arena, folder);
    if (stream == NULL)
        return cannot_read(arena, folder, reason(errno));
    struct hold hold = {.release = close_folder, .thing = stream};
    arena_hold(arena, &hold);
    int error = list_entries(arena, stream, add, to);
    arena_let_go(arena, &hold);
    closedir(stream);
    if (error != 0)
        return cannot_read(arena, folder, reason(error));
    return (struct status){STATUS_OK, STR("")};
}
