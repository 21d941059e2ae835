/*
 * Runs the cases against each mutant, until one fails. Each case runs first
 * as the program is, and tells of which mutants it could see anything at all:
 * the others need not be asked. Each mutant is judged in a process of its own:
 * whatever it spoils is gone with it.
 *
 *     judge GOLDEN.SH BUILD CASES SEEN PARTS <NUMBERS
 *
 * from the project's folder; CASES names one a line: those of golden.sh, a
 * program that has no error as `sound.PATH`, one whose messages lie beside it
 * as `json.PATH`, a suite as `unit.NAME`, one that a command runs as
 * `slow.CASE`. SEEN keeps what they can see, for a second run. The work is done
 * in PARTS side by side. A line each is printed: NUMBER `caught` CASE, NUMBER
 * `alive`, or NUMBER `unseen`.
 */
#include "../golden/cases.h"
#include "switch.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CASES_MAX = 2048, PARTS_MAX = 64 };
/* The processor's, of a case: what takes longer, hangs. */
enum { SECONDS_MAX = 4, SECONDS_MAX_APART = 20 };
enum { UNSEEN = -2, ALIVE }; /* else the case that failed */

struct court {
    const char *golden;
    const char *build;
    char *cases[CASES_MAX];
    size_t case_count;
    unsigned char *seen; /* of each case, of each mutant; shared */
    unsigned char *told; /* shared with who is asked */
    char told_path[64];
    int loud; /* standard error, as it was */
    int mutants[MUTANTS_MAX];
    size_t mutant_count;
    int *verdicts; /* of each mutant; shared */
    int *verdict;  /* of the one that is judged; shared */
    size_t killer; /* the case that was the last to fail */
    size_t part;
    size_t parts;
};

/* ---- cases -------------------------------------------------------------- */

static bool
has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Gives when the command cannot run. */
static void
become(const struct court *court, const char *name)
{
    struct rlimit patience = {SECONDS_MAX_APART, SECONDS_MAX_APART};
    char number[16];
    char filter[PATH_BYTES];
    char unit[PATH_BYTES];
    snprintf(number, sizeof number, "%d", mutant_chosen);
    setenv("BRX_MUTANT", number, 1);
    setenv("BRX_TOLD", court->told_path, 1);
    setrlimit(RLIMIT_CPU, &patience);
    snprintf(unit, sizeof unit, "%s/unit", court->build);
    snprintf(filter, sizeof filter, "%s/*", name + strlen("unit."));
    if (has_prefix(name, "unit."))
        execl(unit, unit, "--color=never", "--jobs", "1", "--filter", filter,
              (char *)NULL);
    else
        execl(court->golden, court->golden, "run", court->build,
              name + strlen("slow."), (char *)NULL);
}

/* Compiles a program in its folder; false when something cannot be read. */
static bool
say_in_folder(struct said *said, const char *path, const char *more)
{
    struct text arguments = {NULL, 0, 0};
    char folder[PATH_BYTES];
    char home[PATH_BYTES];
    const char *program = strrchr(path, '/') + 1;
    snprintf(folder, sizeof folder, "%.*s", (int)(program - 1 - path), path);
    if (getcwd(home, sizeof home) == NULL || chdir(folder) != 0)
        abort();
    text_read(&arguments, "args");
    text_add(&arguments, more, strlen(more));
    bool is_said = say(said, program, NULL, arguments.at);
    text_free(&arguments);
    return chdir(home) == 0 && is_said;
}

/* A program of the examples or of testdata/emit: what builds has no error. */
static bool
is_sound(const char *path)
{
    struct said said;
    bool is_example = strstr(path, "/examples/") != NULL;
    bool is_right =
        say_in_folder(&said, path, is_example ? "--profile hardened" : "") &&
        brx_error_count(said.brx) == 0;
    said_free(&said);
    return is_right;
}

/* Says what the .json beside it says. */
static bool
is_as_expected(const char *path)
{
    struct said said;
    struct text expected = {NULL, 0, 0};
    char json[PATH_BYTES];
    snprintf(json, sizeof json, "%.*s.json", (int)(strrchr(path, '.') - path),
             path);
    bool is_right =
        say_in_folder(&said, path, "") && text_read(&expected, json);
    if (is_right) {
        struct brx_text found = brx_messages(said.brx, BRX_JSON, BRX_NO_COLOR);
        is_right = found.len == expected.len &&
                   memcmp(found.at, expected.at, found.len) == 0;
    }
    said_free(&said);
    text_free(&expected);
    return is_right;
}

