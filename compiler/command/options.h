/*
 * The command line, read against two tables: commands.def and options.def.
 */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include "brx/brx.h"

#include <stdio.h>

enum { REPEATS_MAX = 256, MANY_OPERANDS = 1000000 };

enum command {
    COMMAND_NONE,
#define COMMAND(id, name, arguments, operands, help) COMMAND_##id,
#include "command/commands.def"
#undef COMMAND
    COMMAND_COUNT
};

/* What an option that may be repeated was given. */
struct repeated {
    const char *at[REPEATS_MAX];
    size_t count;
};

/* What a command line said. Strings point into argv. */
struct options {
    enum command command;
    const char *operand; /* the first: FILE, or the topic; NULL for none */
    char **operands;
    int operand_count;
    const char *output;
    const char *environment;
    const char *only;
    const char *profile;
    const char *format;
    const char *date;
    const char *baseline;
    const char *new_baseline;
    const char *document; /* a Markdown file that import compares */
    struct repeated set;
    struct repeated given;
    const char *question; /* of `why`; no option of its own, nor are these: */
    bool keeps_origins;
    bool will_build;
    const char *live; /* a zone file of what is served; no option of its own */
    const char *project_name; /* the three answers of init */
    const char *registry;
    const char *domain;
    bool is_json;
    brx_read *read; /* where files come from; no options of their own */
    brx_list *list;
    void *read_context;
    bool is_flat;
    bool is_release;
    bool adopt;
    bool force;
    bool builds_twice;
    bool timings;
    bool fixes;
    bool is_strict;
    bool reference;
    bool allow_deletions;
    bool only_checks;
    bool shows_difference;
    bool wants_help;
    bool wants_version;
};

/* The tables themselves, for what is made of them. */
struct command_text {
    const char *name;
    const char *arguments;
    const char *help;
};
struct option_text {
    const char *name;
    const char *value;   /* "" when it takes none */
    const char *choices; /* what it can be, with blanks between; or "" */
    const char *help;
};
struct command_text command_text(enum command command);
size_t option_count(void);
struct option_text option_text(size_t index);
bool takes_option(enum command command, size_t index);
/* `a, b or c`; and the help with that behind it. What is longer is cut. */
enum { DESCRIPTION_MAX = 256 };
void list_choices(struct option_text option, char *out, size_t size);
void describe_option(struct option_text option, char out[DESCRIPTION_MAX]);

/* False after saying on stderr what is wrong: then the exit code is 2. */
bool read_options(struct options *options, int count, char **arguments);
/* Which of the choices of an option a value is that was read, from 0 on. */
size_t get_choice(enum command command, const char *name, const char *value,
                  size_t len);
/* The help of the whole command, or of one subcommand. */
void print_help(FILE *out, enum command command);

#endif
