/*
 * A build is killed before each of its system calls. Then a verify understands
 * what it finds, the next build makes the tree of a build in peace, of either
 * program, and nothing is left behind.
 */
#include "faults.h"

#include <stdio.h>

static const struct command build_after = {{"build", "after.brx", "-o", "out"}};
static const struct command build_before = {
    {"build", "before.brx", "-o", "out"}};
static const struct command verify = {{"verify", "after.brx", "-o", "out"}};

static bool
is_listed(struct trial *trial, struct str expected)
{
    struct arena *arena = arena_open();
    bool is_same = is_str_equal(trial_list(trial, arena), expected);
    arena_close(arena);
    return is_same;
}

/* False when it ended before that call. */
static bool
kill_build(struct trial *trial, long at, struct outcome *outcome)
{
    struct trap trap = {.deed = DEED_KILL, .at = at};
    struct ways ways = {.trap = &trap};
    trial_run(trial, &build_after, &ways, outcome);
    return trial->traced.is_sprung;
}

static void
verify_killed(struct trial *trial, long at)
{
    struct ways none = {0};
    struct outcome outcome;
    trial_run(trial, &verify, &none, &outcome);
    if (outcome.code != 0 && outcome.code != 3)
        trial_fail(trial, &verify, &outcome, "after a kill", at);
}

static void
heal(struct trial *trial, const struct command *build, struct str expected,
     long at)
{
    struct ways none = {0};
    struct outcome outcome;
    trial_run(trial, build, &none, &outcome);
    if (outcome.code != 0 || !is_listed(trial, expected))
        trial_fail(trial, build, &outcome, "after a kill", at);
}

/* What a run killed here leaves, and what the next ones make of it. */
static void
try_once(struct trial *trial, const struct str trees[2], long at)
{
    struct outcome outcome;
    verify_killed(trial, at);
    heal(trial, &build_after, trees[1], at);
    heal(trial, &build_before, trees[0], at);
    kill_build(trial, at, &outcome);
    heal(trial, &build_before, trees[0], at);
}

void
try_kills(struct trial *trial)
{
    struct outcome outcome;
    struct arena *arena = arena_open();
    struct str trees[2];
    trees[0] = trial_list(trial, arena);
    trial_expect(trial, &build_after, 0);
    trees[1] = trial_list(trial, arena);
    struct str last = trees[0];
    long kills = 0;
    long states = 0;
    trial_reset(trial);
    for (; kill_build(trial, kills, &outcome); kills++) {
        struct str found = trial_list(trial, arena);
        bool is_new = !is_str_equal(found, last);
        last = found;
        states += is_new;
        if (is_new)
            try_once(trial, trees, kills);
        else if (!is_str_equal(found, trees[0]))
            trial_reset(trial);
    }
    arena_close(arena);
    printf("build   was killed at %ld calls, and left %ld states\n", kills,
           states);
}
