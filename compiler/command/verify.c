/*
 * broxc verify: the gate. Is the folder exactly what the program says?
 */
#include "command/command.h"

static size_t
difference_count(const struct brx_written *written)
{
    return written->created + written->changed + written->removed;
}

static void
print_summary(const struct options *options, const struct brx_written *written)
{
    if (difference_count(written) > 0)
        fprintf(stderr,
                "%s: a build would create %zu, change %zu and remove %zu of "
                "%zu files\n",
                options->output, written->created, written->changed,
                written->removed, difference_count(written) + written->kept);
}

/* Warnings of the program itself do not make the folder differ. */
static int
compare(struct session *session, const struct options *options)
{
    struct brx_destination destination = {.size = sizeof destination,
                                          .folder = brx_text(options->output)};
    struct brx_selection selection = get_selection(options);
    struct brx_written written;
    size_t errors = brx_error_count(session->brx);
    size_t warnings = brx_warning_count(session->brx);
    enum brx_status status =
        brx_verify_build(session->brx, &selection, &destination, &written);
    print_messages(session);
    if (status != BRX_OK)
        return tell_refusal(session, status, errors);
    print_summary(options, &written);
    bool is_same = brx_error_count(session->brx) == errors &&
                   brx_warning_count(session->brx) == warnings;
    return is_same ? EXIT_FINE : EXIT_DIFFERS;
}

int
run_verify(const struct options *options)
{
    struct session session;
    struct options about = *options;
    if (options->output == NULL || options->output[0] == '\0') {
        fputs("broxc: verify needs `-o DIR`, the output folder\n", stderr);
        return EXIT_USAGE;
    }
    about.will_build = true;
    int result = open_session(&session, &about);
    if (result == EXIT_FINE)
        result = compare(&session, options);
    else if (session.brx != NULL && result == EXIT_PROGRAM)
        print_messages(&session);
    return close_session(&session, result);
}
