#include "base/tasks.h"

#include <criterion/criterion.h>
#include <stdatomic.h>

enum { TASKS = 1000, AHEAD = 4 };

struct diary {
    atomic_size_t begun;
    bool is_done[TASKS];
    size_t taken;
    atomic_bool has_failed; /* to keep to the order */
    struct arena *arenas[LANE_COUNT];
    size_t fails_at; /* a task that gets no memory */
};

static void
work(void *context, struct turn turn)
{
    struct diary *diary = context;
    size_t begun = atomic_fetch_add(&diary->begun, 1);
    (void)arena_new(diary->arenas[turn.lane], 100);
    if (turn.task == diary->fails_at)
        arena_fail(diary->arenas[turn.lane]);
    diary->has_failed |=
        begun + LANE_COUNT <= turn.task || turn.task >= turn.taken + AHEAD;
    diary->is_done[turn.task] = true;
}

static void
take(void *context, size_t task, enum lane lane)
{
    struct diary *diary = context;
    (void)lane;
    if (task != diary->taken || !diary->is_done[task])
        diary->has_failed = true;
    diary->taken++;
}

/* False when there was no memory. */
static bool
run(struct diary *diary, bool has_second)
{
    jmp_buf recovery;
    struct arena *arena = arena_open();
    struct helper *helper = has_second ? helper_open(arena) : NULL;
    struct tasks tasks = {TASKS, AHEAD,  diary, work, take,
                          arena, helper, true,  NULL};
    volatile bool is_done = false;
    diary->arenas[LANE_FIRST] = arena;
    if (helper != NULL)
        diary->arenas[LANE_SECOND] = helper_arena(helper);
    if (setjmp(recovery) == 0) {
        arena_recover(arena, &recovery);
        tasks_run(&tasks);
        is_done = true;
    }
    arena_recover(arena, NULL);
    helper_close(helper);
    arena_close(arena);
    return is_done;
}

Test(tasks, are_taken_in_their_order)
{
    for (int lanes = 1; lanes <= LANE_COUNT; lanes++) {
        struct diary diary = {.fails_at = TASKS};
        cr_expect(run(&diary, lanes == LANE_COUNT));
        cr_expect_eq(diary.taken, TASKS);
        cr_expect_not(diary.has_failed);
    }
}

Test(tasks, end_in_both_lanes_when_one_has_no_memory)
{
    for (size_t task = 0; task < 20; task++) {
        struct diary diary = {.fails_at = task};
        cr_expect_not(run(&diary, true));
        cr_expect_leq(diary.taken, task);
        cr_expect_leq(diary.begun, task + AHEAD + 1);
    }
}

struct race {
    atomic_size_t begun;
    size_t begun_as[TASKS]; /* by task */
    size_t taken;
    bool has_failed;
};

static void
begin_heavy(void *context, struct turn turn)
{
    struct race *race = context;
    race->begun_as[turn.task] = atomic_fetch_add(&race->begun, 1) + 1;
}

/* Two of each: the last are the heaviest. */
static size_t
weigh(const void *context, size_t task)
{
    (void)context;
    return task / 2;
}

static void
take_heavy(void *context, size_t task, enum lane lane)
{
    struct race *race = context;
    (void)lane;
    race->has_failed |= task != race->taken || race->begun_as[task] == 0;
    race->taken++;
}

Test(tasks, begin_with_the_heaviest_and_are_taken_in_their_order)
{
    for (int lanes = 1; lanes <= LANE_COUNT; lanes++) {
        struct race race = {.taken = 0};
        struct arena *arena = arena_open();
        struct helper *helper = lanes == LANE_COUNT ? helper_open(arena) : NULL;
        tasks_run(&(struct tasks){TASKS, TASKS, &race, begin_heavy, take_heavy,
                                  arena, helper, true, weigh});
        helper_close(helper);
        arena_close(arena);
        cr_expect_eq(race.taken, TASKS);
        cr_expect_not(race.has_failed);
        /* One lane begins the next when it has done the last. */
        for (size_t i = 0; lanes == 1 && i < TASKS; i++)
            cr_expect_eq(race.begun_as[i], TASKS - i + i % 2 * 2 - 1);
    }
}

Test(tasks, may_be_none)
{
    struct diary diary = {.fails_at = TASKS};
    struct arena *arena = arena_open();
    struct helper *helper = helper_open(arena);
    struct tasks tasks = {0,     AHEAD,  &diary, work, take,
                          arena, helper, true,   NULL};
    tasks_run(&tasks);
    cr_expect_eq(diary.begun, 0);
    helper_close(helper);
    arena_close(arena);
}
