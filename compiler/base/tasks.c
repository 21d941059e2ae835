#include "base/tasks.h"

#include "base/sort.h"

#include <assert.h>
#include <pthread.h>

/* Two lanes at work. */
struct pair {
    const struct tasks *tasks;
    const size_t *order;  /* in which they begin */
    jmp_buf recovery;     /* of the second lane */
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t has_changed;
    size_t begun;
    size_t taken;
    enum lane *lanes; /* of the tasks, a ring of `ahead` */
    bool *is_done;    /* likewise */
    bool is_stopping;
    bool has_failed;
};

static bool
may_begin(const struct pair *pair)
{
    return !pair->is_stopping && pair->begun < pair->tasks->count &&
           pair->begun - pair->taken < pair->tasks->ahead;
}

static bool
may_take(const struct pair *pair)
{
    return pair->taken < pair->tasks->count &&
           pair->is_done[pair->taken % pair->tasks->ahead];
}

/* Called and left with the lock held, as the next two. */
static void
do_next(struct pair *pair, enum lane lane)
{
    const struct tasks *tasks = pair->tasks;
    struct turn turn = {pair->order[pair->begun++], lane, pair->taken};
    size_t place = turn.task % tasks->ahead;
    pair->lanes[place] = lane;
    pthread_mutex_unlock(&pair->lock);
    tasks->work(tasks->context, turn);
    pthread_mutex_lock(&pair->lock);
    pair->is_done[place] = true;
    pthread_cond_signal(&pair->has_changed);
}

static void
take_next(struct pair *pair)
{
    const struct tasks *tasks = pair->tasks;
    size_t task = pair->taken;
    size_t place = task % tasks->ahead;
    enum lane lane = pair->lanes[place];
    pthread_mutex_unlock(&pair->lock);
    tasks->take(tasks->context, task, lane);
    pthread_mutex_lock(&pair->lock);
    pair->is_done[place] = false;
    pair->taken++;
    pthread_cond_signal(&pair->has_changed);
}

static void
run_first(struct pair *pair)
{
    while (!pair->is_stopping && pair->taken < pair->tasks->count) {
        if (may_take(pair))
            take_next(pair);
        else if (may_begin(pair))
            do_next(pair, LANE_FIRST);
        else
            pthread_cond_wait(&pair->has_changed, &pair->lock);
    }
}

static void
run_second(void *context, struct arena *arena)
{
    struct pair *pair = context;
    bool has_failed = setjmp(pair->recovery) != 0;
    pthread_mutex_lock(&pair->lock);
    if (has_failed) {
        pair->has_failed = true;
        pair->is_stopping = true;
        pthread_cond_signal(&pair->has_changed);
    } else {
        arena_recover(arena, &pair->recovery);
    }
    while (!pair->is_stopping && pair->begun < pair->tasks->count) {
        if (may_begin(pair))
            do_next(pair, LANE_SECOND);
        else
            pthread_cond_wait(&pair->has_changed, &pair->lock);
    }
    pthread_mutex_unlock(&pair->lock);
}

/* Also when the first lane gets no memory: the other ends its task. */
static void
finish(void *thing)
{
    struct pair *pair = thing;
    pthread_mutex_lock(&pair->lock);
    pair->is_stopping = true;
    pthread_cond_signal(&pair->has_changed);
    pthread_mutex_unlock(&pair->lock);
    helper_wait(pair->tasks->helper);
    pthread_cond_destroy(&pair->has_changed);
    pthread_mutex_destroy(&pair->lock);
}

/* False when there is no second lane after all. */
static bool
run_pair(const struct tasks *tasks, const size_t *order)
{
    struct arena *arena = tasks->arena;
    struct pair pair = {
        .tasks = tasks,
        .order = order,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .has_changed = PTHREAD_COND_INITIALIZER,
        .lanes = arena_array(arena, tasks->ahead, sizeof *pair.lanes),
        .is_done = arena_array(arena, tasks->ahead, sizeof *pair.is_done),
    };
    struct hold hold = {.release = finish, .thing = &pair};
    if (!helper_give(tasks->helper, run_second, &pair))
        return false;
    if (tasks->is_last)
        helper_dismiss(tasks->helper);
    arena_hold(arena, &hold);
    pthread_mutex_lock(&pair.lock);
    run_first(&pair);
    pthread_mutex_unlock(&pair.lock);
    arena_let_go(arena, &hold);
    finish(&pair);
    if (pair.has_failed)
        arena_fail(arena);
    return true;
}

static int
compare_weights(const void *a, const void *b, const void *context)
{
    const struct tasks *tasks = context;
    size_t first = tasks->weigh(tasks->context, *(const size_t *)a);
    size_t second = tasks->weigh(tasks->context, *(const size_t *)b);
    return (first < second) - (first > second);
}

static const size_t *
order_of(const struct tasks *tasks)
{
    size_t *order = arena_array(tasks->arena, tasks->count, sizeof *order);
    for (size_t i = 0; i < tasks->count; i++)
        order[i] = i;
    assert(tasks->weigh == NULL || tasks->ahead >= tasks->count);
    if (tasks->weigh != NULL)
        sort_items(tasks->arena, order, tasks->count, sizeof *order,
                   compare_weights, tasks);
    return order;
}

void
tasks_run(const struct tasks *tasks)
{
    const size_t *order = order_of(tasks);
    if (tasks->helper != NULL && run_pair(tasks, order))
        return;
    size_t taken = 0;
    for (size_t i = 0; i < tasks->count; i++) {
        tasks->work(tasks->context, (struct turn){order[i], LANE_FIRST, taken});
        while (tasks->weigh == NULL && taken <= i)
            tasks->take(tasks->context, taken++, LANE_FIRST);
    }
    while (taken < tasks->count)
        tasks->take(tasks->context, taken++, LANE_FIRST);
}
