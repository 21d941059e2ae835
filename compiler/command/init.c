/*
 * broxc init: a program to start from. What options do not say is asked for at
 * a terminal; nothing is written over, and nothing that does not compile.
 */
#include "command/command.h"

#include <string.h>
#include <unistd.h>

enum { ANSWER_MAX = 256 };

struct question {
    const char *text;
    const char *option;
    const char *said; /* by the option; or NULL */
    char answer[ANSWER_MAX];
};

static bool
ask(struct question *question)
{
    if (question->said != NULL) {
        snprintf(question->answer, sizeof question->answer, "%s",
                 question->said);
        return true;
    }
    if (isatty(STDIN_FILENO) != 1) {
        fprintf(stderr, "broxc: init needs `%s`, or a terminal to ask at\n",
                question->option);
        return false;
    }
    fprintf(stderr, "%s: ", question->text);
    if (fgets(question->answer, sizeof question->answer, stdin) == NULL)
        return false;
    question->answer[strcspn(question->answer, "\r\n")] = '\0';
    return true;
}

/* Says what is wrong with the answers, and where in the program they stand. */
static int
check_starter(struct brx_text path, struct brx_text text)
{
    struct brx_file file = {path, text};
    struct brx_options choices = brx_default_options();
    choices.files = &file;
    choices.file_count = 1;
    struct session session = {.brx = brx_open(&choices)};
    if (session.brx == NULL)
        return fail_for_memory();
    int result = EXIT_FINE;
    if (brx_compile(session.brx, path) != BRX_OK) {
        print_failure(&session);
        result = EXIT_MACHINE;
    } else if (brx_error_count(session.brx) > 0) {
        print_messages(&session);
        fputs("broxc: nothing was written\n", stderr);
        result = EXIT_PROGRAM;
    }
    return close_handle(session.brx, result);
}

static int
write_starter(struct brx *brx, const char *path, struct brx_text text)
{
    struct session session = {.brx = brx};
    if (strcmp(path, "-") == 0) {
        print_text(stdout, text);
        return EXIT_FINE;
    }
    if (brx_put_file(brx, brx_text(path), text) != BRX_OK) {
        print_failure(&session);
        return EXIT_MACHINE;
    }
    fprintf(stderr, "%s is written; next: broxc check %s\n", path, path);
    return EXIT_FINE;
}

/* Answers are longer or shorter than what they stand for; columns follow. */
static int
write_formatted(const char *path, struct brx_text text)
{
    struct brx_file file = {brx_text("envs.brx"), text};
    struct brx_options choices = brx_default_options();
    choices.files = &file;
    choices.file_count = 1;
    struct brx *brx = brx_open(&choices);
    bool is_changed = false;
    if (brx == NULL)
        return fail_for_memory();
    int result = EXIT_FINE;
    if (brx_format_file(brx, file.path, &text, &is_changed) == BRX_OK)
        result = write_starter(brx, path, text);
    return close_handle(brx, result);
}

int
run_init(const struct options *options)
{
    const char *path = options->operand == NULL ? "envs.brx" : options->operand;
    struct question questions[] = {
        {"The project's name, such as bakery", "--name", options->project_name,
         ""},
        {"Where its images go, such as ghcr.io/bakery", "--registry",
         options->registry, ""},
        {"The domain that it is served under, such as bakery.example",
         "--domain", options->domain, ""},
    };
    if (strcmp(path, "-") != 0 && access(path, F_OK) == 0) {
        fprintf(stderr, "broxc: `%s` is there already\n", path);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        if (!ask(&questions[i]))
            return EXIT_USAGE;
    }
    struct brx *brx = brx_open(NULL);
    if (brx == NULL)
        return fail_for_memory();
    struct brx_answers answers = {.size = sizeof answers,
                                  .name = brx_text(questions[0].answer),
                                  .registry = brx_text(questions[1].answer),
                                  .domain = brx_text(questions[2].answer)};
    struct brx_text text = brx_starter(brx, &answers);
    int result = EXIT_FINE;
    if (!brx_is_out_of_memory(brx))
        result = check_starter(brx_text("envs.brx"), text);
    if (!brx_is_out_of_memory(brx) && result == EXIT_FINE)
        result = write_formatted(path, text);
    return close_handle(brx, result);
}
