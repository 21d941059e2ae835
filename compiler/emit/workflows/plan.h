/*
 * A pipeline before it is written: its jobs in order, which waits for which,
 * and how long each may take.
 */
#ifndef EMIT_WORKFLOWS_PLAN_H
#define EMIT_WORKFLOWS_PLAN_H

#include "base/vec.h"
#include "ir/release.h"

enum job_kind {
#define JOB(kind, weight, usual) JOB_##kind,
#include "emit/workflows/jobs.def"
#undef JOB
    JOB_KIND_COUNT
};

struct job {
    enum job_kind kind;
    struct str id;
    struct str title;
    const struct step *step;        /* TEST, SHARE, WATCH, NOTIFY; else NULL */
    const struct job *const *needs; /* in order, each once */
    size_t need_count;
    struct str gate;                 /* GATE: its GitHub environment */
    const struct approval *approval; /* GATE: who opens it */
    const struct job *const *gates;  /* COUNT: whose approvals are counted */
    size_t gate_count;
    int64_t minutes;
};

struct pipeline {
    const struct ir *ir;
    const struct environment *environment;
    struct vec jobs;            /* of struct job * */
    const struct job *source;   /* BUILD or TAKE */
    const struct job *approved; /* COUNT of the release's approvals; or NULL */
    const struct job *deploy;
    const struct job *traffic; /* SWITCH; NULL when rolling */
    const struct job *tested;  /* the last one before the release is recorded */
};

struct pipeline plan_pipeline(struct arena *arena, const struct ir *ir,
                              const struct environment *environment);
size_t pipeline_job_count(const struct pipeline *pipeline);
struct job *pipeline_job(const struct pipeline *pipeline, size_t index);
/* Does a job come before the traffic goes to the new colour? */
bool is_before_switch(const struct pipeline *pipeline, const struct job *job);

#endif
