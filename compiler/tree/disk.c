#include "tree/disk.h"

#include "base/descriptor.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 64 * 1024, PERMISSIONS = 0777 };

/* A row of what the machine may say. */
struct machine_word {
    int error;
    struct str text;
};

static struct seen seen_from(const struct stat *facts);
static enum seen_kind kind_of(mode_t mode);
static int read_some(int file, char *at, size_t size, size_t *count);
static int read_content(struct arena *arena, int file, uint64_t bytes_max,
                        struct str *content);
static struct str error_text(struct arena *arena, int error);

struct name
name_from(struct str part)
{
    assert(part.len > 0);
    assert(part.len <= PATH_PART_BYTES);
    struct name name;
    memcpy(name.at, part.at, part.len);
    name.at[part.len] = '\0';
    return name;
}

bool
is_folder_itself(struct str name)
{
    return is_str_equal(name, STR(".")) || is_str_equal(name, STR(".."));
}

int
disk_look(int folder, struct name name, struct seen *seen)
{
    struct stat facts;
    *seen = (struct seen){.kind = SEEN_NOTHING};
    if (fstatat(folder, name.at, &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? 0 : errno;
    *seen = seen_from(&facts);
    return 0;
}

bool
is_same_file(const struct seen *a, const struct seen *b)
{
    return a->kind == SEEN_FILE && b->kind == SEEN_FILE &&
           a->device == b->device && a->number == b->number;
}

int
disk_compare(int folder, struct name name, struct str content, bool *is_same)
{
    int file;
    int error = disk_open(folder, name, &file);
    if (error != 0)
        return error;
    error = disk_compare_next(file, content, is_same);
    close(file);
    return error;
}

int
disk_compare_seen(int folder, struct name name, struct str content,
                  struct seen *seen, bool *is_same)
{
    struct stat facts;
    int file;
    int error = disk_open(folder, name, &file);
    *is_same = false;
    if (error != 0)
        return error;
    if (fstat(file, &facts) != 0)
        error = errno;
    else
        *seen = seen_from(&facts);
    if (error == 0 && seen->kind == SEEN_FILE && seen->bytes == content.len)
        error = disk_compare_next(file, content, is_same);
    close(file);
    return error;
}

int
disk_hash(int folder, struct name name, struct hash *hash)
{
    int file;
    int error = disk_open(folder, name, &file);
    if (error != 0)
        return error;
    error = hash_file(file, hash);
    close(file);
    return error;
}

int
disk_read(struct arena *arena, int folder, struct name name, uint64_t bytes_max,
          struct str *content)
{
    int file;
    int error = disk_open(folder, name, &file);
    if (error != 0)
        return error;
    struct hold hold = {.release = descriptor_release, .thing = &file};
    arena_hold(arena, &hold);
    error = read_content(arena, file, bytes_max, content);
    arena_let_go(arena, &hold);
    close(file);
    return error;
}

int
disk_write(int folder, struct name name, mode_t mode, bool is_mode_exact,
           struct str content)
{
    int file;
    int error = disk_make(folder, name, mode, &file);
    if (error != 0)
        return error;
    error = disk_append(file, content);
    int end = disk_end(file, mode, error == 0 && is_mode_exact);
    return error == 0 ? end : error;
}

int
disk_make(int folder, struct name name, mode_t mode, int *file)
{
    *file = descriptor_open(
        folder, name.at, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
        mode);
    return *file < 0 ? errno : 0;
}

int
disk_end(int file, mode_t mode, bool is_mode_exact)
{
    int error = is_mode_exact && fchmod(file, mode) != 0 ? errno : 0;
    int end = descriptor_close(file);
    return error == 0 ? end : error;
}

int
disk_copy(int from, int to, uint64_t bytes)
{
    char chunk[CHUNK_BYTES];
    if (lseek(from, 0, SEEK_SET) != 0)
        return errno;
    while (bytes > 0) {
        size_t size = bytes < sizeof chunk ? (size_t)bytes : sizeof chunk;
        size_t count;
        int error = read_some(from, chunk, size, &count);
        if (error == 0 && count < size)
            error = EIO; /* it was longer when it was compared */
        if (error == 0)
            error = disk_append(to, (struct str){chunk, count});
        if (error != 0)
            return error;
        bytes -= count;
    }
    return 0;
}

int
disk_enter(int folder, struct name name, int *inside)
{
    *inside = descriptor_open(
        folder, name.at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
    return *inside < 0 ? errno : 0;
}

struct status
disk_status(struct arena *arena, enum status_kind kind, struct str folder,
            struct str path, int error)
{
    struct str verb = kind == STATUS_CANNOT_READ ? STR("read") : STR("write");
    struct str slash = path.len > 0 ? STR("/") : STR("");
    struct str message =
        arena_format(arena, "cannot {} `{}{}{}`: {}",
                     STRS(verb, folder, slash, path, error_text(arena, error)));
    return (struct status){.kind = kind, .message = message};
}

static struct seen
seen_from(const struct stat *facts)
{
    return (struct seen){
        .kind = kind_of(facts->st_mode),
        .mode = facts->st_mode & PERMISSIONS,
        .bytes = (uint64_t)facts->st_size,
        .device = facts->st_dev,
        .number = facts->st_ino,
    };
}

static enum seen_kind
kind_of(mode_t mode)
{
    if (S_ISREG(mode))
        return SEEN_FILE;
    return S_ISDIR(mode) ? SEEN_FOLDER : SEEN_OTHER;
}

/* O_NONBLOCK: a pipe that took the file's place must not make us wait. */
int
disk_open(int folder, struct name name, int *file)
{
    *file = descriptor_open(folder, name.at,
                            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
    return *file < 0 ? errno : 0;
}

int
disk_compare_next(int file, struct str content, bool *is_same)
{
    char chunk[CHUNK_BYTES];
    *is_same = true;
    while (content.len > 0 && *is_same) {
        size_t size = content.len < sizeof chunk ? content.len : sizeof chunk;
        size_t count;
        int error = read_some(file, chunk, size, &count);
        if (error != 0)
            return error;
        *is_same = is_str_equal((struct str){chunk, count},
                                str_slice(content, 0, size));
        content = str_slice(content, size, content.len);
    }
    return 0;
}

/* Fills `at`, unless the file ends before. */
static int
read_some(int file, char *at, size_t size, size_t *count)
{
    *count = 0;
    while (*count < size) {
        ssize_t got = read(file, at + *count, size - *count);
        if (got == 0)
            return 0;
        if (got > 0)
            *count += (size_t)got;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

static int
read_content(struct arena *arena, int file, uint64_t bytes_max,
             struct str *content)
{
    struct stat facts;
    if (fstat(file, &facts) != 0)
        return errno;
    if ((uint64_t)facts.st_size > bytes_max)
        return EFBIG;
    size_t size = (size_t)facts.st_size;
    char *at = arena_array(arena, size, 1);
    size_t count;
    int error = read_some(file, at, size, &count);
    *content = (struct str){at, count};
    return error;
}

int
disk_append(int file, struct str content)
{
    size_t done = 0;
    while (done < content.len) {
        ssize_t count = write(file, content.at + done, content.len - done);
        if (count >= 0)
            done += (size_t)count;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

static struct str
error_text(struct arena *arena, int error)
{
    static const struct machine_word words[] = {
        {EACCES, STR_INIT("permission denied")},
        {EPERM, STR_INIT("permission denied")},
        {ENOENT, STR_INIT("it is not there")},
        {ENOSPC, STR_INIT("the disk is full")},
        {EDQUOT, STR_INIT("the disk quota is used up")},
        {EROFS, STR_INIT("the file system is read-only")},
        {ENOTDIR, STR_INIT("it is a file, where a folder should be")},
        {EISDIR, STR_INIT("it is a folder, where a file should be")},
        {EEXIST, STR_INIT("something else is in its place")},
        {ENOTEMPTY, STR_INIT("it holds files that are not ours")},
        {ELOOP, STR_INIT("it is a symbolic link")},
        {ENAMETOOLONG, STR_INIT("its name is too long")},
        {EFBIG, STR_INIT("it is too large")},
        {EXDEV, STR_INIT("it lies on another file system")},
        {EMFILE, STR_INIT("too many files are open")},
        {ENFILE, STR_INIT("too many files are open")},
        {EIO, STR_INIT("the medium has failed")},
        {ESTALE, STR_INIT("it was changed meanwhile")},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].error == error)
            return words[i].text;
    }
    return arena_format(arena, "the machine's error {}",
                        STRS(arena_number(arena, error)));
}
