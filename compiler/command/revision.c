#include "command/revision.h"

#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { NAME_MAX_BYTES = 4096, SPEC_MAX = NAME_MAX_BYTES + REVISION_ID_MAX + 8 };

/* The whole of an open file, until the process ends: texts must outlive the
 * handle that reads them. */
static bool
map_file(int file, struct brx_text *text)
{
    struct stat status;
    *text = brx_text("");
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    if (status.st_size == 0)
        return true;
    size_t len = (size_t)status.st_size;
    void *at = mmap(NULL, len, PROT_READ, MAP_PRIVATE, file, 0);
    if (at == MAP_FAILED)
        return false;
    *text = (struct brx_text){at, len};
    return true;
}

static bool
spawn_git(char *const *arguments, int out)
{
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    bool is_started =
        posix_spawnp(&child, "git", &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return is_started && waitpid(child, &status, 0) == child && status == 0;
}

/* What a git says; false when it does not end well. */
static bool
run_git(char *const *arguments, struct brx_text *text)
{
    FILE *out = tmpfile();
    if (out == NULL)
        return false;
    bool is_fine =
        spawn_git(arguments, fileno(out)) && map_file(fileno(out), text);
    fclose(out);
    return is_fine;
}

/* The one line that a git says, an object's name. */
static bool
read_id(struct revision *revision, char *const *arguments)
{
    struct brx_text text;
    if (!run_git(arguments, &text) || text.len < 2 ||
        text.len > REVISION_ID_MAX + 1)
        return false;
    memcpy(revision->id, text.at, text.len - 1);
    revision->id[text.len - 1] = '\0';
    return true;
}

bool
revision_find(struct revision *revision, const char *name, size_t len)
{
    char spec[SPEC_MAX];
    if (len == 0 || len > NAME_MAX_BYTES)
        return false;
    snprintf(spec, sizeof spec, "%.*s^{commit}", (int)len, name);
    return read_id(revision,
                   (char *[]){"git", "rev-parse", "--verify", "--quiet",
                              "--end-of-options", spec, NULL});
}

bool
revision_find_base(struct revision *revision, const struct revision *a,
                   const struct revision *b)
{
    char first[REVISION_ID_MAX + 1];
    char second[REVISION_ID_MAX + 1];
    memcpy(first, a->id, sizeof first);
    memcpy(second, b->id, sizeof second);
    return read_id(revision,
                   (char *[]){"git", "merge-base", first, second, NULL});
}

/* `ID:./path`, which git reads from this folder on. */
static bool
write_spec(char spec[SPEC_MAX], const struct revision *revision,
           struct brx_text path)
{
    if (path.len > NAME_MAX_BYTES || memchr(path.at, '\0', path.len) != NULL)
        return false;
    snprintf(spec, SPEC_MAX, "%s:./%.*s", revision->id, (int)path.len, path.at);
    return true;
}

static bool
is_named(const char *name, struct brx_text path)
{
    return name != NULL && strlen(name) == path.len &&
           memcmp(name, path.at, path.len) == 0;
}

/* What the command line names beside the program is no part of a revision. */
static bool
is_on_disk(const struct options *options, struct brx_text path)
{
    for (size_t i = 0; i < options->given.count; i++) {
        if (is_named(options->given.at[i], path))
            return true;
    }
    return is_named(options->baseline, path);
}

static bool
read_disk(struct brx_text path, struct brx_text *text)
{
    char name[NAME_MAX_BYTES + 1];
    if (path.len > NAME_MAX_BYTES)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)path.len, path.at);
    int file = open(name, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool is_read = map_file(file, text);
    close(file);
    return is_read;
}

enum brx_status
revision_read(void *context, struct brx_text path, struct brx_text *text)
{
    const struct revision *revision = context;
    char spec[SPEC_MAX];
    bool is_read;
    if (is_on_disk(revision->options, path))
        is_read = read_disk(path, text);
    else
        is_read =
            write_spec(spec, revision, path) &&
            run_git((char *[]){"git", "cat-file", "blob", spec, NULL}, text);
    if (is_read)
        return BRX_OK;
    *text = brx_text("no such file in that revision");
    return BRX_CANNOT_READ;
}

enum brx_status
revision_list(void *context, struct brx_text folder,
              void (*add)(void *to, struct brx_text name), void *to)
{
    const struct revision *revision = context;
    char spec[SPEC_MAX];
    struct brx_text names;
    if (!write_spec(spec, revision, folder) ||
        !run_git((char *[]){"git", "ls-tree", "-z", "--name-only",
                            "--full-tree", spec, NULL},
                 &names))
        return BRX_CANNOT_READ;
    for (size_t at = 0, end; at < names.len; at = end + 1) {
        const char *stop = memchr(names.at + at, '\0', names.len - at);
        end = stop == NULL ? names.len : (size_t)(stop - names.at);
        add(to, (struct brx_text){names.at + at, end - at});
    }
    return BRX_OK;
}
