#define _GNU_SOURCE /* sched_getaffinity() is Linux's, not POSIX's */
#include "base/helper.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

/* The runtime, and its part of a small tree, need no memory beside. */
enum { ARENA_SHARE = 768 * 1024 };

struct helper {
    struct arena *arena;
    pthread_t thread;
    bool has_thread;
    cpu_set_t processors; /* that this process may use */
    jmp_buf recovery;
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t has_changed;
    helper_work *work; /* that it has to do; NULL: nothing */
    void *context;
    bool is_ending;
};

/* Called and left with the lock held. */
static void
do_work(struct helper *helper)
{
    helper_work *work = helper->work;
    void *context = helper->context;
    pthread_mutex_unlock(&helper->lock);
    if (setjmp(helper->recovery) == 0) {
        arena_recover(helper->arena, &helper->recovery);
        work(context, helper->arena);
    }
    arena_recover(helper->arena, NULL);
    pthread_mutex_lock(&helper->lock);
    helper->work = NULL;
    pthread_cond_signal(&helper->has_changed);
}

static void *
run(void *context)
{
    struct helper *helper = context;
    pthread_mutex_lock(&helper->lock);
    while (helper->work != NULL || !helper->is_ending) {
        if (helper->work != NULL)
            do_work(helper);
        else
            pthread_cond_wait(&helper->has_changed, &helper->lock);
    }
    pthread_mutex_unlock(&helper->lock);
    return NULL;
}

/* The kernel may let a thread wait for a millisecond beside the one that made
 * or woke it, which is a third of a small build, while another processor idles:
 * so it never runs where it was made. */
static void
begin_elsewhere(const struct helper *helper, pthread_attr_t *attributes)
{
    cpu_set_t others = helper->processors;
    int here = sched_getcpu();
    if (here < 0 || here >= CPU_SETSIZE)
        return;
    CPU_CLR((size_t)here, &others);
    if (CPU_COUNT(&others) > 0)
        (void)pthread_attr_setaffinity_np(attributes, sizeof others, &others);
}

/* Signals are for the thread that the program began with. */
static bool
start(struct helper *helper)
{
    sigset_t all;
    sigset_t before;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    begin_elsewhere(helper, &attributes);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    helper->has_thread =
        pthread_create(&helper->thread, &attributes, run, helper) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return helper->has_thread;
}

struct helper *
helper_open(struct arena *arena)
{
    cpu_set_t processors;
    if (sched_getaffinity(0, sizeof processors, &processors) != 0 ||
        CPU_COUNT(&processors) < 2)
        return NULL;
    struct helper *helper = arena_new(arena, sizeof *helper);
    *helper = (struct helper){.arena = arena_open_inner(arena, ARENA_SHARE),
                              .processors = processors,
                              .lock = PTHREAD_MUTEX_INITIALIZER,
                              .has_changed = PTHREAD_COND_INITIALIZER};
    return helper;
}

bool
helper_has_begun(const struct helper *helper)
{
    return helper->has_thread;
}

void
helper_dismiss(struct helper *helper)
{
    if (!helper->has_thread)
        return;
    pthread_mutex_lock(&helper->lock);
    helper->is_ending = true;
    pthread_cond_signal(&helper->has_changed);
    pthread_mutex_unlock(&helper->lock);
}

static void
end_thread(struct helper *helper)
{
    helper_dismiss(helper);
    pthread_join(helper->thread, NULL);
    helper->has_thread = false;
    helper->is_ending = false;
}

void
helper_close(struct helper *helper)
{
    if (helper == NULL)
        return;
    if (helper->has_thread)
        end_thread(helper);
    pthread_cond_destroy(&helper->has_changed);
    pthread_mutex_destroy(&helper->lock);
}

struct arena *
helper_arena(struct helper *helper)
{
    helper_wait(helper);
    return helper->arena;
}

bool
helper_give(struct helper *helper, helper_work *work, void *context)
{
    helper_wait(helper);
    if (helper->has_thread && helper->is_ending)
        end_thread(helper);
    if (!helper->has_thread && !start(helper))
        return false;
    pthread_mutex_lock(&helper->lock);
    helper->work = work;
    helper->context = context;
    pthread_cond_signal(&helper->has_changed);
    pthread_mutex_unlock(&helper->lock);
    return true;
}

void
helper_wait(struct helper *helper)
{
    pthread_mutex_lock(&helper->lock);
    while (helper->work != NULL)
        pthread_cond_wait(&helper->has_changed, &helper->lock);
    pthread_mutex_unlock(&helper->lock);
}
