/*
 * broxc import: what others wrote, in the program's terms: a zone file as a
 * block of the language, and a document's tables against the program.
 */
#include "command/command.h"

static int
import_zone(const struct options *options)
{
    struct session session;
    int result = open_zone(&session, options, options->operand);
    if (session.brx != NULL && result != EXIT_MACHINE)
        print_text(stdout, brx_zone_program(session.brx));
    return close_session(&session, result);
}

static void
print_reading(const struct options *options, const struct brx_reading *reading)
{
    size_t read = reading->agreeing + reading->contradicting;
    fprintf(stderr,
            "%s: %zu tables; cells that agree with the program: %zu, that "
            "contradict it: %zu, that were not compared: %zu\n",
            options->document, reading->tables, reading->agreeing,
            reading->contradicting, reading->unread);
    if (read == 0)
        fputs("broxc: nothing was compared: a table is understood when its "
              "columns, rows or heading name an environment of the program\n",
              stderr);
}

static int
compare_document(struct session *session, const struct options *options)
{
    struct brx_reading reading;
    if (brx_compare_document(session->brx, brx_text(options->document),
                             &reading) != BRX_OK) {
        print_failure(session);
        return EXIT_MACHINE;
    }
    print_messages(session);
    print_reading(options, &reading);
    return options->is_strict && reading.contradicting > 0 ? EXIT_PROGRAM
                                                           : EXIT_FINE;
}

/* What the program's own warnings say is for `check`. */
static int
compare_program(const struct options *options)
{
    struct session session;
    struct options inner = *options;
    inner.is_strict = false;
    int result = open_session(&session, &inner);
    if (result == EXIT_FINE)
        result = compare_document(&session, options);
    else if (session.brx != NULL && result == EXIT_PROGRAM)
        print_messages(&session);
    return close_session(&session, result);
}

int
run_import(const struct options *options)
{
    if (options->document != NULL)
        return compare_program(options);
    if (options->operand != NULL)
        return import_zone(options);
    fputs("broxc: import needs a file, such as `example.com.zone`, or "
          "`--compare FILE.md`\n",
          stderr);
    return EXIT_USAGE;
}
