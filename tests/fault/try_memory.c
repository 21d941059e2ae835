/*
 * Each time that the command asks for memory, it gets none: once, or from then
 * on. It says so, exits with 4, gives back what it had, and leaves an output
 * folder that is as it was or as it should be.
 */
#include "faults.h"

#include <stdio.h>
#include <string.h>

/* A command whose runs are tried, and what is true of a run in peace. */
struct row {
    int code;
    struct command command;
    bool has_two_processors; /* and enough to do for both */
};

struct trying {
    struct trial *trial;
    const struct row *row;
    struct str old; /* all below the folder, before it */
    struct str new; /* and behind it */
    long runs;
    long refusals;
};

/* What is wrong with how a run ended; or NULL. */
static const char *
find_fault(const struct trying *trying, const struct outcome *outcome,
           struct str found)
{
    bool is_refused = outcome->code == 4;
    if (outcome->code == CRASHED)
        return "it crashed";
    if (!is_refused && outcome->code != trying->row->code)
        return "the wrong exit code";
    if (is_refused && strstr(outcome->said, "memory") == NULL)
        return "no word of the memory";
    /* The C library keeps what its thread had for the next one. */
    if (outcome->pieces_left != 0 && !trying->row->has_two_processors)
        return "memory is not given back";
    if (outcome->files_left != 0)
        return "a file is not closed";
    if (!is_str_equal(found, trying->new) &&
        !(is_refused && is_str_equal(found, trying->old)))
        return "neither old nor new";
    return NULL;
}

static void
try_once(struct trying *trying, long fails_at, bool for_good)
{
    struct ways ways = {.memory_fails_at = fails_at,
                        .for_good = for_good,
                        .has_two_processors = trying->row->has_two_processors};
    struct trial *trial = trying->trial;
    struct arena *arena = arena_open();
    struct outcome outcome;
    trial_run(trial, &trying->row->command, &ways, &outcome);
    trial_clear_leftover(trial, &trying->row->command, &outcome);
    struct str found = trial_list(trial, arena);
    const char *fault = find_fault(trying, &outcome, found);
    if (fault != NULL)
        trial_fail(trial, &trying->row->command, &outcome, fault, fails_at);
    bool is_changed = !is_str_equal(found, trying->old);
    arena_close(arena);
    trying->runs++;
    trying->refusals += outcome.code == 4;
    if (is_changed)
        trial_reset(trial);
}

static void
try_row(struct trial *trial, const struct row *row)
{
    struct ways ways = {.has_two_processors = row->has_two_processors};
    struct outcome outcome;
    struct arena *arena = arena_open();
    struct trying trying = {.trial = trial, .row = row};
    trying.old = trial_list(trial, arena);
    trial_run(trial, &row->command, &ways, &outcome);
    trying.new = trial_list(trial, arena);
    const char *fault = find_fault(&trying, &outcome, trying.new);
    if (fault != NULL)
        trial_fail(trial, &row->command, &outcome, fault, 0);
    trial_reset(trial);
    for (long at = 1; at <= outcome.memory_calls; at++) {
        try_once(&trying, at, false);
        try_once(&trying, at, true);
    }
    arena_close(arena);
    printf("%s %s: %ld allocations failed in %ld runs, %ld of them refused\n",
           row->command.words[0], row->command.words[1], outcome.memory_calls,
           trying.runs, trying.refusals);
}

void
try_memory(struct trial *trial)
{
    static const struct row rows[] = {
        {0, {{"check", "after.brx"}}, false},
        {3, {{"verify", "after.brx", "-o", "out"}}, false},
        {0, {{"build", "after.brx", "-o", "out"}}, false},
        {0, {{"build", "many.brx", "-o", "out"}}, true},
        {0, {{"check", "crowd.brx"}}, true},
        {3, {{"diff", "before.brx", "after.brx"}}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        try_row(trial, &rows[i]);
}
