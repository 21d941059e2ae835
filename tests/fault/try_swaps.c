/*
 * Before each system call of a build, somebody puts a symbolic link in the
 * place of a folder that it writes in. Nothing is written where it leads.
 */
#include "faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Each call is met by one of three links. */
enum { EVERY = 3 };

static const struct command build = {{"build", "after.brx", "-o", "out"}};

static void
swap(void *context)
{
    const char *folder = context;
    char target[4096];
    if (getcwd(target, sizeof target - 16) == NULL)
        abort();
    size_t len = str_from(target).len;
    snprintf(target + len, sizeof target - len, "/outside");
    rename(folder, "moved");
    if (symlink(target, folder) != 0)
        perror(folder);
}

/* The folder is as it was before all of it. */
static void
renew(struct trial *trial, const char *folder)
{
    unlink(folder);
    trial_remove("moved");
    trial_remove("out");
    trial_reset(trial);
    trial_put("out/mine", "mine\n");
}

static long
try_folder(struct trial *trial, const char *folder, long first)
{
    struct arena *arena = arena_open();
    struct str outside = trial_list_outside(trial, arena);
    struct trap trap = {.deed = DEED_MEET,
                        .at = first,
                        .meet = swap,
                        .context = (char *)folder};
    struct ways ways = {.trap = &trap};
    long swaps = 0;
    for (;; trap.at += EVERY) {
        struct outcome outcome;
        trial_run(trial, &build, &ways, &outcome);
        if (!trial->traced.is_sprung)
            break;
        swaps++;
        if (!is_str_equal(trial_list_outside(trial, arena), outside))
            trial_fail(trial, &build, &outcome, "it wrote outside", trap.at);
        if (outcome.code == CRASHED)
            trial_fail(trial, &build, &outcome, "it crashed", trap.at);
        if (outcome.files_left != 0 || outcome.pieces_left != 0)
            trial_fail(trial, &build, &outcome, "not all is closed", trap.at);
        renew(trial, folder);
    }
    trial_reset(trial);
    arena_close(arena);
    return swaps;
}

void
try_swaps(struct trial *trial)
{
    static const char *const folders[] = {
        "out/infrastructure/kubernetes/base",
        "out/infrastructure",
        "out/.broxc-staging",
    };
    /* What a build would overwrite, remove and clear, were it there. */
    trial_put("outside/service-foyer.yaml", "theirs\n");
    trial_put("outside/kustomization.yaml", "theirs\n");
    trial_put("outside/new0", "theirs\n");
    trial_put("outside/lock", "theirs\n");
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        printf("build   met a link in the place of %s %ld times\n", folders[i],
               try_folder(trial, folders[i], (long)i));
}
