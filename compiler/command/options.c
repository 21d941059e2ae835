/*
 * Options may stand before or behind the operand; `--name=value` and
 * `--name value` are the same; `--` ends them.
 */
#include "command/options.h"

#include <stddef.h>
#include <string.h>

enum {
#define COMMAND(id, name, arguments, operands, help) id = 1 << COMMAND_##id,
#include "command/commands.def"
#undef COMMAND
};

enum option_field {
#define OPTION(field, name, value, commands, help) FIELD_##field,
#include "command/options.def"
#undef OPTION
};

/* What becomes of a field follows from its type. */
enum option_form { FORM_FLAG, FORM_TEXT, FORM_REPEATED };
#define FORM_OF(field)                                                         \
    _Generic(((struct options *)0)->field, bool                                \
             : FORM_FLAG, const char *                                         \
             : FORM_TEXT, struct repeated                                      \
             : FORM_REPEATED)

struct option_row {
    enum option_field field;
    enum option_form form;
    size_t offset; /* of the field */
    const char *name;
    const char *value; /* "" when it takes none */
    int commands;
    const char *help;
};

static const struct option_row rows[] = {
#define OPTION(field, name, value, commands, help)                             \
    {FIELD_##field, FORM_OF(field), offsetof(struct options, field),           \
     name,          value,          commands,                                  \
     help},
#include "command/options.def"
#undef OPTION
};

static const struct {
    const char *name;
    const char *arguments;
    int operands;
    const char *help;
} commands[] = {
    [COMMAND_NONE] = {"", "", 0, ""},
#define COMMAND(id, name, arguments, operands, help)                           \
    [COMMAND_##id] = {name, arguments, operands, help},
#include "command/commands.def"
#undef COMMAND
};

enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

/* What options take that take one of a few words. */
static const struct {
    enum option_field field;
    const char *words;
} choices[] = {
    {FIELD_profile, "basic standard hardened"},
    {FIELD_format, "human short json sarif github markdown mermaid dot svg"},
    {FIELD_only, "kubernetes dns ci scripts monitoring hosting docs"},
};

struct command_text
command_text(enum command command)
{
    return (struct command_text){commands[command].name,
                                 commands[command].arguments,
                                 commands[command].help};
}

size_t
option_count(void)
{
    return ROW_COUNT;
}

struct option_text
option_text(size_t index)
{
    const struct option_row *row = &rows[index];
    struct option_text text = {row->name, row->value, "", row->help};
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        if (choices[i].field == row->field)
            text.choices = choices[i].words;
    }
    return text;
}

bool
takes_option(enum command command, size_t index)
{
    return (rows[index].commands & 1 << command) != 0;
}

static bool
complain(const char *what, const char *which)
{
    fprintf(stderr, "broxc: %s `%s`; see `broxc --help`\n", what, which);
    return false;
}

static bool
add_repeated(struct repeated *list, const char *value)
{
    if (list->count == REPEATS_MAX)
        return complain("too many options like", value);
    list->at[list->count++] = value;
    return true;
}

static bool
set_option(struct options *options, const struct option_row *row,
           const char *value)
{
    void *field = (char *)options + row->offset;
    switch (row->form) {
    case FORM_FLAG:
        *(bool *)field = true;
        return true;
    case FORM_TEXT:
        *(const char **)field = value;
        return true;
    case FORM_REPEATED:
        return add_repeated(field, value);
    }
    return true;
}

/* `--name` or `--name=…`; the part behind `=` in `*inline_value`. */
static const struct option_row *
find_row(const char *argument, const char **inline_value)
{
    const char *equals =
        strncmp(argument, "--", 2) == 0 ? strchr(argument, '=') : NULL;
    size_t len =
        equals == NULL ? strlen(argument) : (size_t)(equals - argument);
    *inline_value = equals == NULL ? NULL : equals + 1;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (strlen(rows[i].name) == len &&
            strncmp(rows[i].name, argument, len) == 0)
            return &rows[i];
    }
    return NULL;
}

/* Takes one option, and its value from `*at` on. */
static bool
take_option(struct options *options, int count, char **arguments, int *at)
{
    const char *value;
    const char *argument = arguments[*at];
    const struct option_row *row = find_row(argument, &value);
    if (row == NULL)
        return complain("unknown option", argument);
    if ((row->commands & 1 << options->command) == 0)
        return complain("this subcommand takes no option", row->name);
    if (row->value[0] == '\0') {
        if (value != NULL)
            return complain("no value goes with", row->name);
        return set_option(options, row, "");
    }
    if (value == NULL && *at + 1 < count)
        value = arguments[++*at];
    if (value == NULL)
        return complain("a value is missing behind", row->name);
    return set_option(options, row, value);
}

/* Operands are gathered where the options before them stood. */
static bool
take_operand(struct options *options, char *operand)
{
    if (options->operand_count == commands[options->command].operands)
        return complain("one argument too many:", operand);
    options->operands[options->operand_count++] = operand;
    options->operand = options->operands[0];
    return true;
}

static enum command
find_command(const char *name)
{
    for (int i = 1; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return (enum command)i;
    }
    return COMMAND_NONE;
}

static bool
take_argument(struct options *options, int count, char **arguments, int *at,
              bool *is_ended)
{
    char *argument = arguments[*at];
    bool is_option = argument[0] == '-' && argument[1] != '\0' && !*is_ended;
    if (!is_option)
        return take_operand(options, argument);
    if (strcmp(argument, "--") == 0) {
        *is_ended = true;
        return true;
    }
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) {
        options->wants_help = true;
        return true;
    }
    return take_option(options, count, arguments, at);
}

bool
read_options(struct options *options, int count, char **arguments)
{
    *options = (struct options){.command = COMMAND_NONE};
    if (count < 2) {
        print_help(stderr, COMMAND_NONE);
        return false;
    }
    const char *first = arguments[1];
    options->wants_help = strcmp(first, "--help") == 0 ||
                          strcmp(first, "-h") == 0 ||
                          strcmp(first, "help") == 0;
    options->wants_version = strcmp(first, "--version") == 0;
    if (options->wants_version)
        return true;
    if (options->wants_help) {
        options->command =
            count > 2 ? find_command(arguments[2]) : COMMAND_NONE;
        return true;
    }
    options->command = find_command(first);
    if (options->command == COMMAND_NONE)
        return complain("unknown subcommand", first);
    options->operands = arguments + 2;
    bool is_ended = false;
    for (int at = 2; at < count; at++) {
        if (!take_argument(options, count, arguments, &at, &is_ended))
            return false;
    }
    return true;
}

static void
print_command_help(FILE *out, enum command command)
{
    fprintf(out, "broxc %s %s\n    %s\n", commands[command].name,
            commands[command].arguments, commands[command].help);
    bool is_first = true;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char left[40];
        if ((rows[i].commands & 1 << command) == 0)
            continue;
        fputs(is_first ? "\nOptions:\n" : "", out);
        is_first = false;
        snprintf(left, sizeof left, "%s %s", rows[i].name, rows[i].value);
        fprintf(out, "    %-20s %s\n", left, rows[i].help);
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
        char left[40];
        snprintf(left, sizeof left, "%s %s", commands[i].name,
                 commands[i].arguments);
        fprintf(out, "    broxc %-22s%s\n", left, commands[i].help);
    }
    fputs(general_end, out);
}
