/*
 * broxc fmt: programs, written the one right way.
 */
#include "command/command.h"

#include <string.h>

static bool
is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* A changed file: named, shown or replaced. */
static int
deal_with(struct session *session, const struct options *options,
          const char *path, struct brx_text formatted)
{
    if (options->shows_difference) {
        printf("--- %s\n+++ %s\n", path, path);
        print_text(stdout, brx_format_difference(session->brx));
        putchar('\n');
        return EXIT_DIFFERS;
    }
    puts(path);
    if (options->only_checks)
        return EXIT_DIFFERS;
    if (brx_put_file(session->brx, brx_text(path), formatted) == BRX_OK)
        return EXIT_FINE;
    print_failure(session);
    return EXIT_MACHINE;
}

static int
format_with(struct session *session, const struct options *options,
            const char *path)
{
    struct brx_text formatted;
    bool is_changed;
    bool writes = !options->only_checks && !options->shows_difference;
    if (brx_format_file(session->brx, brx_text(path), &formatted,
                        &is_changed) != BRX_OK) {
        print_failure(session);
        return EXIT_MACHINE;
    }
    if (brx_error_count(session->brx) > 0) {
        print_messages(session);
        return EXIT_PROGRAM;
    }
    if (is_standard_input(path) && writes)
        print_text(stdout, formatted);
    else if (is_changed)
        return deal_with(session, options, path, formatted);
    return EXIT_FINE;
}

static int
format_one(const struct options *options, const char *path)
{
    struct session session = {.format = BRX_HUMAN, .brx = brx_open(NULL)};
    if (session.brx == NULL)
        return fail_for_memory();
    return close_handle(session.brx, format_with(&session, options, path));
}

/* Of two exit codes, the one that is worse. */
static int
worse(int a, int b)
{
    static const int order[] = {EXIT_MACHINE, EXIT_PROGRAM, EXIT_DIFFERS};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (a == order[i] || b == order[i])
            return order[i];
    }
    return EXIT_FINE;
}

int
run_fmt(const struct options *options)
{
    struct session session = {.brx = NULL};
    if (options->operand_count == 0) {
        const char *path = find_program(&session);
        return path == NULL ? EXIT_MACHINE : format_one(options, path);
    }
    int result = EXIT_FINE;
    for (int i = 0; i < options->operand_count; i++)
        result = worse(result, format_one(options, options->operands[i]));
    return result;
}
