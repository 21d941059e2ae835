#define _GNU_SOURCE /* memfd_create, MAP_ANONYMOUS */
#include "trial.h"

#include "letters.h"
#include "memory.h"

#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The command's main(), which CMake has renamed. */
int broxc_main(int count, char **arguments);

enum { FILES_MAX = 256 };

/* What the child tells of itself. */
struct report {
    long memory_calls;
    long pieces_left;
    int files_left;
    long clock_readings;
    long clock_day_readings;
};

static const struct command build_before = {
    {"build", "before.brx", "-o", "out"}};

static void
insist(bool is_fine, const char *what)
{
    if (is_fine)
        return;
    perror(what);
    abort();
}

void
trial_put(const char *path, const char *content)
{
    FILE *file = fopen(path, "wb");
    insist(file != NULL && fputs(content, file) >= 0 && fclose(file) == 0,
           path);
}

static void
copy(const char *folder, const char *name)
{
    char path[4096];
    char bytes[32768];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    insist(file != NULL, path);
    size_t len = fread(bytes, 1, sizeof bytes - 1, file);
    bytes[len] = '\0';
    fclose(file);
    trial_put(name, bytes);
}

/* What a child writes to. */
static void
open_outputs(struct trial *trial)
{
    trial->said = memfd_create("said", MFD_CLOEXEC);
    trial->printed = memfd_create("printed", MFD_CLOEXEC);
    trial->report = mmap(NULL, sizeof *trial->report, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    insist(trial->report != MAP_FAILED, "memory");
}

static void
close_outputs(struct trial *trial)
{
    munmap(trial->report, sizeof *trial->report);
    close(trial->said);
    close(trial->printed);
}

void
trial_open(struct trial *trial, const char *programs)
{
    *trial = (struct trial){.fault_count = 0};
    open_outputs(trial);
    workshop_open(&trial->shop);
    insist(chdir(trial->shop.folder) == 0, trial->shop.folder);
    copy(programs, "before.brx");
    copy(programs, "after.brx");
    copy(programs, "many.brx");
    copy(programs, "crowd.brx");
    copy(programs, "zone-before.brx");
    copy(programs, "zone-after.brx");
    copy(programs, "cache.yaml");
    insist(mkdir("outside", 0777) == 0, "outside");
    trial_put("outside/theirs", "theirs\n");
    /* Later runs inherit a standard output that is in use already. */
    printf("broxc in %s\n", trial->shop.folder);
    trial_reset(trial);
    trial_put("out/mine", "mine\n");
}

void
trial_close(struct trial *trial)
{
    close_outputs(trial);
    workshop_close(&trial->shop);
}

void
trial_twin(const struct trial *trial, struct trial *twin)
{
    *twin = *trial;
    open_outputs(twin);
}

void
trial_twin_close(struct trial *twin)
{
    close_outputs(twin);
}

static void
limit_files(int files_max)
{
    struct rlimit limit = {(rlim_t)files_max, (rlim_t)files_max};
    insist(files_max == 0 || setrlimit(RLIMIT_NOFILE, &limit) == 0, "limit");
}

/* With one processor the command has one thread. */
static void
stay_on_one_processor(void)
{
    cpu_set_t processors;
    CPU_ZERO(&processors);
    CPU_SET((unsigned)sched_getcpu(), &processors);
    insist(sched_setaffinity(0, sizeof processors, &processors) == 0,
           "processor");
}

/* How many files are open. */
static int
count_files(void)
{
    int count = 0;
    for (int file = 0; file < FILES_MAX; file++)
        count += fcntl(file, F_GETFD) >= 0;
    return count;
}

/* The child's whole life. */
static _Noreturn void
live(struct trial *trial, const struct command *command,
     const struct ways *ways)
{
    char *words[ARGUMENTS_MAX + 1] = {(char[]){"broxc"}};
    int count = 1;
    for (; command->words[count - 1] != NULL; count++)
        words[count] = strdup(command->words[count - 1]);
    insist(dup2(trial->printed, STDOUT_FILENO) == STDOUT_FILENO &&
               dup2(trial->said, STDERR_FILENO) == STDERR_FILENO,
           "outputs");
    insist(setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == 0, "limit");
    limit_files(ways->files_max);
    if (!ways->has_two_processors)
        stay_on_one_processor();
    int files = count_files();
    memory_arm(ways->memory_fails_at, ways->for_good);
    clock_arm(ways->clock);
    letters_arm(ways->disk_has_no_case);
    if (ways->trap != NULL)
        tracer_enter();
    int code = broxc_main(count, words);
    fclose(stdout);
    trial->report->clock_readings = clock_readings();
    trial->report->clock_day_readings = clock_day_readings();
    trial->report->memory_calls = memory_calls();
    trial->report->pieces_left = memory_live();
    memory_disarm();
    if (ways->trap == NULL)
        trial->report->files_left = count_files() + 1 - files;
    _exit(code);
}

pid_t
trial_start(struct trial *trial, const struct command *command,
            const struct ways *ways)
{
    *trial->report = (struct report){0};
    insist(ftruncate(trial->said, 0) == 0 && ftruncate(trial->printed, 0) == 0,
           "outputs");
    lseek(trial->said, 0, SEEK_SET);
    lseek(trial->printed, 0, SEEK_SET);
    fflush(NULL);
    pid_t child = fork();
    insist(child >= 0, "fork");
    if (child == 0)
        live(trial, command, ways);
    return child;
}

void
trial_end(struct trial *trial, pid_t child, const struct ways *ways,
          struct outcome *outcome)
{
    struct traced *traced = &trial->traced;
    *outcome = (struct outcome){.code = CRASHED};
    if (ways->trap != NULL)
        tracer_follow(child, ways->trap, traced);
    else
        insist(waitpid(child, &traced->state, 0) == child, "waitpid");
    if (WIFEXITED(traced->state))
        outcome->code = WEXITSTATUS(traced->state);
    outcome->memory_calls = trial->report->memory_calls;
    outcome->pieces_left = trial->report->pieces_left;
    outcome->clock_readings = trial->report->clock_readings;
    outcome->clock_day_readings = trial->report->clock_day_readings;
    /* Standard output is closed at the end, and was open. */
    outcome->files_left =
        ways->trap == NULL ? trial->report->files_left : traced->files_left + 1;
    outcome->calls = ways->trap == NULL ? 0 : traced->calls;
    ssize_t len = pread(trial->said, outcome->said, SAID_MAX - 1, 0);
    outcome->said[len < 0 ? 0 : len] = '\0';
}

void
trial_run(struct trial *trial, const struct command *command,
          const struct ways *ways, struct outcome *outcome)
{
    pid_t child = trial_start(trial, command, ways);
    trial_end(trial, child, ways, outcome);
}

void
trial_expect(struct trial *trial, const struct command *command, int code)
{
    struct outcome outcome;
    struct ways ways = {0};
    trial_run(trial, command, &ways, &outcome);
    if (outcome.code == code)
        return;
    trial_fail(trial, command, &outcome, "a run in peace went wrong", 0);
    abort();
}

void
trial_reset(struct trial *trial)
{
    trial_put("ugly.brx",
              "brx 1\n\nproject   opera {\n registry a.example\n}\n");
    trial_expect(trial, &build_before, 0);
}

struct str
trial_list(struct trial *trial, struct arena *arena)
{
    struct workshop shop = trial->shop;
    shop.arena = arena;
    return workshop_list(&shop);
}

struct str
trial_list_outside(struct trial *trial, struct arena *arena)
{
    struct workshop shop = trial->shop;
    shop.arena = arena;
    snprintf(shop.folder, sizeof shop.folder, "outside");
    return workshop_list(&shop);
}

void
trial_clear_leftover(struct trial *trial, const struct command *command,
                     const struct outcome *outcome)
{
    if (outcome->code == 0 &&
        (is_there(&trial->shop, ".broxc-staging") ||
         is_there(&trial->shop, "../fresh/out/.broxc-staging") ||
         is_there(&trial->shop, "../zones/.broxc-staging")))
        trial_expect(trial, command, 0);
}

static int
remove_one(const char *path, const struct stat *facts, int kind,
           struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    return remove(path);
}

void
trial_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
trial_fail(struct trial *trial, const struct command *command,
           const struct outcome *outcome, const char *what, long at)
{
    printf("failed: broxc");
    for (size_t i = 0; command->words[i] != NULL; i++)
        printf(" %s", command->words[i]);
    printf(", at %ld: %s: exit code %d, and it said: %s\n", at, what,
           outcome->code, outcome->said);
    trial->fault_count++;
}
