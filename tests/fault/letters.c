#define _GNU_SOURCE /* syscall */
#include "letters.h"

#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool are_the_same;

/* A name as it is on the disk. */
struct there {
    char at[PATH_MAX];
};

/* In a folder that is not open, it is the user's own, and as it is. */
static struct there
name_there(int folder, const char *name)
{
    struct there there = {{0}};
    bool is_small = are_the_same && folder != AT_FDCWD;
    for (size_t i = 0; i + 1 < sizeof there.at && name[i] != '\0'; i++)
        there.at[i] =
            (char)(is_small ? tolower((unsigned char)name[i]) : name[i]);
    return there;
}

int
openat(int fd, const char *file, int oflag, ...)
{
    struct there there = name_there(fd, file);
    va_list rest;
    va_start(rest, oflag);
    mode_t mode = (oflag & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return (int)syscall(SYS_openat, fd, there.at, oflag, mode);
}

int
fstatat(int fd, const char *restrict file, struct stat *restrict buf, int flag)
{
    struct there there = name_there(fd, file);
    return (int)syscall(SYS_newfstatat, fd, there.at, buf, flag);
}

int
renameat(int oldfd, const char *old, int newfd, const char *new)
{
    struct there old_there = name_there(oldfd, old);
    struct there new_there = name_there(newfd, new);
    return (int)syscall(SYS_renameat2, oldfd, old_there.at, newfd, new_there.at,
                        0);
}

int
linkat(int fromfd, const char *from, int tofd, const char *to, int flags)
{
    struct there from_there = name_there(fromfd, from);
    struct there to_there = name_there(tofd, to);
    return (int)syscall(SYS_linkat, fromfd, from_there.at, tofd, to_there.at,
                        flags);
}

int
unlinkat(int fd, const char *name, int flag)
{
    struct there there = name_there(fd, name);
    return (int)syscall(SYS_unlinkat, fd, there.at, flag);
}

int
mkdirat(int fd, const char *path, mode_t mode)
{
    struct there there = name_there(fd, path);
    return (int)syscall(SYS_mkdirat, fd, there.at, mode);
}

void
letters_arm(bool have_no_case)
{
    are_the_same = have_no_case;
}
