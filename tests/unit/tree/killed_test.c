/*
 * A build that is killed, or refused by the machine, at each of its steps.
 * The functions below take the place of the C library's in this program; they
 * count the steps of an armed process, and stop it at a chosen one. Nothing in
 * the compiler knows of them.
 */
#define _DEFAULT_SOURCE
#include "base/poison.h"
#include "support/shop.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLED = 77, WENT_THROUGH = 0, WAS_REFUSED = 1 };

enum trap { TRAP_NONE, TRAP_KILL, TRAP_ERROR };

static enum trap trap;
static int steps_left;
static int trap_error;
static bool is_sticky; /* every step after the first fails as well */

/* Does this step fail? */
static bool
is_trapped(void)
{
    if (trap == TRAP_NONE || steps_left-- > 0)
        return false;
    if (trap == TRAP_KILL)
        _exit(KILLED);
    if (!is_sticky)
        trap = TRAP_NONE;
    errno = trap_error;
    return true;
}

int
renameat(int from, const char *old, int to, const char *new)
{
    if (is_trapped())
        return -1;
    return (int)syscall(SYS_renameat2, from, old, to, new, 0);
}

int
linkat(int from, const char *old, int to, const char *new, int flags)
{
    if (is_trapped())
        return -1;
    return (int)syscall(SYS_linkat, from, old, to, new, flags);
}

int
unlinkat(int folder, const char *name, int flags)
{
    if (is_trapped())
        return -1;
    return (int)syscall(SYS_unlinkat, folder, name, flags);
}

int
mkdirat(int folder, const char *name, mode_t mode)
{
    if (is_trapped())
        return -1;
    return (int)syscall(SYS_mkdirat, folder, name, mode);
}

int
mkdir(const char *name, mode_t mode)
{
    return mkdirat(AT_FDCWD, name, mode);
}

int
fchmod(int file, mode_t mode)
{
    if (is_trapped())
        return -1;
    return (int)syscall(SYS_fchmod, file, mode);
}

/* Half of it is written when it is killed. */
ssize_t
write(int file, const void *at, size_t size)
{
    if (trap == TRAP_KILL && steps_left == 0)
        syscall(SYS_write, file, at, size / 2);
    if (is_trapped())
        return -1;
    return syscall(SYS_write, file, at, size);
}

TestSuite(tree_killed, .init = open_shop, .fini = close_shop, .timeout = 200);

/* Three programs, each with what the others lack. Between them a file comes,
 * changes, goes, turns into a folder, stays, and has its folder emptied. */
static void
prepare(int program)
{
    static const char *contents[] = {"first\n", "the second\n", "3rd\n"};
    workshop_again(&shop);
    workshop_add(&shop, "a/changes.yaml", contents[program]);
    workshop_add(&shop, "kept.yaml", "kept\n");
    workshop_add(&shop, "run.sh", contents[program])->is_executable = true;
    workshop_add(&shop, "once.yaml", contents[program])->kind = DOCUMENT_ONCE;
    if (program == 0) {
        workshop_add(&shop, "b/c/goes.yaml", "goes\n");
        workshop_add(&shop, "turns", "a file\n");
    } else {
        workshop_add(&shop, "d/e/comes.yaml", contents[program]);
        workshop_add(&shop, "turns/folder.yaml", contents[program]);
    }
}

/* In a process of its own. */
static int
build_trapped(int program, enum trap kind, int steps)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        prepare(program);
        steps_left = steps;
        trap = kind;
        struct status status = workshop_write(&shop);
        _exit(status.kind == STATUS_OK ? WENT_THROUGH : WAS_REFUSED);
    }
    int state;
    cr_assert_eq(waitpid(child, &state, 0), child);
    cr_assert(WIFEXITED(state));
    return WEXITSTATUS(state);
}

static void
build(int program)
{
    prepare(program);
    workshop_build(&shop);
}

static struct str
list_of_built(int program)
{
    build(program);
    return workshop_list(&shop);
}

/* Every file is whole: old or new. */
static void
expect_whole_files(int steps)
{
    static const char *path = "a/changes.yaml";
    cr_expect(workshop_has(&shop, path, "first\n") ||
                  workshop_has(&shop, path, "the second\n"),
              "killed at step %d", steps);
    cr_expect(workshop_has(&shop, "kept.yaml", "kept\n"));
}

Test(tree_killed, at_any_step_the_next_build_goes_through)
{
    build(0);
    struct str expected = list_of_built(1);
    int steps = 0;
    int end = KILLED;
    for (; end == KILLED; steps++) {
        build(0);
        end = build_trapped(1, TRAP_KILL, steps);
        expect_whole_files(steps);
        build(1);
        cr_expect(is_str_equal(workshop_list(&shop), expected), "step %d",
                  steps);
    }
    cr_expect_eq(end, WENT_THROUGH);
    cr_expect_gt(steps, 20);
}

