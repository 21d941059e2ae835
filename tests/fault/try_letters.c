/*
 * A disk on which capital and small letters are the same: a build does there
 * what it does elsewhere, and what changes in case alone is refused instead of
 * being removed by its old name.
 */
#include "faults.h"

#include <stdio.h>
#include <string.h>

struct row {
    int code;
    struct command command;
};

static const struct command build_capital = {
    {"build", "capital.brx", "-o", "out"}};
static const struct command build_small = {{"build", "small.brx", "-o", "out"}};
static const struct command verify_small = {
    {"verify", "small.brx", "-o", "out"}};

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
expect_refused(struct trial *trial, const struct row *row,
               const struct ways *ways)
{
    const struct command *command = &row->command;
    struct arena *arena = arena_open();
    struct outcome outcome;
    struct str before = trial_list(trial, arena);
    trial_run(trial, command, ways, &outcome);
    if (outcome.code != row->code)
        trial_fail(trial, command, &outcome, "the wrong exit code", row->code);
    if (strstr(outcome.said, "error[N11]") == NULL ||
        strstr(outcome.said, "takes it for `Guides/RELEASE_GUIDE.md`") == NULL)
        trial_fail(trial, command, &outcome, "no name is told", 0);
    if (!is_str_equal(trial_list(trial, arena), before))
        trial_fail(trial, command, &outcome, "the tree has changed", 0);
    arena_close(arena);
}

static void
build_twice(struct trial *trial, const struct ways *ways)
{
    struct outcome none = {0};
    struct arena *arena = arena_open();
    expect(trial, &build_capital, ways, 0);
    struct str built = trial_list(trial, arena);
    expect(trial, &build_capital, ways, 0);
    if (!is_str_equal(trial_list(trial, arena), built))
        trial_fail(trial, &build_capital, &none, "the tree is another", 0);
    arena_close(arena);
}

/* Where letters have a case, the old files go and new ones come. */
static void
try_with_case(struct trial *trial)
{
    struct ways none = {0};
    struct outcome nothing = {0};
    struct arena *arena = arena_open();
    trial_remove("out");
    expect(trial, &build_capital, &none, 0);
    expect(trial, &build_small, &none, 0);
    expect(trial, &verify_small, &none, 0);
    if (str_contains(trial_list(trial, arena), STR("/out/Guides")))
        trial_fail(trial, &build_small, &nothing, "the old folder stays", 0);
    arena_close(arena);
}

void
try_letters(struct trial *trial)
{
    static const struct row refused[] = {
        {1, {{"build", "small.brx", "-o", "out"}}},
        {1, {{"build", "small.brx", "-o", "out", "--force"}}},
        {1, {{"build", "small.brx", "-o", "out", "--adopt"}}},
        {1, {{"build", "small.brx", "-o", "out", "--only", "docs"}}},
        {3, {{"verify", "small.brx", "-o", "out"}}},
    };
    enum { REFUSED_COUNT = sizeof refused / sizeof refused[0] };
    struct ways ways = {.disk_has_no_case = true};
    put_program("capital.brx", "Guides");
    put_program("small.brx", "guides");
    trial_remove("out");
    build_twice(trial, &ways);
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        expect_refused(trial, &refused[i], &ways);
    trial_remove("out/guides");
    expect(trial, &build_small, &ways, 0);
    expect(trial, &verify_small, &ways, 0);
    try_with_case(trial);
    printf("build   where letters have no case: %d were refused\n",
           REFUSED_COUNT);
}
