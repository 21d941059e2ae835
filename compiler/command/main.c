/*
 * broxc: which subcommand, and its exit code.
 */
#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

static int
run(const struct options *options)
{
    switch (options->command) {
    case COMMAND_BUILD:
        return run_build(options);
    case COMMAND_CHECK:
        return run_check(options);
    case COMMAND_VERIFY:
        return run_verify(options);
    case COMMAND_DIFF:
        return run_diff(options);
    case COMMAND_FMT:
        return run_fmt(options);
    case COMMAND_DNS:
        return run_dns(options);
    case COMMAND_IMPORT:
        return run_import(options);
    case COMMAND_WHY:
        return run_why(options);
    case COMMAND_WHERE:
        return run_where(options);
    case COMMAND_GRAPH:
        return run_graph(options);
    case COMMAND_EXPORT:
        return run_export(options);
    case COMMAND_INIT:
        return run_init(options);
    case COMMAND_COMPLETION:
        return run_completion(options);
    case COMMAND_MANUAL:
        return run_manual();
    case COMMAND_EXPLAIN:
        return run_explain(options);
    case COMMAND_NONE:
    case COMMAND_COUNT:
        break;
    }
    return EXIT_USAGE;
}

static int
answer(const struct options *options)
{
    if (options->wants_version) {
        puts("broxc " BRX_VERSION);
        return EXIT_FINE;
    }
    if (options->wants_help) {
        print_help(stdout, options->command);
        return EXIT_FINE;
    }
    return run(options);
}

/* A stream that was closed stays so: without this its number would be that of
 * the next file that is opened, and what we say would go there. */
static void
hold_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null",
                       stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

/* Two threads rarely ask for memory; the C library would map a second heap for
 * the other one's few pieces. */
static void
share_heap(void)
{
#ifdef M_ARENA_MAX
    (void)mallopt(M_ARENA_MAX, 1);
#endif
}

int
main(int count, char **arguments)
{
    struct options options;
    hold_streams();
    share_heap();
    if (!read_options(&options, count, arguments))
        return EXIT_USAGE;
    int result = answer(&options);
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        fputs("broxc: cannot write to standard output\n", stderr);
        return EXIT_MACHINE;
    }
    return result;
}
