#define _GNU_SOURCE /* sched_getaffinity() is Linux's, not POSIX's */
#include "base/worker.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

enum {
    JOBS_MAX = 64, /* that wait: memory does not grow with what was given */
    /* Waking somebody costs as much as a small job, in a virtual machine: it
     * is done when so many jobs, or so much room, wait. */
    JOBS_WORTH_WAKING = 8,
    STACK_BYTES = 256 * 1024,
};

struct worker {
    worker_job *work;
    void *context;
    bool has_second; /* processor */
    bool is_apart;   /* there is a thread */
    pthread_t thread;
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t has_jobs;
    pthread_cond_t has_room;
    void *jobs[JOBS_MAX]; /* a ring: job n is at n % JOBS_MAX */
    size_t given;
    size_t done;
    bool is_closing; /* no more are given */
    bool is_stopping;
};

static bool
has_second_processor(void)
{
    cpu_set_t processors;
    return sched_getaffinity(0, sizeof processors, &processors) == 0 &&
           CPU_COUNT(&processors) > 1;
}

static bool
wait_for_job(struct worker *worker)
{
    while (worker->given == worker->done && !worker->is_closing)
        pthread_cond_wait(&worker->has_jobs, &worker->lock);
    return worker->given > worker->done && !worker->is_stopping;
}

static void *
run(void *argument)
{
    struct worker *worker = argument;
    pthread_mutex_lock(&worker->lock);
    while (wait_for_job(worker)) {
        void *job = worker->jobs[worker->done % JOBS_MAX];
        pthread_mutex_unlock(&worker->lock);
        worker->work(worker->context, job);
        pthread_mutex_lock(&worker->lock);
        worker->done++;
        if (worker->given - worker->done == JOBS_MAX - JOBS_WORTH_WAKING)
            pthread_cond_signal(&worker->has_room);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* Signals are for the thread that the program began with. */
static bool
start(struct worker *worker)
{
    sigset_t all;
    sigset_t before;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool is_started =
        pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 &&
        pthread_create(&worker->thread, &attributes, run, worker) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return is_started;
}

struct worker *
worker_open(struct arena *arena, worker_job *work, void *context)
{
    struct worker *worker = arena_new(arena, sizeof *worker);
    worker->work = work;
    worker->context = context;
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->has_jobs, NULL);
    pthread_cond_init(&worker->has_room, NULL);
    worker->has_second = has_second_processor();
    return worker;
}

void
worker_give(struct worker *worker, void *job)
{
    if (worker->given == JOBS_ALONE && worker->has_second)
        worker->is_apart = start(worker);
    if (!worker->is_apart) {
        worker->work(worker->context, job);
        worker->given++;
        worker->done++;
        return;
    }
    pthread_mutex_lock(&worker->lock);
    while (worker->given - worker->done == JOBS_MAX)
        pthread_cond_wait(&worker->has_room, &worker->lock);
    worker->jobs[worker->given++ % JOBS_MAX] = job;
    if (worker->given - worker->done == JOBS_WORTH_WAKING)
        pthread_cond_signal(&worker->has_jobs);
    pthread_mutex_unlock(&worker->lock);
}

size_t
worker_done(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    size_t done = worker->done;
    pthread_mutex_unlock(&worker->lock);
    return done;
}

static void
finish(struct worker *worker, bool is_stopping)
{
    if (worker->is_apart) {
        pthread_mutex_lock(&worker->lock);
        worker->is_closing = true;
        worker->is_stopping = is_stopping;
        pthread_cond_signal(&worker->has_jobs);
        pthread_mutex_unlock(&worker->lock);
        pthread_join(worker->thread, NULL);
    }
    pthread_cond_destroy(&worker->has_room);
    pthread_cond_destroy(&worker->has_jobs);
    pthread_mutex_destroy(&worker->lock);
}

void
worker_close(struct worker *worker)
{
    finish(worker, false);
}

void
worker_stop(struct worker *worker)
{
    finish(worker, true);
}
