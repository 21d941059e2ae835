/*
 * Two builds of two programs begin in one folder at about the same time. One
 * of them goes through, or both, one after the other; the tree is that of one
 * of them, and who may not write says so.
 */
#define _DEFAULT_SOURCE /* usleep */
#include "faults.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 300, LATE_US_MAX = 4000 };

static const struct command commands[2] = {
    {{"build", "before.brx", "-o", "out"}},
    {{"build", "after.brx", "-o", "out"}}};

struct count {
    long refusals;
    long rounds[2]; /* whose tree it was in the end */
};

static void
run_both(struct trial *trial, struct trial *twin, long round,
         struct outcome outcomes[2])
{
    struct ways none = {0};
    bool is_after_first = round % 2 == 1;
    unsigned late_us = (unsigned)(round * 7919 % LATE_US_MAX);
    pid_t first = trial_start(trial, &commands[is_after_first], &none);
    usleep(late_us);
    pid_t second = trial_start(twin, &commands[!is_after_first], &none);
    trial_end(trial, first, &none, &outcomes[is_after_first]);
    trial_end(twin, second, &none, &outcomes[!is_after_first]);
}

static void
try_round(struct trial *trial, struct trial *twin, long round,
          const struct str trees[2], struct count *count)
{
    struct outcome outcomes[2];
    struct arena *arena = arena_open();
    run_both(trial, twin, round, outcomes);
    struct str found = trial_list(trial, arena);
    for (int i = 0; i < 2; i++) {
        bool is_told = strstr(outcomes[i].said, "another broxc") != NULL;
        count->refusals += outcomes[i].code == 4;
        count->rounds[i] += is_str_equal(found, trees[i]);
        if (outcomes[i].code != 0 && !(outcomes[i].code == 4 && is_told))
            trial_fail(trial, &commands[i], &outcomes[i], "in a race", round);
    }
    if (outcomes[0].code != 0 && outcomes[1].code != 0)
        trial_fail(trial, &commands[0], &outcomes[0], "neither won", round);
    if (!is_str_equal(found, trees[0]) && !is_str_equal(found, trees[1]))
        trial_fail(trial, &commands[0], &outcomes[0], "a mix", round);
    arena_close(arena);
}

void
try_races(struct trial *trial)
{
    struct trial twin;
    struct arena *arena = arena_open();
    struct str trees[2];
    struct count count = {0};
    trial_twin(trial, &twin);
    trees[0] = trial_list(trial, arena);
    trial_expect(trial, &commands[1], 0);
    trees[1] = trial_list(trial, arena);
    for (long round = 0; round < ROUNDS; round++)
        try_round(trial, &twin, round, trees, &count);
    trial_twin_close(&twin);
    arena_close(arena);
    printf(
        "build   two at once, %d times: %ld were refused, %ld and %ld trees\n",
        ROUNDS, count.refusals, count.rounds[0], count.rounds[1]);
}