/* Adds the messages of a zone file, each by its place and code. */
static void
read_zone(struct text *codes, const char *path)
{
    struct brx_options options = brx_default_options();
    struct brx *brx = brx_open(&options);
    if (brx == NULL)
        abort();
    brx_read_zone(brx, brx_text(path));
    struct brx_text all = brx_messages(brx, BRX_SHORT, BRX_NO_COLOR);
    for (size_t at = 0; at < all.len; at++) {
        if (all.at[at] == '[' && at + 4 < all.len && all.at[at + 4] == ']')
            text_add(codes, all.at + at, 5);
    }
    text_add(codes, "", 0);
    brx_close(brx);
}

/* What is said of testdata/zones/bad is compared in e2e.zone_tools; so is it
 * here, with what the program as it is says. */
static bool
is_zone_read_so(const char *path, int id)
{
    struct text wanted = {NULL, 0, 0};
    struct text found = {NULL, 0, 0};
    mutant_chosen = -1;
    read_zone(&wanted, path);
    mutant_chosen = id;
    read_zone(&found, path);
    bool is_same = strcmp(wanted.at, found.at) == 0;
    text_free(&wanted);
    text_free(&found);
    return is_same;
}

/* By a command of its own. */
static bool
passes_apart(const struct court *court, const char *name)
{
    int status = 1;
    pid_t child = fork();
    if (child < 0)
        abort();
    if (child == 0) {
        become(court, name);
        _exit(2);
    }
    return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

/* Does the case hold with this mutant? Who crashes or hangs, ends. */
static bool
passes(const struct court *court, const char *name, int id)
{
    struct golden golden = {false, false};
    struct itimerval patience = {.it_value = {.tv_sec = SECONDS_MAX}};
    bool is_done = false;
    mutant_chosen = id;
    setitimer(ITIMER_PROF, &patience, NULL);
    if (has_prefix(name, "error."))
        is_done = run_error(&golden, name + 6);
    else if (has_prefix(name, "docs."))
        is_done = run_page(&golden, name + 5);
    else if (has_prefix(name, "edges."))
        is_done = run_edges(&golden, name + 6);
    else if (has_prefix(name, "zone."))
        return is_zone_read_so(name + 5, id);
    else if (has_prefix(name, "sound."))
        return is_sound(name + 6);
    else if (has_prefix(name, "json."))
        return is_as_expected(name + 5);
    else
        return passes_apart(court, name);
    return !is_done || !golden.has_failed;
}

/* ---- the court ---------------------------------------------------------- */

static void
read_cases(struct court *court, const char *path)
{
    char line[PATH_BYTES];
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (court->case_count == CASES_MAX)
            abort();
        court->cases[court->case_count++] = strdup(line);
    }
    if (file == NULL || court->case_count == 0) {
        fprintf(stderr, "no cases in %s\n", path);
        exit(2);
    }
    fclose(file);
}

/* Memory that who is forked writes to for all; of a file, or of none: -1. */
static void *
share(int file, size_t size)
{
    int kind = MAP_SHARED | (file < 0 ? MAP_ANONYMOUS : 0);
    void *map = mmap(NULL, size, PROT_READ | PROT_WRITE, kind, file, 0);
    if (map == MAP_FAILED)
        abort();
    return map;
}

static unsigned char *
share_file(int file, size_t size)
{
    if (file < 0 || ftruncate(file, (off_t)size) != 0)
        abort();
    void *map = share(file, size);
    close(file);
    return map;
}

static void
share_told(struct court *court)
{
    snprintf(court->told_path, sizeof court->told_path, "/tmp/told-XXXXXX");
    court->told = share_file(mkstemp(court->told_path), MUTANTS_MAX);
    mutants_told = court->told;
}

static void
share_seen(struct court *court, const char *path)
{
    court->seen = share_file(open(path, O_RDWR | O_CREAT, 0666),
                             court->case_count * MUTANTS_MAX);
}

/* Of this part's cases: what they could see. */
static void
hear(struct court *court)
{
    for (size_t i = court->part; i < court->case_count; i += court->parts) {
        memset(court->told, 0, MUTANTS_MAX);
        if (!passes(court, court->cases[i], -1)) {
            dprintf(court->loud, "%s fails as the program is\n",
                    court->cases[i]);
            _exit(2);
        }
        memcpy(court->seen + i * MUTANTS_MAX, court->told, MUTANTS_MAX);
    }
}

