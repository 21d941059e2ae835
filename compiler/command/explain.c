/*
 * broxc explain: the long story, to stdout.
 */
#include "command/command.h"

static int
explain_topic(struct brx *brx, const char *topic)
{
    enum brx_color color = is_terminal(stdout) ? BRX_ANSI : BRX_NO_COLOR;
    struct brx_text nearest = {"", 0};
    struct brx_text page = brx_explain(brx, brx_text(topic), color, &nearest);
    if (page.len > 0) {
        print_text(stdout, page);
        return EXIT_FINE;
    }
    if (brx_is_out_of_memory(brx))
        return EXIT_FINE; /* what closes the handle says otherwise */
    fprintf(stderr, "broxc: no check and no word is called `%s`", topic);
    if (nearest.len > 0)
        fprintf(stderr, "; the nearest is `%.*s`", (int)nearest.len,
                nearest.at);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

int
run_explain(const struct options *options)
{
    struct brx *brx = brx_open(NULL);
    int result = EXIT_FINE;
    if (brx == NULL)
        return fail_for_memory();
    if (options->reference)
        print_text(stdout, brx_reference(brx));
    else if (options->operand == NULL)
        print_text(stdout, brx_explain_all(brx));
    else
        result = explain_topic(brx, options->operand);
    return close_handle(brx, result);
}
