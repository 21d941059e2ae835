/*
 * broxc diff: what changes between two programs, two revisions of one, or a
 * revision and the work tree.
 */
#include "command/command.h"
#include "command/revision.h"

#include <string.h>
#include <unistd.h>

/* One of the two that are compared. */
struct side {
    const char *path;
    struct revision revision;
    bool is_revision;
    struct session session;
};

struct sides {
    struct side before;
    struct side after;
    struct session finder; /* holds the path of a program that was found */
};

/* ---- what the operands name --------------------------------------------- */

static bool
is_file(const char *path)
{
    return strcmp(path, "-") == 0 || access(path, F_OK) == 0;
}

static int
complain(const char *name)
{
    fprintf(stderr,
            "broxc: `%s` is neither a file nor a revision of git here\n", name);
    return EXIT_USAGE;
}

static bool
find_side(struct side *side, const struct options *options, const char *name,
          size_t len)
{
    side->is_revision = true;
    side->revision.options = options;
    return len == 0 ? revision_find(&side->revision, "HEAD", strlen("HEAD"))
                    : revision_find(&side->revision, name, len);
}

/* `A..B`, `A...B`, where a side left out is HEAD; or `A` alone, against the
 * work tree. */
static int
find_range(struct sides *sides, const struct options *options)
{
    const char *range = options->operand;
    const char *dots = strstr(range, "..");
    if (dots == NULL)
        return find_side(&sides->before, options, range, strlen(range))
                   ? EXIT_FINE
                   : complain(range);
    bool is_from_base = dots[2] == '.';
    const char *end = dots + (is_from_base ? 3 : 2);
    if (!find_side(&sides->before, options, range, (size_t)(dots - range)) ||
        !find_side(&sides->after, options, end, strlen(end)))
        return complain(range);
    if (is_from_base &&
        !revision_find_base(&sides->before.revision, &sides->before.revision,
                            &sides->after.revision))
        return complain(range);
    return EXIT_FINE;
}

static int
find_sides(struct sides *sides, const struct options *options)
{
    if (options->operand_count == 0) {
        fputs("broxc: diff needs two programs, `diff OLD.brx NEW.brx`, or "
              "revisions, `diff main..HEAD`\n",
              stderr);
        return EXIT_USAGE;
    }
    const char *last = options->operands[options->operand_count - 1];
    if (options->operand_count == 2 && is_file(options->operand)) {
        sides->before.path = options->operand;
        sides->after.path = last;
        return EXIT_FINE;
    }
    const char *path =
        options->operand_count == 2 ? last : find_program(&sides->finder);
    sides->before.path = path;
    sides->after.path = path;
    return path == NULL ? EXIT_MACHINE : find_range(sides, options);
}

/* ---- comparing ---------------------------------------------------------- */

static void
print_side_messages(struct side *side, const char *when)
{
    if (side->is_revision)
        fprintf(stderr, "%s %s:\n", when, side->revision.id);
    print_messages(&side->session);
}

/* Compiled, and its documents made. Gives the exit code so far. */
static int
open_side(struct side *side, const struct options *options, const char *when)
{
    struct options inner = *options;
    inner.operand = side->path;
    inner.format = "human";
    inner.output = options->output == NULL ? "" : options->output;
    if (side->is_revision) {
        inner.read = revision_read;
        inner.list = revision_list;
        inner.read_context = &side->revision;
    }
    int result = open_session(&side->session, &inner);
    if (result == EXIT_FINE)
        return emit_chosen(&side->session, &inner);
    if (side->session.brx != NULL && result == EXIT_PROGRAM)
        print_side_messages(side, when);
    return result;
}

static int
print_difference(struct sides *sides, enum brx_difference_form form)
{
    struct brx_difference difference;
    struct session *after = &sides->after.session;
    if (brx_compare(after->brx, sides->before.session.brx, form, &difference) !=
        BRX_OK) {
        print_failure(after);
        return EXIT_MACHINE;
    }
    print_text(stdout, difference.text);
    return difference.changes + difference.files > 0 ? EXIT_DIFFERS : EXIT_FINE;
}

static int
compare_sides(struct sides *sides, const struct options *options,
              enum brx_difference_form form)
{
    int result = open_side(&sides->before, options, "before, in");
    if (result == EXIT_FINE)
        result = open_side(&sides->after, options, "after, in");
    if (result == EXIT_FINE)
        result = print_difference(sides, form);
    result = close_session(&sides->before.session, result);
    return close_session(&sides->after.session, result);
}

/* A folder that was built, against the program. */
static int
compare_folder(const struct options *options, enum brx_difference_form form)
{
    struct side side = {.path = options->operand};
    struct brx_difference difference;
    int result = open_side(&side, options, "in");
    if (result == EXIT_FINE) {
        if (brx_compare_folder(side.session.brx, brx_text(options->output),
                               form, &difference) == BRX_OK) {
            print_text(stdout, difference.text);
            result = difference.files > 0 ? EXIT_DIFFERS : EXIT_FINE;
        } else {
            print_failure(&side.session);
            result = EXIT_MACHINE;
        }
    }
    return close_session(&side.session, result);
}

int
run_diff(const struct options *options)
{
    struct sides sides = {.before = {.path = NULL}};
    enum brx_difference_form form = BRX_PLAIN;
    if (options->format != NULL)
        form = (enum brx_difference_form)get_choice(options->command,
                                                    "--format", options->format,
                                                    strlen(options->format));
    if (options->output != NULL && options->operand_count < 2)
        return compare_folder(options, form);
    if (options->output != NULL) {
        fputs("broxc: diff compares two programs, or one with `-o DIR`\n",
              stderr);
        return EXIT_USAGE;
    }
    int result = find_sides(&sides, options);
    if (result != EXIT_FINE)
        return result;
    return compare_sides(&sides, options, form);
}
