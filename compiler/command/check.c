/*
 * broxc check: messages, and on request the fixes that are certain.
 */
#include "command/command.h"

#include <string.h>

enum { ROUNDS_MAX = 8 };

static int
finish(struct session *session, int result)
{
    if (session->brx != NULL && result != EXIT_MACHINE)
        print_messages(session);
    if (result == EXIT_FINE && session->format == BRX_HUMAN &&
        brx_warning_count(session->brx) == 0)
        puts("no errors");
    return result;
}

/* ---- fixes ---- */

/* The files of each round, over those of the round before. */
struct fixing {
    const struct options *options;
    struct session rounds[ROUNDS_MAX + 1];
    int round_count;
    struct brx_file files[REPEATS_MAX];
    size_t file_count;
};

static bool
is_same_path(struct brx_text a, struct brx_text b)
{
    return a.len == b.len && strncmp(a.at, b.at, a.len) == 0;
}

static bool
put_file(struct fixing *fixing, struct brx_file file)
{
    size_t at = 0;
    while (at < fixing->file_count &&
           !is_same_path(fixing->files[at].path, file.path))
        at++;
    if (at == REPEATS_MAX)
        return false;
    fixing->files[at] = file;
    fixing->file_count += at == fixing->file_count;
    return true;
}

/* One more round: false when nothing is left to mend, or when mending brought
 * more errors than there were. */
static bool
mend_once(struct fixing *fixing, int *result)
{
    struct session *before = &fixing->rounds[fixing->round_count - 1];
    struct session *after = &fixing->rounds[fixing->round_count];
    struct brx_file files[REPEATS_MAX];
    size_t file_count = fixing->file_count;
    size_t count = brx_fixed_count(before->brx);
    memcpy(files, fixing->files, sizeof files);
    for (size_t i = 0; i < count; i++) {
        if (!put_file(fixing, brx_fixed(before->brx, i)))
            return false;
    }
    if (count == 0 || fixing->round_count > ROUNDS_MAX)
        return false;
    int next = open_session_over(after, fixing->options, fixing->files,
                                 fixing->file_count);
    fixing->round_count++;
    if (after->brx != NULL &&
        brx_error_count(after->brx) <= brx_error_count(before->brx)) {
        *result = next;
        return true;
    }
    memcpy(fixing->files, files, sizeof files);
    fixing->file_count = file_count;
    *result = close_session(after, *result);
    fixing->round_count--;
    return false;
}

static int
write_files(struct fixing *fixing, int result)
{
    struct brx *brx = fixing->rounds[0].brx;
    for (size_t i = 0; i < fixing->file_count; i++) {
        const struct brx_file *file = &fixing->files[i];
        if (brx_put_file(brx, file->path, file->text) != BRX_OK) {
            print_failure(&fixing->rounds[0]);
            return EXIT_MACHINE;
        }
        fprintf(stderr, "mended %.*s\n", (int)file->path.len, file->path.at);
    }
    return result;
}

static int
run_fix(const struct options *options)
{
    struct fixing fixing = {.options = options, .round_count = 1};
    int result = open_session(&fixing.rounds[0], options);
    while (fixing.rounds[0].brx != NULL && result != EXIT_MACHINE &&
           mend_once(&fixing, &result))
        continue;
    result = write_files(&fixing, result);
    result = finish(&fixing.rounds[fixing.round_count - 1], result);
    while (fixing.round_count > 0)
        result = close_session(&fixing.rounds[--fixing.round_count], result);
    return result;
}

/* ---- the rest ---- */

static int
write_new_baseline(struct session *session, const char *path)
{
    struct brx_text text = brx_baseline(session->brx);
    if (brx_is_out_of_memory(session->brx))
        return fail_for_memory();
    if (brx_put_file(session->brx, brx_text(path), text) == BRX_OK)
        return EXIT_FINE;
    print_failure(session);
    return EXIT_MACHINE;
}

int
run_check(const struct options *options)
{
    struct session session;
    if (options->fixes)
        return run_fix(options);
    int result = open_session(&session, options);
    if (options->new_baseline != NULL && session.brx != NULL &&
        result != EXIT_MACHINE)
        result = write_new_baseline(&session, options->new_baseline);
    result = finish(&session, result);
    return close_session(&session, result);
}
