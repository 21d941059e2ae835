/*
 * Options may stand before or behind the operand; `--name=value` and
 * `--name value` are the same; `--` ends them.
 */
#include "command/options.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

enum {
#define COMMAND(id, name, arguments, operands, help) id = 1 << COMMAND_##id,
#include "command/commands.def"
#undef COMMAND
};

/* What becomes of a field follows from its type. */
enum option_form { FORM_FLAG, FORM_TEXT, FORM_REPEATED };
#define FORM_OF(field)                                                         \
    _Generic(((struct options *)0)->field, bool                                \
             : FORM_FLAG, const char *                                         \
             : FORM_TEXT, struct repeated                                      \
             : FORM_REPEATED)

struct option_row {
    enum option_form form;
    size_t offset; /* of the field */
    int commands;
    struct option_text text;
};

static const struct option_row rows[] = {
#define OPTION(field, name, value, choices, commands, help)                    \
    {FORM_OF(field),                                                           \
     offsetof(struct options, field),                                          \
     commands,                                                                 \
     {name, value, choices, help}},
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
    return rows[index].text;
}

bool
takes_option(enum command command, size_t index)
{
    return (rows[index].commands & 1 << command) != 0;
}

/* Only a VALUE that may be repeated has a comma in it. */
static bool
takes_several(struct option_text option)
{
    return strchr(option.value, ',') != NULL;
}

void
list_choices(struct option_text option, char *out, size_t size)
{
    const char *at = option.choices;
    size_t used = 0;
    out[0] = '\0';
    while (*at != '\0' && used < size) {
        size_t len = strcspn(at, " ");
        const char *rest = at + len + strspn(at + len, " ");
        const char *between = used == 0 ? "" : *rest == '\0' ? " or " : ", ";
        used += (size_t)snprintf(out + used, size - used, "%s%.*s", between,
                                 (int)len, at);
        at = rest;
    }
}

void
describe_option(struct option_text option, char out[DESCRIPTION_MAX])
{
    bool has_choices = option.choices[0] != '\0';
    size_t used = (size_t)snprintf(out, DESCRIPTION_MAX, "%s%s", option.help,
                                   has_choices ? ": " : "");
    if (used < DESCRIPTION_MAX)
        list_choices(option, out + used, DESCRIPTION_MAX - used);
}

static bool
complain(const char *what, const char *which)
{
    fprintf(stderr, "broxc: %s `%s`; see `broxc --help`\n", what, which);
    return false;
}

/* Which of the choices a word is, or -1. */
static int
find_choice(const char *choices, const char *word, size_t len)
{
    for (int i = 0; *choices != '\0'; i++) {
        size_t choice_len = strcspn(choices, " ");
        if (choice_len == len && strncmp(choices, word, len) == 0)
            return i;
        choices += choice_len + strspn(choices + choice_len, " ");
    }
    return -1;
}

/* Whether a value is one of the choices, or each part of it between commas
 * is. */
static bool
check_choice(struct option_text option, const char *value)
{
    const char *part = value;
    for (;;) {
        size_t len = takes_several(option) ? strcspn(part, ",") : strlen(part);
        if (find_choice(option.choices, part, len) < 0) {
            char expected[DESCRIPTION_MAX];
            list_choices(option, expected, sizeof expected);
            fprintf(stderr, "broxc: `%s %.*s`: expected %s\n", option.name,
                    (int)len, part, expected);
            return false;
        }
        if (part[len] == '\0')
            return true;
        part += len + 1;
    }
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

/* The row of the subcommand, or of another one when it has none. */
static const struct option_row *
find_row(enum command command, const char *name, size_t len)
{
    const struct option_row *found = NULL;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (strlen(rows[i].text.name) == len &&
            strncmp(rows[i].text.name, name, len) == 0 &&
            (found == NULL || takes_option(command, i)))
            found = &rows[i];
    }
    return found;
}

/* `--name` or `--name=…`; the part behind `=` in `*inline_value`. */
static const struct option_row *
find_option(enum command command, const char *argument,
            const char **inline_value)
{
    const char *equals =
        strncmp(argument, "--", 2) == 0 ? strchr(argument, '=') : NULL;
    size_t len =
        equals == NULL ? strlen(argument) : (size_t)(equals - argument);
    *inline_value = equals == NULL ? NULL : equals + 1;
    return find_row(command, argument, len);
}

/* Takes one option, and its value from `*at` on. */
static bool
take_option(struct options *options, int count, char **arguments, int *at)
{
    const char *value;
    const char *argument = arguments[*at];
    const struct option_row *row =
        find_option(options->command, argument, &value);
    if (row == NULL)
        return complain("unknown option", argument);
    if ((row->commands & 1 << options->command) == 0)
        return complain("this subcommand takes no option", row->text.name);
    if (row->text.value[0] == '\0') {
        if (value != NULL)
            return complain("no value goes with", row->text.name);
        return set_option(options, row, "");
    }
    if (value == NULL && *at + 1 < count)
        value = arguments[++*at];
    if (value == NULL)
        return complain("a value is missing behind", row->text.name);
    if (row->text.choices[0] != '\0' && !check_choice(row->text, value))
        return false;
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

size_t
get_choice(enum command command, const char *name, const char *value,
           size_t len)
{
    const struct option_row *row = find_row(command, name, strlen(name));
    int choice = find_choice(row->text.choices, value, len);
    assert(choice >= 0);
    return (size_t)choice;
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
