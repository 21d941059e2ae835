/*
 * broxc graph and broxc export: a program as a picture, and as data.
 */
#include "command/command.h"

#include <string.h>

/* FILE behind the kind, and no format of messages: that is the picture's. */
static struct options
about_program(const struct options *options, int first)
{
    struct options about = *options;
    about.operand =
        options->operand_count > first ? options->operands[first] : NULL;
    about.format = NULL;
    about.output = "";
    return about;
}

static int
draw(struct session *session, const struct options *options)
{
    struct brx_text text = {"", 0};
    const char *environment =
        options->environment == NULL ? "" : options->environment;
    struct brx_graph_choices choices = {
        .size = sizeof choices,
        .kind = brx_text(options->operand),
        .form = brx_text(options->format == NULL ? "mermaid" : options->format),
        .environment = brx_text(environment)};
    enum brx_status status = brx_graph(session->brx, &choices, &text);
    print_text(stdout, text);
    if (status == BRX_OK)
        return EXIT_FINE;
    print_failure(session);
    return status == BRX_REFUSED ? EXIT_USAGE : EXIT_MACHINE;
}

/* The picture of files is of what is made, and so of a whole program. */
static int
prepare(struct session *session, const struct options *about, const char *kind)
{
    if (strcmp(kind, "files") != 0)
        return EXIT_FINE;
    if (brx_error_count(session->brx) == 0)
        return emit_chosen(session, about);
    print_messages(session);
    return EXIT_PROGRAM;
}

int
run_graph(const struct options *options)
{
    struct session session;
    struct options about = about_program(options, 1);
    if (options->operand == NULL) {
        fputs("broxc: graph needs a kind: promote, request, calls or files\n",
              stderr);
        return EXIT_USAGE;
    }
    int result = open_session(&session, &about);
    if (session.brx != NULL && (result == EXIT_PROGRAM || result == EXIT_FINE))
        result = prepare(&session, &about, options->operand);
    if (session.brx != NULL && result == EXIT_FINE)
        result = draw(&session, options);
    return close_session(&session, result);
}

int
run_export(const struct options *options)
{
    struct session session;
    struct brx_text text = {"", 0};
    if (!options->is_json) {
        fputs("broxc: export needs `--json`\n", stderr);
        return EXIT_USAGE;
    }
    int result = open_session(&session, options);
    if (result == EXIT_PROGRAM && session.brx != NULL)
        print_messages(&session);
    if (result == EXIT_FINE && brx_export(session.brx, &text) != BRX_OK) {
        print_failure(&session);
        result = EXIT_MACHINE;
    }
    print_text(stdout, text);
    return close_session(&session, result);
}
