/*
 * From options to a compiled program.
 */
#include "command/command.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void
print_text(FILE *out, struct brx_text text)
{
    fwrite(text.at, 1, text.len, out);
}

bool
is_terminal(FILE *out)
{
    const char *no_color = getenv("NO_COLOR");
    return isatty(fileno(out)) == 1 &&
           (no_color == NULL || no_color[0] == '\0');
}

void
print_failure(const struct session *session)
{
    fputs("broxc: ", stderr);
    print_text(stderr, brx_failure(session->brx));
    fputc('\n', stderr);
}

void
print_messages(struct session *session)
{
    bool is_result =
        session->format != BRX_HUMAN && session->format != BRX_SHORT;
    FILE *out = is_result && !session->is_output_taken ? stdout : stderr;
    enum brx_color color = is_terminal(out) ? BRX_ANSI : BRX_NO_COLOR;
    struct brx_text messages =
        brx_messages(session->brx, session->format, color);
    struct brx_text counts = brx_message_counts(session->brx);
    print_text(out, messages);
    if (session->format != BRX_HUMAN || counts.len == 0)
        return;
    fputc('\n', stderr);
    print_text(stderr, counts);
    fputc('\n', stderr);
}

static double
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
begin_stage(void *context, const char *name)
{
    struct session *session = context;
    double now = now_ms();
    if (session->has_timings && session->stage != NULL)
        fprintf(stderr, "%-8s %8.2f ms\n", session->stage,
                now - session->stage_start);
    session->stage = name;
    session->stage_start = now;
}

static bool
complain(const char *option, const char *value, const char *choices)
{
    fprintf(stderr, "broxc: `%s %s`: expected %s\n", option, value, choices);
    return false;
}

static int
digits(const char *text, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

static int
days_in_month(int year, int month)
{
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month == 2)
        return is_leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool
is_day(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; form[i] != '\0'; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == 'd' ? !is_digit : text[i] != form[i])
            return false;
    }
    int month = digits(text + 5, 2);
    int day = digits(text + 8, 2);
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(digits(text, 4), month);
}

static bool
read_sets(struct session *session, const struct options *options)
{
    for (size_t i = 0; i < options->set.count; i++) {
        const char *text = options->set.at[i];
        const char *equals = strchr(text, '=');
        if (equals == NULL || equals == text)
            return complain("--set", text, "NAME=VALUE");
        session->givens[i].name =
            (struct brx_text){text, (size_t)(equals - text)};
        session->givens[i].value = brx_text(equals + 1);
    }
    for (size_t i = 0; i < options->given.count; i++)
        session->given_files[i] = brx_text(options->given.at[i]);
    return true;
}

static size_t
choose(const struct options *options, const char *option, const char *value)
{
    return get_choice(options->command, option, value, strlen(value));
}

static bool
read_choices(struct session *session, const struct options *options,
             struct brx_options *out)
{
    *out = brx_default_options();
    if (options->profile != NULL)
        out->profile =
            (enum brx_profile)choose(options, "--profile", options->profile);
    session->format = BRX_HUMAN;
    if (options->format != NULL)
        session->format =
            (enum brx_format)choose(options, "--format", options->format);
    if (!read_sets(session, options))
        return false;
    if (options->date != NULL && !is_day(options->date))
        return complain("--date", options->date, "a day such as 2027-06-30");
    if (options->date != NULL)
        out->today = brx_text(options->date);
    if (options->baseline != NULL)
        out->baseline = brx_text(options->baseline);
    out->is_release = options->is_release;
    out->givens = session->givens;
    out->given_count = options->set.count;
    out->given_files = session->given_files;
    out->given_file_count = options->given.count;
    if (options->live != NULL)
        out->live = brx_text(options->live);
    out->read = options->read;
    out->list = options->list;
    out->read_context = options->read_context;
    if (options->question != NULL)
        out->question = brx_text(options->question);
    out->keeps_origins = options->keeps_origins;
    out->will_build = options->will_build;
    out->stage = begin_stage;
    out->stage_context = session;
    session->has_timings = options->timings;
    return true;
}

const char *
find_program(struct session *session)
{
    static const char name[] = "envs.brx";
    static const char up[] = "../";
    enum { FOLDERS_UP_MAX = 64 };
    size_t len = 0;
    for (int i = 0; i <= FOLDERS_UP_MAX; i++) {
        memcpy(session->found_path + len, name, sizeof name);
        if (access(session->found_path, F_OK) == 0)
            return session->found_path;
        memcpy(session->found_path + len, up, sizeof up - 1);
        len += sizeof up - 1;
    }
    fputs("broxc: no envs.brx here or in a folder above\n", stderr);
    return NULL;
}

int
fail_for_memory(void)
{
    fputs("broxc: the machine has no memory left\n", stderr);
    return EXIT_MACHINE;
}

/* With what the options choose; gives the exit code so far. */
static int
open_over(struct session *session, const struct options *options,
          const struct brx_file *files, size_t file_count)
{
    struct brx_options choices;
    *session = (struct session){.brx = NULL};
    if (!read_choices(session, options, &choices))
        return EXIT_USAGE;
    choices.files = files;
    choices.file_count = file_count;
    session->brx = brx_open(&choices);
    if (session->brx != NULL)
        return EXIT_FINE;
    return fail_for_memory();
}

int
open_handle(struct session *session, const struct options *options)
{
    return open_over(session, options, NULL, 0);
}

int
open_session(struct session *session, const struct options *options)
{
    return open_session_over(session, options, NULL, 0);
}

int
open_session_over(struct session *session, const struct options *options,
                  const struct brx_file *files, size_t file_count)
{
    int result = open_over(session, options, files, file_count);
    if (result != EXIT_FINE)
        return result;
    const char *path =
        options->operand != NULL ? options->operand : find_program(session);
    if (path == NULL)
        return EXIT_MACHINE;
    if (brx_compile(session->brx, brx_text(path)) != BRX_OK) {
        print_failure(session);
        return EXIT_MACHINE;
    }
    bool is_wrong = brx_error_count(session->brx) > 0 ||
                    (options->is_strict && brx_warning_count(session->brx) > 0);
    return is_wrong ? EXIT_PROGRAM : EXIT_FINE;
}

int
close_session(struct session *session, int result)
{
    begin_stage(session, NULL);
    result = close_handle(session->brx, result);
    session->brx = NULL;
    return result;
}

int
close_handle(struct brx *brx, int result)
{
    bool is_news = brx != NULL && brx_is_out_of_memory(brx);
    brx_close(brx);
    return is_news && result != EXIT_MACHINE ? fail_for_memory() : result;
}
