/*
 * One run of the command after another, each in a process of its own that is
 * forked from this one, in a folder with two programs:
 *
 *     before.brx after.brx cache.yaml     the programs, and what they read
 *     zone-before.brx zone-after.brx      of a zone whose serial must rise
 *     ugly.brx                            one that is to be formatted
 *     out/                                where they are built
 *     out/mine, outside/theirs            what is not broxc's
 */
#ifndef FAULT_TRIAL_H
#define FAULT_TRIAL_H

#include "clock.h"
#include "tracer.h"

#include "support/workshop.h"

enum { ARGUMENTS_MAX = 8, SAID_MAX = 4096, CRASHED = -1 };

struct ways {
    long memory_fails_at; /* as of memory_arm() */
    bool for_good;
    const struct trap *trap; /* NULL: nobody watches */
    int files_max;           /* RLIMIT_NOFILE; 0: as it is */
    enum clock_way clock;
    bool disk_has_no_case;   /* as of letters_arm() */
    bool has_two_processors; /* else one, so that each run makes the same calls
                                in the same order */
};

struct outcome {
    int code;          /* of the command; or CRASHED */
    long memory_calls; /* how often it asked for memory */
    long pieces_left;  /* that were not given back */
    int files_left;    /* when traced */
    long clock_readings;
    long clock_day_readings; /* of the day */
    long calls;              /* when traced */
    char said[SAID_MAX];     /* on stderr */
};

struct trial {
    struct workshop shop;
    struct report *report; /* shared with the child */
    int said;              /* a file without a name */
    int printed;
    struct traced traced;
    int fault_count;
};

/* What one may type behind `broxc`, up to a NULL. */
struct command {
    const char *words[ARGUMENTS_MAX];
};

void trial_open(struct trial *trial, const char *programs);
void trial_close(struct trial *trial);

pid_t trial_start(struct trial *trial, const struct command *command,
                  const struct ways *ways);
/* Waits for what was started. */
void trial_end(struct trial *trial, pid_t child, const struct ways *ways,
               struct outcome *outcome);
void trial_run(struct trial *trial, const struct command *command,
               const struct ways *ways, struct outcome *outcome);
/* In peace; the whole test ends when it does not exit with `code`. */
void trial_expect(struct trial *trial, const struct command *command, int code);
/* The folder is as after a build of before.brx. */
void trial_reset(struct trial *trial);
/* All below the folder, or below outside/, in `arena`. */
struct str trial_list(struct trial *trial, struct arena *arena);
struct str trial_list_outside(struct trial *trial, struct arena *arena);
/* A build that went through may leave a staging folder, which is the next
 * one's to clear: here it comes. */
void trial_clear_leftover(struct trial *trial, const struct command *command,
                          const struct outcome *outcome);

/* For a command that runs beside another, in the same folder. */
void trial_twin(const struct trial *trial, struct trial *twin);
void trial_twin_close(struct trial *twin);

void trial_put(const char *path, const char *content);
/* With all below it; it may be absent. */
void trial_remove(const char *path);

/* One line about what is wrong; the test goes on. */
void trial_fail(struct trial *trial, const struct command *command,
                const struct outcome *outcome, const char *what, long at);

#endif
