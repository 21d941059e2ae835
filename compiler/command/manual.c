/*
 * broxc manual: the page of section 1, in the macros of man(7), made from the
 * tables of subcommands and options.
 */
#include "command/command.h"

#include <string.h>

enum { WORD_MAX = 128, COLUMNS_MAX = 72 };

/* A backslash and what begins a request would be read by roff; its hyphen is
 * not the one of options. What is not ASCII is written as man takes it. */
static void
print_roff(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\\')
            fputs("\\e", stdout);
        else if (*at == '-')
            fputs("\\-", stdout);
        else if ((*at == '.' || *at == '\'') && at == text)
            printf("\\&%c", *at);
        else
            putchar(*at);
    }
}

/* A paragraph in lines that are not too long. */
static void
print_lines(const char *text)
{
    char word[WORD_MAX];
    size_t column = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)len, text);
        bool is_first = column == 0 || column + len + 1 > COLUMNS_MAX;
        if (column > 0)
            putchar(is_first ? '\n' : ' ');
        if (is_first)
            column = 0;
        print_roff(word);
        column += len + 1;
        text += len + strspn(text + len, " ");
    }
    putchar('\n');
}

static void
print_option(struct option_text option)
{
    char description[DESCRIPTION_MAX];
    fputs(".TP\n.B ", stdout);
    print_roff(option.name);
    if (option.value[0] != '\0') {
        fputs(" \\fI", stdout);
        print_roff(option.value);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    describe_option(option, description);
    print_lines(description);
}

static void
print_command(enum command command)
{
    struct command_text text = command_text(command);
    fputs(".SS \"broxc ", stdout);
    print_roff(text.name);
    fputs(text.arguments[0] == '\0' ? "" : " ", stdout);
    print_roff(text.arguments);
    fputs("\"\n", stdout);
    print_lines(text.help);
    for (size_t i = 0; i < option_count(); i++) {
        if (takes_option(command, i))
            print_option(option_text(i));
    }
}

static const char page_head[] =
    ".SH NAME\n"
    "broxc \\- compiles one program into everything that repeats its facts\n"
    ".SH SYNOPSIS\n"
    ".B broxc\n"
    ".I subcommand\n"
    "[\\fIoptions\\fR] [\\fIfile\\fR]\n"
    ".SH DESCRIPTION\n"
    "A program, envs.brx, says once what tells environments apart. From it come\n"
    "Kubernetes manifests, DNS zones, deployment workflows and the scripts that\n"
    "people run, and a build that succeeds proves that they agree.\n"
    ".PP\n"
    "FILE left out is the envs.brx of this folder or the nearest above; \\- is\n"
    "standard input. Messages go to standard error, results to standard output.\n"
    ".SH SUBCOMMANDS\n";

static const char page_end[] =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nfine\n"
    ".TP\n.B 1\nthe program has errors\n"
    ".TP\n.B 2\nwrong usage\n"
    ".TP\n.B 3\nthe output differs\n"
    ".TP\n.B 4\nthe machine failed\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B NO_COLOR\nwhen it is set and not empty, messages have no colour\n"
    ".SH SEE ALSO\n"
    ".BR kubectl (1)\n";

int
run_manual(void)
{
    fputs(".TH BROXC 1 2026-11-25 \"broxc " BRX_VERSION
          "\" \"User Commands\"\n",
          stdout);
    fputs(page_head, stdout);
    for (int i = 1; i < COMMAND_COUNT; i++)
        print_command((enum command)i);
    fputs(page_end, stdout);
    return EXIT_FINE;
}
