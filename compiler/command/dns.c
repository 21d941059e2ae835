/*
 * broxc dns: master files that others wrote, alone or against the program.
 */
#include "command/command.h"

#include <string.h>

int
open_zone(struct session *session, const struct options *options,
          const char *path)
{
    int result = open_handle(session, options);
    if (result != EXIT_FINE)
        return result;
    if (brx_read_zone(session->brx, brx_text(path)) != BRX_OK) {
        print_failure(session);
        return EXIT_MACHINE;
    }
    print_messages(session);
    return brx_error_count(session->brx) > 0 ? EXIT_PROGRAM : EXIT_FINE;
}

static int
check_zone(const struct options *options)
{
    struct session session;
    int result = open_zone(&session, options, options->operands[1]);
    if (result == EXIT_FINE && session.format == BRX_HUMAN &&
        brx_warning_count(session.brx) == 0)
        puts("no errors");
    return close_session(&session, result);
}

static int
read_zone(const struct options *options)
{
    struct session session;
    int result = open_zone(&session, options, options->operands[1]);
    if (session.brx != NULL && result != EXIT_MACHINE)
        print_text(stdout, brx_zone_text(session.brx));
    return close_session(&session, result);
}

static int
print_plan(struct session *session, bool is_json, bool allow_deletions)
{
    struct brx_plan plan;
    struct brx_plan_choices choices = {.size = sizeof choices,
                                       .allow_deletions = allow_deletions,
                                       .is_json = is_json};
    if (brx_plan_zones(session->brx, &choices, &plan) != BRX_OK) {
        print_failure(session);
        return EXIT_MACHINE;
    }
    print_text(stdout, plan.text);
    if (plan.is_held)
        return EXIT_PROGRAM;
    return plan.added + plan.changed + plan.removed + plan.waiting > 0
               ? EXIT_DIFFERS
               : EXIT_FINE;
}

/* The plan is the result; what is to be said of the program is for people. */
static int
plan_zone(const struct options *options)
{
    struct session session;
    struct options inner = *options;
    const char *format = options->format == NULL ? "human" : options->format;
    bool is_json = strcmp(format, "json") == 0;
    if (!is_json && strcmp(format, "human") != 0) {
        fprintf(stderr, "broxc: `--format %s`: expected human or json\n",
                format);
        return EXIT_USAGE;
    }
    inner.format = "human";
    inner.live = options->operands[1];
    inner.operand = options->operand_count > 2 ? options->operands[2] : NULL;
    int result = open_session(&session, &inner);
    if (session.brx != NULL && result != EXIT_MACHINE)
        print_messages(&session);
    if (result == EXIT_FINE)
        result = print_plan(&session, is_json, options->allow_deletions);
    return close_session(&session, result);
}

int
run_dns(const struct options *options)
{
    static const struct {
        const char *name;
        int most;
        int (*run)(const struct options *options);
    } deeds[] = {{"plan", 3, plan_zone},
                 {"check", 2, check_zone},
                 {"read", 2, read_zone}};
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        if (options->operand_count >= 2 &&
            options->operand_count <= deeds[i].most &&
            strcmp(options->operands[0], deeds[i].name) == 0)
            return deeds[i].run(options);
    }
    fputs("broxc: expected `dns plan LIVE [FILE]`, `dns check ZONE` or "
          "`dns read ZONE`\n",
          stderr);
    return EXIT_USAGE;
}
