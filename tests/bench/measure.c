/*
 * measure: runs a command and adds one line to FILE: its wall time and its CPU
 * time in microseconds, the most memory it held, in KiB, how much of the CPU
 * time was the kernel's, and how many pages it touched for the first time.
 *
 *     measure FILE COMMAND [ARGUMENT...]
 *
 * Exit: that of the command; 2 when it cannot be run or was killed.
 */
#include "base/buf.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static bool run_measured(char **command, int *status, struct rusage *usage);
static bool add_line(const char *path, int64_t wall_us,
                     const struct rusage *usage);
static int64_t clock_us(void);
static int64_t timeval_us(struct timeval time);

int
main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    int status = 0;
    struct rusage usage = {0};
    int64_t started_us = clock_us();
    if (!run_measured(argv + 2, &status, &usage))
        return 2;
    if (!add_line(argv[1], clock_us() - started_us, &usage))
        return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

static bool
run_measured(char **command, int *status, struct rusage *usage)
{
    pid_t child;
    return posix_spawnp(&child, command[0], NULL, NULL, command, environ) ==
               0 &&
           waitpid(child, status, 0) == child &&
           getrusage(RUSAGE_CHILDREN, usage) == 0;
}

static bool
add_line(const char *path, int64_t wall_us, const struct rusage *usage)
{
    struct arena *arena = arena_open();
    struct buf line;
    buf_init(&line, arena);
    int64_t kernel_us = timeval_us(usage->ru_stime);
    int64_t fields[] = {wall_us, timeval_us(usage->ru_utime) + kernel_us,
                        usage->ru_maxrss, kernel_us, usage->ru_minflt};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (i > 0)
            buf_byte(&line, ' ');
        buf_number(&line, fields[i]);
    }
    buf_byte(&line, '\n');
    struct str text = buf_str(&line);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    bool is_added =
        file >= 0 && write(file, text.at, text.len) == (ssize_t)text.len;
    if (file >= 0)
        is_added = close(file) == 0 && is_added;
    arena_close(arena);
    return is_added;
}

static int64_t
clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t
timeval_us(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000 + time.tv_usec;
}
