/*
 * broxc check: messages, and nothing else.
 */
#include "command/command.h"

int
run_check(const struct options *options)
{
    struct session session;
    int result = open_session(&session, options);
    if (session.brx != NULL && result != EXIT_MACHINE)
        print_messages(&session);
    if (result == EXIT_FINE && session.format == BRX_HUMAN &&
        brx_warning_count(session.brx) == 0)
        puts("no errors");
    close_session(&session);
    return result;
}
