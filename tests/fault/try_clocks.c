/*
 * A clock that stands, jumps ahead, runs back, or does both by turns, and files
 * that are older and younger than each other for no reason: the command does
 * and says what it does in peace, and never asks which day it is.
 */
#define _XOPEN_SOURCE 700 /* nftw, utimensat */
#include "faults.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct row {
    int code;
    struct command command;
};

struct trying {
    struct trial *trial;
    const struct row *row;
    struct outcome peace;
    struct str tree; /* all below the folder, behind it */
    long runs;
};

/* From one year to another, file by file. */
static int
age_one(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    static const time_t years[] = {0, 5000000000, 1000000000};
    time_t year = years[((size_t)facts->st_ino + (size_t)place->level) % 3];
    struct timespec times[] = {{year, 0}, {year, 0}};
    (void)kind;
    return utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

static const char *
find_fault(const struct trying *trying, enum clock_way way,
           const struct outcome *outcome, struct str found)
{
    if (outcome->code != trying->peace.code)
        return "the wrong exit code";
    if (strcmp(outcome->said, trying->peace.said) != 0)
        return "it says something else";
    if (!is_str_equal(found, trying->tree))
        return "another tree";
    if (way == CLOCK_AS_IT_IS)
        return NULL;
    if (outcome->clock_readings == 0)
        return "nobody looked at the clock";
    return outcome->clock_day_readings > 0 ? "it asked which day it is" : NULL;
}

static void
try_way(struct trying *trying, enum clock_way way)
{
    struct trial *trial = trying->trial;
    const struct command *command = &trying->row->command;
    struct ways ways = {.clock = way};
    struct outcome outcome;
    struct arena *arena = arena_open();
    if (nftw(".", age_one, 16, FTW_PHYS) != 0)
        trial_fail(trial, command, &trying->peace, "files keep their age", way);
    trial_run(trial, command, &ways, &outcome);
    struct str found = trial_list(trial, arena);
    const char *fault = find_fault(trying, way, &outcome, found);
    if (fault != NULL)
        trial_fail(trial, command, &outcome, fault, way);
    trying->runs++;
    arena_close(arena);
    trial_reset(trial);
}

static void
try_row(struct trial *trial, const struct row *row)
{
    struct arena *arena = arena_open();
    struct trying trying = {.trial = trial, .row = row};
    struct ways none = {0};
    trial_run(trial, &row->command, &none, &trying.peace);
    trying.tree = trial_list(trial, arena);
    if (trying.peace.code != row->code)
        trial_fail(trial, &row->command, &trying.peace, "in peace", 0);
    trial_reset(trial);
    for (int way = 0; way < CLOCK_WAY_COUNT; way++)
        try_way(&trying, (enum clock_way)way);
    arena_close(arena);
    printf("%-7s the same by %ld clocks\n", row->command.words[0], trying.runs);
}

void
try_clocks(struct trial *trial)
{
    static const struct row rows[] = {
        {0, {{"check", "after.brx"}}},
        {3, {{"verify", "after.brx", "-o", "out"}}},
        {0, {{"verify", "before.brx", "-o", "out"}}},
        {0, {{"build", "after.brx", "-o", "out"}}},
        {0, {{"build", "before.brx", "-o", "out"}}},
        {0, {{"build", "after.brx", "-o", "out", "--twice"}}},
        {3, {{"diff", "before.brx", "after.brx"}}},
        {3, {{"diff", "after.brx", "-o", "out"}}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        try_row(trial, &rows[i]);
}
