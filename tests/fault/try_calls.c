/*
 * Each system call of a command fails in turn, in each way that it may, or is
 * interrupted, or does half of what was asked for. The command says which file
 * it was about and why, exits with 4, has nothing open, and leaves an output
 * folder that is as it was or as it should be. What is no failure it survives.
 */
#include "faults.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of the calls of a kind, the first are tried in all their ways, and of those
 * that follow every fifth. */
enum { WAYS_MAX = 6, CUT = -1, ALL_MAX = 12, EVERY = 5 };

/* How a call may go wrong: errors, or CUT. */
struct danger {
    long number;
    int ways[WAYS_MAX];
};

static const struct danger dangers[] = {
    {SYS_openat, {EIO, EACCES, EMFILE, ENOSPC, EINTR}},
    {SYS_read, {EIO, EINTR, CUT}},
    {SYS_write, {EIO, ENOSPC, EINTR, CUT}},
    {SYS_close, {EIO, EINTR}},
    {SYS_getdents64, {EIO}},
    {SYS_flock, {EIO, ENOLCK, EINTR}},
    {SYS_fcntl, {EIO}},
    {SYS_newfstatat, {EIO, EACCES}},
    {SYS_mkdirat, {EIO, EACCES, ENOSPC}},
    {SYS_unlinkat, {EIO, EACCES}},
    {SYS_linkat, {EIO, EACCES, ENOSPC}},
};

static const struct danger other_danger = {-1, {EIO, EACCES, ENOSPC}};

struct row {
    int code;
    struct command command;
    const char *renewed;  /* a folder that is not there before; or NULL */
    struct command maker; /* of what is there after all; or none */
};

struct trying {
    struct trial *trial;
    const struct row *row;
    struct str old;
    struct str new;
    long runs;
    long refusals;
};

static const struct danger *
find_danger(long number)
{
    for (size_t i = 0; i < sizeof dangers / sizeof dangers[0]; i++) {
        if (dangers[i].number == number)
            return &dangers[i];
    }
    return &other_danger;
}

/* Of a failure that the command tells: does it name a file, and a reason? */
static bool
is_told(const char *said)
{
    const char *name = strstr(said, "broxc: cannot ");
    const char *reason = name == NULL ? NULL : strstr(name, "`: ");
    return strstr(said, "memory") != NULL || (reason != NULL && reason[3]) ||
           strstr(said, "cannot write to standard output") != NULL;
}

/* A file that the program names is a fault where it is named. */
static bool
is_fault_of_program(const char *said)
{
    return strstr(said, "cannot read the file `cache.yaml`") != NULL &&
           strstr(said, "cannot read `cache.yaml`: ") != NULL;
}

static const char *
find_fault(const struct trying *trying, const struct trap *trap,
           const struct call *call, const struct outcome *outcome,
           struct str found)
{
    bool is_refused = outcome->code == 4;
    bool is_harmless = trap->deed == DEED_CUT || trap->error == EINTR;
    if (outcome->code == CRASHED)
        return "it crashed";
    if (outcome->code == 1 && is_fault_of_program(outcome->said))
        return is_harmless ? "it did not survive" : NULL;
    if (!is_refused && outcome->code != trying->row->code)
        return "the wrong exit code";
    if (is_refused && is_harmless)
        return "it did not survive";
    if (is_refused && !is_told(outcome->said))
        return "no word of the file, or of the reason";
    if (outcome->pieces_left != 0)
        return "memory is not given back";
    if (outcome->files_left > (call->number == SYS_close))
        return "a file is not closed";
    if (!is_str_equal(found, trying->new) &&
        !(is_refused && is_str_equal(found, trying->old)))
        return "neither old nor new";
    return NULL;
}

static void
renew(struct trying *trying)
{
    if (trying->row->renewed != NULL)
        trial_remove(trying->row->renewed);
    trial_reset(trying->trial);
    if (trying->row->maker.words[0] != NULL)
        trial_expect(trying->trial, &trying->row->maker, 0);
}

