/*
 * Sharing out minutes: the largest remainders get what is left over, so that
 * the shares add up to what there was.
 */
#include "emit/workflows/limits.h"

enum { MINUTE_MS = 60 * 1000, LIMIT_MINUTES_MIN = 3, MIGRATION_WEIGHT = 2 };

/* GitHub ends a job on its own machines after six hours. */
enum { LIMIT_MINUTES_MAX = 360 };

struct share {
    struct job *job;
    int64_t weight;
    int64_t remainder;
};

static const struct {
    int64_t weight;
    int64_t usual;
} kinds[] = {
#define JOB(kind, weight, usual) {weight, usual},
#include "emit/workflows/jobs.def"
#undef JOB
};

static int64_t
minutes_of(int64_t ms)
{
    return (ms + MINUTE_MS - 1) / MINUTE_MS;
}

static int64_t
weight_of(const struct pipeline *pipeline, const struct job *job)
{
    int64_t weight = kinds[job->kind].weight;
    if (job->kind == JOB_DEPLOY &&
        deploy_step_find(pipeline->environment->deploy, STEP_MIGRATE) != NULL)
        weight += MIGRATION_WEIGHT;
    return weight;
}

/* The time that the objective leaves for work, 0 without an objective. */
static int64_t
budget_minutes(const struct pipeline *pipeline)
{
    const struct objective *objective =
        objective_find(pipeline->ir, pipeline->environment);
    if (objective == NULL || !is_value_known(objective->within))
        return 0;
    int64_t left = objective->within->items[1].number / MINUTE_MS -
                   minutes_of(deploy_wait_ms(pipeline->environment->deploy));
    return left > 0 ? left : 1;
}

static int64_t
wait_minutes(const struct pipeline *pipeline, const struct job *job)
{
    const struct deploy *deploy = pipeline->environment->deploy;
    if (job->kind == JOB_WATCH)
        return minutes_of(step_ms(deploy, STEP_WATCH));
    if (job->kind == JOB_SHARE)
        return minutes_of(job->step->duration->number);
    if (job->kind == JOB_RETIRE)
        return minutes_of(step_ms(deploy, STEP_KEEP));
    return 0;
}

static int64_t
clamped(int64_t minutes)
{
    if (minutes < LIMIT_MINUTES_MIN)
        return LIMIT_MINUTES_MIN;
    return minutes < LIMIT_MINUTES_MAX ? minutes : LIMIT_MINUTES_MAX;
}

/* Shares with the largest remainder first; the order of jobs else. */
static struct share *
largest_remainder(struct share *shares, size_t count)
{
    struct share *best = &shares[0];
    for (size_t i = 1; i < count; i++) {
        if (shares[i].remainder > best->remainder)
            best = &shares[i];
    }
    return best;
}

static void
share_out(struct share *shares, size_t count, int64_t budget)
{
    int64_t total = 0;
    int64_t left = budget;
    for (size_t i = 0; i < count; i++)
        total += shares[i].weight;
    for (size_t i = 0; i < count; i++) {
        shares[i].job->minutes = budget * shares[i].weight / total;
        shares[i].remainder = budget * shares[i].weight % total;
        left -= shares[i].job->minutes;
    }
    for (; left > 0; left--) {
        struct share *share = largest_remainder(shares, count);
        share->job->minutes++;
        share->remainder = -1;
    }
}

void
limit_jobs(struct arena *arena, struct pipeline *pipeline)
{
    int64_t budget = budget_minutes(pipeline);
    size_t job_count = pipeline_job_count(pipeline);
    struct share *shares = arena_array(arena, job_count, sizeof *shares);
    size_t count = 0;
    for (size_t i = 0; i < job_count; i++) {
        struct job *job = pipeline_job(pipeline, i);
        int64_t weight = weight_of(pipeline, job);
        job->minutes = kinds[job->kind].usual + wait_minutes(pipeline, job);
        if (weight > 0)
            shares[count++] = (struct share){.job = job, .weight = weight};
    }
    if (budget > 0)
        share_out(shares, count, budget);
    for (size_t i = 0; i < job_count; i++) {
        struct job *job = pipeline_job(pipeline, i);
        job->minutes = clamped(job->minutes);
    }
}

int64_t
limit_seconds(const struct job *job, int64_t parts)
{
    return job->minutes * 60 / parts;
}