Test(tree_killed, at_any_step_the_old_program_builds_again)
{
    struct str expected = list_of_built(0);
    int end = KILLED;
    for (int steps = 0; end == KILLED; steps++) {
        build(0);
        end = build_trapped(1, TRAP_KILL, steps);
        build(0);
        cr_expect(is_str_equal(workshop_list(&shop), expected), "step %d",
                  steps);
    }
}

/* A process of the address sanitizer takes its time to begin: fewer there,
 * while other builds stop at every second step. */
#ifdef HAS_ADDRESS_SANITIZER
enum { STRIDE = 7 };
#else
enum { STRIDE = 2 };
#endif

Test(tree_killed, twice_at_two_steps)
{
    build(0);
    struct str expected = list_of_built(2);
    int first_end = KILLED;
    for (int first = 0; first_end == KILLED; first += STRIDE) {
        int second_end = KILLED;
        for (int second = 0; second_end == KILLED; second += STRIDE) {
            build(0);
            first_end = build_trapped(1, TRAP_KILL, first);
            second_end = build_trapped(2, TRAP_KILL, second);
            build(2);
            cr_assert(is_str_equal(workshop_list(&shop), expected),
                      "steps %d and %d", first, second);
        }
        cr_assert_eq(second_end, WENT_THROUGH);
    }
}

Test(tree_killed, an_edit_after_the_kill_is_seen)
{
    int end = KILLED;
    for (int steps = 0; end == KILLED; steps++) {
        prepare(0);
        shop.options.force = true;
        workshop_build(&shop);
        end = build_trapped(1, TRAP_KILL, steps);
        workshop_put(&shop, "a/changes.yaml", "by hand\n");
        struct str before = workshop_picture(&shop);
        prepare(1);
        cr_expect_eq(workshop_write(&shop).kind, STATUS_REFUSED, "%d", steps);
        cr_expect(has_diag(shop.sink, DIAG_O01));
        cr_expect_eq(sink_error_count(shop.sink), 1u);
        cr_expect(is_str_equal(workshop_picture(&shop), before));
    }
}

/* A folder of ours that is left over is cleared by a build that has nothing
 * else to do. */
Test(tree_killed, what_is_left_over_goes)
{
    build(0);
    struct str before = workshop_picture(&shop);
    cr_assert_eq(build_trapped(1, TRAP_KILL, 3), KILLED);
    cr_assert(is_there(&shop, ".broxc-staging"));
    build(0);
    cr_expect(is_str_equal(workshop_picture(&shop), before));
}

/* With `sticks` not even the way back is open. When all is in its place and
 * only the staging folder cannot be cleared, that is the next run's work. */
static void
expect_all_or_nothing(int error, bool sticks)
{
    build(0);
    struct str new = list_of_built(1);
    trap_error = error;
    is_sticky = sticks;
    int refusals = 0;
    int end = WAS_REFUSED;
    for (int steps = 0; steps < 60; steps++) {
        build(0);
        struct str old = workshop_list(&shop);
        end = build_trapped(1, TRAP_ERROR, steps);
        refusals += end == WAS_REFUSED;
        if (!is_there(&shop, ".broxc-staging"))
            cr_expect(is_str_equal(workshop_list(&shop),
                                   end == WAS_REFUSED ? old : new),
                      "step %d", steps);
        else
            cr_expect(sticks || end == WENT_THROUGH, "step %d", steps);
        build(1);
        cr_expect(is_str_equal(workshop_list(&shop), new), "step %d", steps);
    }
    cr_expect_eq(end, WENT_THROUGH);
    cr_expect_gt(refusals, 15);
}

Test(tree_killed, a_full_disk_at_any_step_changes_nothing)
{
    expect_all_or_nothing(ENOSPC, false);
}

Test(tree_killed, a_mount_in_the_way_changes_nothing)
{
    expect_all_or_nothing(EXDEV, false);
}

Test(tree_killed, a_medium_that_fails_for_good_is_understood)
{
    expect_all_or_nothing(EIO, true);
}

Test(tree_killed, a_refused_first_build_leaves_no_folder)
{
    trap_error = ENOSPC;
    int end = WAS_REFUSED;
    for (int steps = 0; end == WAS_REFUSED; steps++) {
        end = build_trapped(1, TRAP_ERROR, steps);
        cr_expect(is_there(&shop, "") == (end == WENT_THROUGH), "%d", steps);
    }
}