static void
try_once(struct trying *trying, const struct call *call, long at, int way)
{
    struct trial *trial = trying->trial;
    const struct command *command = &trying->row->command;
    struct trap trap = {.deed = way == CUT ? DEED_CUT : DEED_FAIL,
                        .at = at,
                        .error = way == CUT ? 0 : way};
    struct ways ways = {.trap = &trap};
    struct outcome outcome;
    struct arena *arena = arena_open();
    trial_run(trial, command, &ways, &outcome);
    if (trial->traced.all[at].number != call->number)
        trial_fail(trial, command, &outcome, "two runs differ", at);
    trial_clear_leftover(trial, command, &outcome);
    struct str found = trial_list(trial, arena);
    const char *fault = find_fault(trying, &trap, call, &outcome, found);
    if (fault != NULL) {
        trial_fail(trial, command, &outcome, fault, at);
        printf("        call %ld(%ld), error %d\n", call->number,
               call->argument, way);
    }
    trying->runs++;
    trying->refusals += outcome.code == 4;
    bool is_changed = !is_str_equal(found, trying->old);
    arena_close(arena);
    if (is_changed)
        renew(trying);
}

/* The C library writes there. It does not go on when a signal interrupts it;
 * but none can, since the command handles none. */
static bool
is_output(const struct call *call)
{
    return call->number == SYS_write && call->argument <= STDERR_FILENO;
}

/* Calls before this one that are of its kind. */
static long
count_alike(const struct call *calls, long at)
{
    long count = 0;
    for (long i = 0; i < at; i++)
        count += calls[i].number == calls[at].number;
    return count;
}

static void
try_row(struct trial *trial, const struct row *row)
{
    static struct call calls[CALLS_MAX];
    struct trap none = {.deed = DEED_NONE};
    struct ways ways = {.trap = &none};
    struct outcome outcome;
    struct arena *arena = arena_open();
    struct trying trying = {.trial = trial, .row = row};
    renew(&trying);
    trying.old = trial_list(trial, arena);
    trial_run(trial, &row->command, &ways, &outcome);
    trying.new = trial_list(trial, arena);
    long count = outcome.calls;
    memcpy(calls, trial->traced.all, sizeof calls);
    if (outcome.code != row->code)
        trial_fail(trial, &row->command, &outcome, "in peace", 0);
    renew(&trying);
    for (long at = 0; at < count; at++) {
        const struct danger *danger = find_danger(calls[at].number);
        long alike = count_alike(calls, at);
        for (int way = 0; way < WAYS_MAX && danger->ways[way] != 0; way++) {
            bool is_impossible =
                danger->ways[way] == EINTR && is_output(&calls[at]);
            if (!is_impossible &&
                (alike < ALL_MAX || (alike + way) % EVERY == 0))
                try_once(&trying, &calls[at], at, danger->ways[way]);
        }
    }
    arena_close(arena);
    printf("%-7s %ld calls went wrong in %ld ways, %ld of them refused\n",
           row->command.words[0], count, trying.runs, trying.refusals);
}

void
try_calls(struct trial *trial)
{
    static const struct row rows[] = {
        {0, {{"check", "after.brx"}}, NULL, {{NULL}}},
        {3, {{"verify", "after.brx", "-o", "out"}}, NULL, {{NULL}}},
        {0, {{"build", "after.brx", "-o", "out"}}, NULL, {{NULL}}},
        {0,
         {{"build", "after.brx", "-o", "fresh/out", "--only", "kubernetes"}},
         "fresh",
         {{NULL}}},
        {0,
         {{"build", "zone-after.brx", "-o", "zones"}},
         "zones",
         {{"build", "zone-before.brx", "-o", "zones"}}},
        {0, {{"fmt", "ugly.brx"}}, NULL, {{NULL}}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        try_row(trial, &rows[i]);
}
