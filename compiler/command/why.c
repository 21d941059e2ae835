/*
 * broxc why and broxc where: from what is written to what says so, and back.
 */
#include "command/command.h"

#include <stdlib.h>
#include <string.h>

/* `FILE:LINE`, or `FILE:LINE:COLUMN` as messages have it; false: a path. */
static bool
read_line(const char *text, struct brx_text *path, size_t *line)
{
    const char *end = text + strlen(text);
    const char *colon = NULL;
    for (const char *at = end; at > text; at--) {
        if (at[-1] < '0' || at[-1] > '9') {
            if (at[-1] != ':' || at == end)
                break;
            colon = at - 1;
            end = colon;
        }
    }
    if (colon == NULL || colon == text)
        return false;
    *path = (struct brx_text){text, (size_t)(colon - text)};
    *line = (size_t)strtoull(colon + 1, NULL, 10);
    return true;
}

static int
print_story(struct session *session, enum brx_status status,
            struct brx_text story)
{
    if (status == BRX_OK) {
        print_text(stdout, story);
        return EXIT_FINE;
    }
    print_failure(session);
    return status == BRX_REFUSED ? EXIT_USAGE : EXIT_MACHINE;
}

/* Documents are made of a program without errors alone. */
static int
ask_line(struct session *session, const struct options *options,
         struct brx_text path, size_t line)
{
    struct brx_text story = {"", 0};
    int result = emit_chosen(session, options);
    if (result != EXIT_FINE)
        return result;
    enum brx_status status =
        options->command == COMMAND_WHY
            ? brx_why_line(session->brx, path, line, &story)
            : brx_where(session->brx, path, line, &story);
    return print_story(session, status, story);
}

/* An answer may be there although the program has errors elsewhere. */
static int
ask_path(struct session *session, int result)
{
    struct brx_text story = brx_why(session->brx);
    if (story.len == 0 && !brx_is_out_of_memory(session->brx)) {
        print_messages(session);
        return EXIT_PROGRAM;
    }
    print_text(stdout, story);
    return result == EXIT_PROGRAM ? EXIT_FINE : result;
}

static int
ask(const struct options *options, struct brx_text path, size_t line)
{
    struct options about = *options;
    struct session session;
    about.operand = options->operand_count > 1 ? options->operands[1] : NULL;
    about.question = line == 0 ? options->operand : NULL;
    about.keeps_origins = line > 0;
    about.output = "";
    int result = open_session(&session, &about);
    if (session.brx != NULL && line == 0 && result != EXIT_MACHINE)
        result = ask_path(&session, result);
    else if (result == EXIT_FINE)
        result = ask_line(&session, &about, path, line);
    else if (session.brx != NULL && result == EXIT_PROGRAM)
        print_messages(&session);
    return close_session(&session, result);
}

int
run_why(const struct options *options)
{
    struct brx_text path = {"", 0};
    size_t line = 0;
    if (options->operand == NULL) {
        fputs("broxc: why needs a path, such as `production.api.memory`, or "
              "FILE:LINE\n",
              stderr);
        return EXIT_USAGE;
    }
    read_line(options->operand, &path, &line);
    return ask(options, path, line);
}

int
run_where(const struct options *options)
{
    struct brx_text path = {"", 0};
    size_t line = 0;
    if (options->operand == NULL ||
        !read_line(options->operand, &path, &line)) {
        fputs("broxc: where needs FILE:LINE, a line of the program\n", stderr);
        return EXIT_USAGE;
    }
    return ask(options, path, line);
}
