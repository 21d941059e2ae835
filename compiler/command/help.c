/*
 * broxc --help, and the help of one subcommand: two columns that fit into 80.
 */
#include "command/options.h"

#include <string.h>

enum { SCREEN_WIDTH = 80, INDENT = 4, GENERAL_COLUMN = 32, OPTION_COLUMN = 25 };

/* A character of UTF-8 is as wide as one of ASCII: ours are. */
static size_t
count_cells(const char *text, size_t len)
{
    size_t cells = 0;
    for (size_t i = 0; i < len; i++)
        cells += ((unsigned char)text[i] & 0xc0) != 0x80;
    return cells;
}

/* Words from a column on, over as many lines as they need. */
static void
print_wrapped(FILE *out, size_t column, const char *text)
{
    size_t at = column;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        size_t cells = count_cells(text, len);
        bool is_first = at == column;
        if (!is_first && at + 1 + cells > SCREEN_WIDTH) {
            fprintf(out, "\n%*s", (int)column, "");
            at = column;
            is_first = true;
        }
        fprintf(out, "%s%.*s", is_first ? "" : " ", (int)len, text);
        at += cells + (is_first ? 0 : 1);
        text += len + strspn(text + len, " ");
    }
    fputc('\n', out);
}

/* What is said on the left stands on a line of its own when it is too long. */
static void
print_row(FILE *out, size_t column, const char *left, const char *text)
{
    size_t end = INDENT + count_cells(left, strlen(left));
    fprintf(out, "%*s%s", INDENT, "", left);
    if (end + 1 > column) {
        fputc('\n', out);
        end = 0;
    }
    fprintf(out, "%*s", (int)(column - end), "");
    print_wrapped(out, column, text);
}

static void
print_option(FILE *out, struct option_text option)
{
    char left[DESCRIPTION_MAX];
    char description[DESCRIPTION_MAX];
    snprintf(left, sizeof left, "%s%s%s", option.name,
             option.value[0] == '\0' ? "" : " ", option.value);
    describe_option(option, description);
    print_row(out, OPTION_COLUMN, left, description);
}

static void
print_command_help(FILE *out, enum command command)
{
    struct command_text text = command_text(command);
    bool is_first = true;
    fprintf(out, "broxc %s%s%s\n%*s", text.name,
            text.arguments[0] == '\0' ? "" : " ", text.arguments, INDENT, "");
    print_wrapped(out, INDENT, text.help);
    for (size_t i = 0; i < option_count(); i++) {
        if (!takes_option(command, i))
            continue;
        fputs(is_first ? "\nOptions:\n" : "", out);
        is_first = false;
        print_option(out, option_text(i));
    }
}

static const char general_help[] =
    "broxc compiles one program, envs.brx, into everything that repeats its\n"
    "facts: Kubernetes manifests, DNS zones, deployment workflows.\n"
    "\n"
    "Usage:\n";

static const char general_end[] =
    "\n"
    "    broxc help SUBCOMMAND       its options\n"
    "    broxc --version\n"
    "\n"
    "FILE left out is the envs.brx of this folder or the nearest above; `-`\n"
    "is standard input. Messages go to stderr, results to stdout.\n"
    "\n"
    "Exit: 0 fine, 1 the program has errors, 2 wrong usage,\n"
    "      3 the output differs, 4 the machine failed.\n";

void
print_help(FILE *out, enum command command)
{
    if (command != COMMAND_NONE) {
        print_command_help(out, command);
        return;
    }
    fputs(general_help, out);
    for (int i = 1; i < COMMAND_COUNT; i++) {
        struct command_text text = command_text((enum command)i);
        char left[DESCRIPTION_MAX];
        snprintf(left, sizeof left, "broxc %s%s%s", text.name,
                 text.arguments[0] == '\0' ? "" : " ", text.arguments);
        print_row(out, GENERAL_COLUMN, left, text.help);
    }
    fputs(general_end, out);
}
