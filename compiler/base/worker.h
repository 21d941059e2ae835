/*
 * A thread that does jobs in the order in which they are given, beside the one
 * that gives them. The first JOBS_ALONE jobs, and all where only one processor
 * may be used or there is no thread to be had, are done by who gives them: what
 * comes out is the same.
 *
 * An arena is its own thread's: a job takes nothing from one.
 */
#ifndef BASE_WORKER_H
#define BASE_WORKER_H

#include "base/arena.h"

struct worker;

/* A thread that is begun, and woken again and again, costs as much as this many
 * small files. */
enum { JOBS_ALONE = 256 };

typedef void worker_job(void *context, void *job);

struct worker *worker_open(struct arena *arena, worker_job *work,
                           void *context);
/* `job` stays the worker's until worker_done() counts it. */
void worker_give(struct worker *worker, void *job);
/* How many jobs are done: the first ones that were given. */
size_t worker_done(struct worker *worker);
/* Ends the thread when all jobs are done. */
void worker_close(struct worker *worker);
/* Ends it after the job that it is at. */
void worker_stop(struct worker *worker);

#endif