static bool
can_see(const struct court *court, size_t index, int id)
{
    return court->seen[index * MUTANTS_MAX + (size_t)id] != 0;
}

static bool
is_caught_by(struct court *court, int id, size_t index)
{
    if (!can_see(court, index, id))
        return false;
    *court->verdict = (int)index;
    if (!passes(court, court->cases[index], id))
        return true;
    *court->verdict = ALIVE;
    return false;
}

/* A verdict is given before the case runs, and stands when nobody comes back.
 */
static void
judge(struct court *court, int id)
{
    mprotect(court->verdicts, MUTANTS_MAX * sizeof(int), PROT_READ);
    mprotect(court->seen, court->case_count * MUTANTS_MAX, PROT_READ);
    *court->verdict = UNSEEN;
    if (is_caught_by(court, id, court->killer))
        return;
    for (size_t i = 0; i < court->case_count; i++) {
        if (i != court->killer && is_caught_by(court, id, i))
            return;
    }
}

static void
judge_apart(struct court *court, int id)
{
    pid_t child = fork();
    if (child == 0) {
        judge(court, id);
        _exit(0);
    }
    if (child < 0 || waitpid(child, NULL, 0) != child ||
        *court->verdict < UNSEEN || *court->verdict >= (int)court->case_count)
        abort();
    court->verdicts[id] = *court->verdict;
    if (*court->verdict >= 0)
        court->killer = (size_t)*court->verdict;
}

/* This part's of the mutants. */
static void
judge_all(struct court *court)
{
    court->verdict = share(-1, sizeof *court->verdict);
    for (size_t i = court->part; i < court->mutant_count; i += court->parts)
        judge_apart(court, court->mutants[i]);
}

static void
start_part(struct court *court, void (*work)(struct court *court), size_t part)
{
    pid_t child = fork();
    if (child < 0)
        abort();
    if (child > 0)
        return;
    /* What the cases print is nobody's. */
    if (!freopen("/dev/null", "w", stdout) ||
        !freopen("/dev/null", "w", stderr))
        _exit(2);
    court->part = part;
    share_told(court);
    work(court);
    unlink(court->told_path);
    _exit(0);
}

/* In `parts` processes. */
static bool
do_in_parts(struct court *court, void (*work)(struct court *court))
{
    bool is_done = true;
    int status;
    fflush(stdout);
    for (size_t i = 0; i < court->parts; i++)
        start_part(court, work, i);
    while (wait(&status) > 0)
        is_done = is_done && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return is_done;
}

static void
print_verdicts(const struct court *court)
{
    for (size_t i = 0; i < court->mutant_count; i++) {
        int id = court->mutants[i];
        int verdict = court->verdicts[id];
        if (verdict >= 0)
            printf("%d caught %s\n", id, court->cases[verdict]);
        else
            printf("%d %s\n", id, verdict == ALIVE ? "alive" : "unseen");
    }
}

static void
read_mutants(struct court *court)
{
    int id;
    while (court->mutant_count < MUTANTS_MAX && scanf("%d", &id) == 1)
        court->mutants[court->mutant_count++] = id;
}

int
main(int count, char **arguments)
{
    static struct court court;
    struct rlimit no_core = {0, 0};
    if (count != 6 || atoi(arguments[5]) < 1 ||
        atoi(arguments[5]) > PARTS_MAX) {
        fprintf(stderr,
                "usage: judge GOLDEN.SH BUILD CASES SEEN PARTS <NUMBERS\n");
        return 2;
    }
    setrlimit(RLIMIT_CORE, &no_core);
    court.loud = dup(STDERR_FILENO);
    /* A page that was given back is not to be asked for again. */
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
    court.golden = arguments[1];
    court.build = arguments[2];
    court.parts = (size_t)atoi(arguments[5]);
    read_cases(&court, arguments[3]);
    read_mutants(&court);
    bool is_heard = access(arguments[4], R_OK) == 0;
    share_seen(&court, arguments[4]);
    if (!is_heard && !do_in_parts(&court, hear)) {
        unlink(arguments[4]);
        return 2;
    }
    court.verdicts = share(-1, MUTANTS_MAX * sizeof *court.verdicts);
    if (!do_in_parts(&court, judge_all))
        return 2;
    print_verdicts(&court);
    return 0;
}
