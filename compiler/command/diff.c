/*
 * broxc diff: what changes between two programs.
 */
#include "command/command.h"

#include <string.h>

static bool
read_form(const char *name, enum brx_difference_form *form)
{
    static const char *const names[] = {[BRX_PLAIN] = "human",
                                        [BRX_MARKDOWN] = "markdown",
                                        [BRX_DATA] = "json"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (name != NULL && strcmp(name, names[i]) == 0) {
            *form = (enum brx_difference_form)i;
            return true;
        }
    }
    if (name != NULL)
        fprintf(stderr,
                "broxc: `--format %s`: expected human, markdown or json\n",
                name);
    return name == NULL;
}

/* One side: compiled, and its documents made. Gives the exit code so far. */
static int
open_side(struct session *session, const struct options *options,
          const char *path)
{
    struct options inner = *options;
    inner.operand = path;
    inner.format = "human";
    inner.output = "";
    int result = open_session(session, &inner);
    if (result == EXIT_FINE)
        return emit_chosen(session, &inner);
    if (session->brx != NULL && result == EXIT_PROGRAM)
        print_messages(session);
    return result;
}

static int
print_difference(struct session *before, struct session *after,
                 enum brx_difference_form form)
{
    struct brx_difference difference;
    if (brx_compare(after->brx, before->brx, form, &difference) != BRX_OK) {
        print_failure(after);
        return EXIT_MACHINE;
    }
    print_text(stdout, difference.text);
    return difference.changes + difference.files > 0 ? EXIT_DIFFERS : EXIT_FINE;
}

static int
compare_programs(const struct options *options, enum brx_difference_form form)
{
    struct session before;
    struct session after = {.brx = NULL};
    int result = open_side(&before, options, options->operands[0]);
    if (result == EXIT_FINE)
        result = open_side(&after, options, options->operands[1]);
    if (result == EXIT_FINE)
        result = print_difference(&before, &after, form);
    close_session(&before);
    close_session(&after);
    return result;
}

int
run_diff(const struct options *options)
{
    enum brx_difference_form form = BRX_PLAIN;
    if (!read_form(options->format, &form))
        return EXIT_USAGE;
    if (options->operand_count == 2)
        return compare_programs(options, form);
    fputs("broxc: diff needs two programs, `diff OLD.brx NEW.brx`\n", stderr);
    return EXIT_USAGE;
}
