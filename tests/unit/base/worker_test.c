#include "base/worker.h"

#include <criterion/criterion.h>

enum { JOBS = 1000 + JOBS_ALONE };

struct diary {
    size_t count;
    size_t numbers[JOBS];
};

static size_t numbers[JOBS];

static void
note(void *context, void *job)
{
    struct diary *diary = context;
    diary->numbers[diary->count++] = *(const size_t *)job;
}

static void
give_all(struct worker *worker)
{
    for (size_t i = 0; i < JOBS; i++) {
        numbers[i] = i;
        worker_give(worker, &numbers[i]);
    }
}

static void
expect_order(const struct diary *diary)
{
    for (size_t i = 0; i < diary->count; i++)
        cr_assert_eq(diary->numbers[i], i);
}

Test(worker, does_all_in_the_order_of_giving)
{
    struct diary diary = {0};
    struct arena *arena = arena_open();
    struct worker *worker = worker_open(arena, note, &diary);
    give_all(worker);
    cr_expect_leq(worker_done(worker), JOBS);
    worker_close(worker);
    cr_expect_eq(diary.count, JOBS);
    expect_order(&diary);
    arena_close(arena);
}

Test(worker, that_is_stopped_leaves_out_only_the_last)
{
    struct diary diary = {0};
    struct arena *arena = arena_open();
    struct worker *worker = worker_open(arena, note, &diary);
    give_all(worker);
    worker_stop(worker);
    expect_order(&diary);
    arena_close(arena);
}

Test(worker, a_few_jobs_are_done_at_the_end_at_the_latest)
{
    struct diary diary = {0};
    struct arena *arena = arena_open();
    struct worker *worker = worker_open(arena, note, &diary);
    worker_give(worker, &numbers[0]);
    worker_close(worker);
    cr_expect_eq(diary.count, 1);
    arena_close(arena);
}
