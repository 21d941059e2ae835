/*
 * floor: the least that a job can cost, for a ratio. What comes out is known
 * beforehand and lies in one file, a pack: for each file `SIZE PATH`, a
 * newline, and its bytes.
 *
 *     floor pack TREE PACK       puts a tree's files into a pack
 *     floor write PACK TREE      only writes those files
 *     floor compare PACK TREE    only reads and compares them
 *     floor print PACK           only prints their bytes
 *
 * Exit: 1 when the machine refuses something or a file differs.
 */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct packed {
    const char *path;
    const char *bytes;
    size_t len;
};

typedef bool each_file(struct packed file);

static FILE *pack; /* nftw() hands no context on */

static int
add_to_pack(const char *path, const struct stat *status, int kind,
            struct FTW *place)
{
    (void)place;
    if (kind != FTW_F)
        return 0;
    FILE *file = fopen(path, "rb");
    char *bytes = malloc((size_t)status->st_size + 1);
    bool is_read = file != NULL && bytes != NULL &&
                   fread(bytes, 1, (size_t)status->st_size, file) ==
                       (size_t)status->st_size;
    if (is_read) {
        fprintf(pack, "%jd %s\n", (intmax_t)status->st_size, path);
        fwrite(bytes, 1, (size_t)status->st_size, pack);
    }
    free(bytes);
    if (file != NULL)
        fclose(file);
    return is_read ? 0 : 1;
}

static bool
make_pack(const char *tree, const char *path)
{
    int out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    pack = out < 0 ? NULL : fdopen(out, "wb");
    return pack != NULL && chdir(tree) == 0 &&
           nftw(".", add_to_pack, 16, FTW_PHYS) == 0 && fclose(pack) == 0;
}

/* Mapped for writing, since a path's end is marked in it. */
static bool
for_each(const char *path, const char *tree, each_file *call)
{
    struct stat status;
    int in = open(path, O_RDONLY | O_CLOEXEC);
    if (in < 0 || fstat(in, &status) != 0)
        return false;
    size_t len = (size_t)status.st_size;
    char *at = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE, in, 0);
    if (at == MAP_FAILED || (tree != NULL && chdir(tree) != 0))
        return false;
    const char *end = at + len;
    while (at < end) {
        char *rest;
        struct packed file = {.len = (size_t)strtoumax(at, &rest, 10)};
        char *newline = memchr(rest, '\n', (size_t)(end - rest));
        file.path = rest + 1;
        *newline = '\0';
        file.bytes = newline + 1;
        at = newline + 1 + file.len;
        if (!call(file))
            return false;
    }
    return true;
}

static bool
write_file(struct packed file)
{
    char folder[4096];
    int out = open(file.path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    for (const char *slash = strchr(file.path + 2, '/');
         out < 0 && slash != NULL; slash = strchr(slash + 1, '/')) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - file.path),
                 file.path);
        mkdir(folder, 0777);
    }
    if (out < 0)
        out = open(file.path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    return out >= 0 && write(out, file.bytes, file.len) == (ssize_t)file.len &&
           close(out) == 0;
}

static bool
compare_file(struct packed file)
{
    static char bytes[1 << 20];
    size_t at = 0;
    int in = open(file.path, O_RDONLY);
    while (in >= 0) {
        ssize_t got = read(in, bytes, sizeof bytes);
        if (got <= 0)
            break;
        if ((size_t)got > file.len - at ||
            memcmp(bytes, file.bytes + at, (size_t)got) != 0)
            return false;
        at += (size_t)got;
    }
    return in >= 0 && at == file.len && close(in) == 0;
}

static bool
print_file(struct packed file)
{
    return fwrite(file.bytes, 1, file.len, stdout) == file.len;
}

int
main(int argc, char **argv)
{
    bool is_done = false;
    if (argc == 4 && strcmp(argv[1], "pack") == 0)
        is_done = make_pack(argv[2], argv[3]);
    else if (argc == 4 && strcmp(argv[1], "write") == 0)
        is_done =
            mkdir(argv[3], 0777) == 0 && for_each(argv[2], argv[3], write_file);
    else if (argc == 4 && strcmp(argv[1], "compare") == 0)
        is_done = for_each(argv[2], argv[3], compare_file);
    else if (argc == 3 && strcmp(argv[1], "print") == 0)
        is_done = for_each(argv[2], NULL, print_file) && fflush(stdout) == 0;
    return is_done ? 0 : 1;
}
