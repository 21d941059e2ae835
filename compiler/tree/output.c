#include "tree/output.h"

#include "base/descriptor.h"
#include "tree/disk.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str folder_named(struct str folder);
static int open_root(struct output *output);
static bool is_held(int root);
static int make_folder(struct output *output, struct str path);
static struct status status_of(const struct output *output, int error);

struct status
output_open(struct output *output, struct arena *arena, struct str folder)
{
    *output = (struct output){
        .arena = arena,
        .folder = folder_named(folder),
        .root = -1,
    };
    vec_init(&output->made, arena, sizeof(char *));
    if (has_byte(folder, '\0'))
        return status_of(output, ENOENT);
    int error = open_root(output);
    return status_of(output, error == ENOENT ? 0 : error);
}

struct status
output_make(struct output *output)
{
    assert(output->root < 0);
    size_t end = 0;
    int error = 0;
    while (end < output->folder.len && error == 0) {
        end = str_index(output->folder, '/', end + 1);
        error = make_folder(output, str_slice(output->folder, 0, end));
    }
    if (error == 0)
        error = open_root(output);
    struct status status = status_of(output, error);
    if (status.kind != STATUS_OK)
        output_unmake(output);
    return status;
}

void
output_unmake(struct output *output)
{
    for (size_t i = output->made.count; i > 0; i--)
        rmdir(*(char **)vec_at(&output->made, i - 1));
    output->made.count = 0;
}

void
output_close(struct output *output)
{
    if (output->root >= 0)
        close(output->root);
    output->root = -1;
}

/* Without the slashes at its end. */
static struct str
folder_named(struct str folder)
{
    while (folder.len > 1 && folder.at[folder.len - 1] == '/')
        folder = str_slice(folder, 0, folder.len - 1);
    return folder.len > 0 ? folder : STR(".");
}

/* 0 or an errno; EWOULDBLOCK when another run holds it. */
static int
open_root(struct output *output)
{
    int root =
        descriptor_open(AT_FDCWD, arena_cstr(output->arena, output->folder),
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (root < 0)
        return errno;
    if (is_held(root)) {
        close(root);
        return EWOULDBLOCK;
    }
    output->root = root;
    return 0;
}

/* Not every file system can lock a folder. Where it can't, there is no guard
 * against a second run, and that is no reason to refuse the first. */
static bool
is_held(int root)
{
    return flock(root, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

static int
make_folder(struct output *output, struct str path)
{
    char *name = arena_cstr(output->arena, path);
    if (mkdir(name, 0777) == 0)
        vec_add_pointer(&output->made, name);
    else if (errno != EEXIST && errno != EISDIR)
        return errno;
    return 0;
}

static struct status
status_of(const struct output *output, int error)
{
    if (error == 0)
        return (struct status){.kind = STATUS_OK};
    if (error == EWOULDBLOCK)
        return (struct status){
            .kind = STATUS_CANNOT_WRITE,
            .message =
                arena_format(output->arena, "another broxc is writing to `{}`",
                             STRS(output->folder)),
        };
    return disk_status(output->arena, STATUS_CANNOT_WRITE, output->folder,
                       STR(""), error);
}
