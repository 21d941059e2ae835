/*
 * A disk on which capital and small letters are the same: a build does there
 * what it does elsewhere, and what changes in case alone is refused instead of
 * being removed by its old name.
 */
#include "faults.h"

#include <stdio.h>
#include <string.h>

static const struct command build_capital = {
    {"build", "capital.brx", "-o", "out"}};
static const struct command build_small = {{"build", "small.brx", "-o", "out"}};

static void
put_program(const char *path, const char *folder)
{
    char text[512];
    snprintf(text, sizeof text,
             "brx 1\n"
             "project opera { registry opera.azurecr.io }\n"
             "service foyer { port http 8080; ready GET /ready }\n"
             "env development {\n"
             "    run foyer 1  memory 128Mi..256Mi  cpu 50m..250m\n"
             "}\n"
             "output { docs %s }\n",
             folder);
    trial_put(path, text);
}

static void
expect(struct trial *trial, const struct command *command,
       const struct ways *ways, int code)
{
    struct outcome outcome;
    trial_run(trial, command, ways, &outcome);
    if (outcome.code != code)
        trial_fail(trial, command, &outcome, "the wrong exit code", code);
}

/* The names are told, and nothing changes. */
static void
expect_refused(struct trial *trial, const struct command *command,
               const struct ways *ways)
{
    struct arena *arena = arena_open();
    struct outcome outcome;
    struct str before = trial_list(trial, arena);
    trial_run(trial, command, ways, &outcome);
    if (outcome.code == 0 || outcome.code == CRASHED)
        trial_fail(trial, command, &outcome, "it is not refused", 0);
    if (strstr(outcome.said, "error[N11]") == NULL ||
        strstr(outcome.said, "takes it for `Guides/RELEASE_GUIDE.md`") == NULL)
        trial_fail(trial, command, &outcome, "no name is told", 0);
    if (!is_str_equal(trial_list(trial, arena), before))
        trial_fail(trial, command, &outcome, "the tree has changed", 0);
    arena_close(arena);
}

static void
expect_same(struct trial *trial, struct str before, const char *what)
{
    struct outcome none = {0};
    struct arena *arena = arena_open();
    if (!is_str_equal(trial_list(trial, arena), before))
        trial_fail(trial, &build_small, &none, what, 0);
    arena_close(arena);
}

void
try_letters(struct trial *trial)
{
    static const struct command refused[] = {
        {{"build", "small.brx", "-o", "out"}},
        {{"build", "small.brx", "-o", "out", "--force"}},
        {{"build", "small.brx", "-o", "out", "--adopt"}},
        {{"build", "small.brx", "-o", "out", "--only", "docs"}},
        {{"verify", "small.brx", "-o", "out"}},
    };
    enum { REFUSED_COUNT = sizeof refused / sizeof refused[0] };
    static const struct command verify = {{"verify", "small.brx", "-o", "out"}};
    struct ways ways = {.knows_no_case = true};
    struct ways none = {0};
    struct arena *arena = arena_open();
    put_program("capital.brx", "Guides");
    put_program("small.brx", "guides");
    trial_remove("out");
    expect(trial, &build_capital, &ways, 0);
    struct str built = trial_list(trial, arena);
    expect(trial, &build_capital, &ways, 0);
    expect_same(trial, built, "built again, the tree is another");
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        expect_refused(trial, &refused[i], &ways);
    trial_remove("out/guides");
    expect(trial, &build_small, &ways, 0);
    expect(trial, &verify, &ways, 0);

    trial_remove("out");
    expect(trial, &build_capital, &none, 0);
    expect(trial, &build_small, &none, 0);
    expect(trial, &verify, &none, 0);
    arena_close(arena);
    printf("build   where letters have no case: %d were refused\n",
           REFUSED_COUNT);
}
