/*
 * From an environment's deploy block to jobs. The steps keep their order, one
 * behind the other; deploying itself, turning the traffic, recording, going
 * back and telling are added where they belong.
 */
#include "emit/workflows/plan.h"

#include "emit/kubernetes/workload.h"
#include "emit/workflows/facts.h"
#include "emit/workflows/limits.h"
#include "ir/hosting.h"

struct planner {
    struct arena *arena;
    struct pipeline *pipeline;
    const struct job *last; /* what the next job waits for */
};

static struct job *job_add(struct planner *planner, enum job_kind kind,
                           struct str id, struct str title);
static void add_need(struct planner *planner, struct job *job,
                     const struct job *need);
static void plan_source(struct planner *planner);
static void plan_step(struct planner *planner, const struct step *step);
static void plan_approval(struct planner *planner);
static const struct job *plan_gates(struct planner *planner, int64_t count,
                                    const char *word, const char *count_id,
                                    const struct approval *approval);
static struct job *plan_gate(struct planner *planner, struct str suffix,
                             const char *word, const struct job *before,
                             const struct approval *approval);
static void plan_deploy(struct planner *planner);
static void plan_switch(struct planner *planner, const struct step *step);
static void plan_share(struct planner *planner, const struct step *step);
static void plan_test(struct planner *planner, const struct step *step);
static void plan_task(struct planner *planner, const struct step *step);
static void plan_watch(struct planner *planner, const struct step *step);
static void plan_record(struct planner *planner);
static void plan_retire(struct planner *planner);
static void plan_roll_back(struct planner *planner);
static void plan_notifications(struct planner *planner);

struct pipeline
plan_pipeline(struct arena *arena, const struct ir *ir,
              const struct environment *environment)
{
    struct pipeline pipeline = {.ir = ir, .environment = environment};
    struct planner planner = {.arena = arena, .pipeline = &pipeline};
    const struct deploy *deploy = environment->deploy;
    vec_init(&pipeline.jobs, arena, sizeof(struct job *));
    plan_source(&planner);
    if (deploy_step_find(deploy, STEP_APPROVE) == NULL)
        plan_approval(&planner);
    for (size_t i = 0; i < deploy->step_count; i++)
        plan_step(&planner, &deploy->steps[i]);
    plan_deploy(&planner);
    plan_switch(&planner, NULL);
    plan_record(&planner);
    plan_retire(&planner);
    plan_roll_back(&planner);
    plan_notifications(&planner);
    limit_jobs(arena, &pipeline);
    return pipeline;
}

size_t
pipeline_job_count(const struct pipeline *pipeline)
{
    return pipeline->jobs.count;
}

struct job *
pipeline_job(const struct pipeline *pipeline, size_t index)
{
    return *(struct job **)vec_at(&pipeline->jobs, index);
}

bool
is_before_switch(const struct pipeline *pipeline, const struct job *job)
{
    for (size_t i = 0; i < pipeline_job_count(pipeline); i++) {
        const struct job *other = pipeline_job(pipeline, i);
        if (other == job)
            return pipeline->traffic != NULL;
        if (other == pipeline->traffic)
            return false;
    }
    return false;
}

/* Those that read what the source says of the release, or do not, and then
 * need only wait for the job before them. */
static bool
is_told(enum job_kind kind)
{
    switch (kind) {
    case JOB_SCAN:
    case JOB_DEPLOY:
    case JOB_SWITCH:
    case JOB_RECORD:
    case JOB_TAG:
    case JOB_ROLL_BACK:
    case JOB_NOTIFY:
        return true;
    case JOB_BUILD:
    case JOB_TAKE:
    case JOB_GATE:
    case JOB_COUNT:
    case JOB_TEST:
    case JOB_SHARE:
    case JOB_TASK:
    case JOB_WATCH:
    case JOB_RETIRE:
    case JOB_KIND_COUNT:
        return false;
    }
    return false;
}

static struct job *
job_add(struct planner *planner, enum job_kind kind, struct str id,
        struct str title)
{
    struct job *job = arena_new(planner->arena, sizeof *job);
    job->kind = kind;
    job->id = id;
    job->title = title;
    add_need(planner, job, planner->last);
    if (is_told(kind))
        add_need(planner, job, planner->pipeline->source);
    vec_add_pointer(&planner->pipeline->jobs, job);
    return job;
}

static void
add_need(struct planner *planner, struct job *job, const struct job *need)
{
    for (size_t i = 0; i < job->need_count; i++) {
        if (job->needs[i] == need)
            return;
    }
    if (need == NULL)
        return;
    const struct job **needs =
        arena_array(planner->arena, job->need_count + 1, sizeof *needs);
    for (size_t i = 0; i < job->need_count; i++)
        needs[i] = job->needs[i];
    needs[job->need_count] = need;
    job->needs = needs;
    job->need_count++;
}

static void
plan_source(struct planner *planner)
{
    struct pipeline *pipeline = planner->pipeline;
    bool is_first = is_first_environment(pipeline->ir, pipeline->environment);
    pipeline->source =
        is_first ? job_add(planner, JOB_BUILD, STR("build"), STR("Build"))
                 : job_add(planner, JOB_TAKE, STR("take-over"),
                           STR("Take over what was tested"));
    planner->last = pipeline->source;
}

static void
plan_step(struct planner *planner, const struct step *step)
{
    switch (step->kind) {
    case STEP_SCAN:
        planner->last =
            job_add(planner, JOB_SCAN, STR("scan"), STR("Scan the images"));
        return;
    case STEP_APPROVE:
        plan_approval(planner);
        return;
    case STEP_TEST:
        plan_test(planner, step);
        return;
    case STEP_SHARE:
        plan_share(planner, step);
        return;
    case STEP_SWITCH:
        plan_switch(planner, step);
        return;
    case STEP_WATCH:
        plan_watch(planner, step);
        return;
    case STEP_TASK:
        plan_task(planner, step);
        return;
    case STEP_MIGRATE:
    case STEP_KEEP:
    case STEP_ROLLBACK:
    case STEP_NOTIFY:
        return;
    }
}

static void
plan_approval(struct planner *planner)
{
    struct pipeline *pipeline = planner->pipeline;
    const struct step *step =
        deploy_step_find(pipeline->environment->deploy, STEP_APPROVE);
    int64_t count = approval_count(pipeline->ir, pipeline->environment);
    if (count > 0)
        pipeline->approved =
            plan_gates(planner, count, "approval", "approved",
                       approval_into(pipeline->ir, pipeline->environment));
    else if (step != NULL && step->approval->is_optional)
        planner->last = plan_gate(planner, STR(""), "approval", planner->last,
                                  step->approval);
}

/* One approval opens an environment: so there are as many environments as
 * approvals, and a job that counts the people behind them. */
static const struct job *
plan_gates(struct planner *planner, int64_t count, const char *word,
           const char *count_id, const struct approval *approval)
{
    const struct job *before = planner->last;
    bool is_numbered =
        count > 1 || is_str_equal(str_from(word), STR("approval"));
    const struct job **gates =
        arena_array(planner->arena, (size_t)count, sizeof *gates);
    for (int64_t i = 0; i < count; i++) {
        struct str number = arena_number(planner->arena, i + 1);
        struct str suffix =
            is_numbered ? arena_format(planner->arena, "-{}", STRS(number))
                        : STR("");
        gates[i] = plan_gate(planner, suffix, word, before, approval);
    }
    struct job *counter = job_add(planner, JOB_COUNT, str_from(count_id),
                                  STR("Count the approvals"));
    counter->need_count = 0;
    for (int64_t i = 0; i < count; i++)
        add_need(planner, counter, gates[i]);
    counter->gates = gates;
    counter->gate_count = (size_t)count;
    planner->last = counter;
    return counter;
}

static struct job *
plan_gate(struct planner *planner, struct str suffix, const char *word,
          const struct job *before, const struct approval *approval)
{
    struct arena *arena = planner->arena;
    struct str github = planner->pipeline->environment->github->text;
    struct str name = arena_format(arena, "{}{}", STRS(str_from(word), suffix));
    struct job *gate = job_add(planner, JOB_GATE,
                               arena_format(arena, "wait-for-{}", STRS(name)),
                               arena_format(arena, "Wait for {}", STRS(name)));
    gate->need_count = 0;
    add_need(planner, gate, before);
    gate->approval = approval;
    gate->gate = arena_format(arena, "{}-{}", STRS(github, name));
    return gate;
}

static void
plan_deploy(struct planner *planner)
{
    if (planner->pipeline->deploy != NULL)
        return;
    planner->pipeline->deploy =
        job_add(planner, JOB_DEPLOY, STR("deploy"), STR("Deploy"));
    planner->last = planner->pipeline->deploy;
}

static void
plan_switch(struct planner *planner, const struct step *step)
{
    struct pipeline *pipeline = planner->pipeline;
    plan_deploy(planner);
    if (!pipeline->environment->is_staged || pipeline->traffic != NULL)
        return;
    int64_t count = step == NULL ? 0 : approval_number(step->approval);
    if (count > 0)
        plan_gates(planner, count, "switch", "switch-approved", step->approval);
    else if (step != NULL && step->approval != NULL &&
             step->approval->is_optional)
        planner->last = plan_gate(planner, STR(""), "switch", planner->last,
                                  step->approval);
    struct job *job =
        job_add(planner, JOB_SWITCH, STR("switch"), STR("Switch the traffic"));
    add_need(planner, job, pipeline->deploy);
    pipeline->traffic = job;
    planner->last = job;
}

static void
plan_share(struct planner *planner, const struct step *step)
{
    struct arena *arena = planner->arena;
    plan_deploy(planner);
    if (!planner->pipeline->environment->is_staged ||
        planner->pipeline->traffic != NULL || !is_share_known(step))
        return;
    struct str number = share_text(arena, step);
    struct job *job = job_add(
        planner, JOB_SHARE, share_name(arena, step),
        arena_format(arena, "Give it {} % of the traffic", STRS(number)));
    job->step = step;
    planner->last = job;
}

static void
plan_test(struct planner *planner, const struct step *step)
{
    plan_deploy(planner);
    if (!is_command_test(step))
        return;
    struct job *job = job_add(
        planner, JOB_TEST,
        arena_format(planner->arena, "test-{}", STRS(step->name->text)),
        arena_format(planner->arena, "Test: {}", STRS(step->name->text)));
    job->step = step;
    planner->last = job;
}

/* Before the deploy it is a step of that job, for it needs what is rendered. */
static void
plan_task(struct planner *planner, const struct step *step)
{
    struct arena *arena = planner->arena;
    const struct environment *environment = planner->pipeline->environment;
    if (planner->pipeline->deploy == NULL || step->task == NULL ||
        workload_find(environment, step->task) == NULL)
        return;
    struct job *job =
        job_add(planner, JOB_TASK,
                arena_format(arena, "task-{}", STRS(step->task->name)),
                arena_format(arena, "Run {}", STRS(step->task->name)));
    job->step = step;
    planner->last = job;
}

static void
plan_watch(struct planner *planner, const struct step *step)
{
    plan_deploy(planner);
    plan_switch(planner, NULL);
    if (!is_value_known(step->duration) || step->threshold_count == 0)
        return;
    struct job *job =
        job_add(planner, JOB_WATCH, STR("watch"), STR("Watch the release"));
    job->step = step;
    planner->last = job;
}

/* The release is through: it gets its names. A version that was worked out
 * here is written down as a git tag, too. */
static void
plan_record(struct planner *planner)
{
    struct pipeline *pipeline = planner->pipeline;
    const struct environment *environment = pipeline->environment;
    pipeline->tested = planner->last;
    struct job *record =
        job_add(planner, JOB_RECORD, STR("record"), STR("Record the release"));
    planner->last = record;
    if (pipeline->approved != NULL)
        add_need(planner, record, pipeline->approved);
    if (!has_tag_part(environment, STR("version")) ||
        !is_last_environment(pipeline->ir, environment))
        return;
    struct job *tag =
        job_add(planner, JOB_TAG, STR("tag"), STR("Tag the release in git"));
    if (pipeline->approved != NULL)
        add_need(planner, tag, pipeline->approved);
}

static void
plan_retire(struct planner *planner)
{
    struct pipeline *pipeline = planner->pipeline;
    if (pipeline->traffic == NULL || !has_colours(pipeline->environment))
        return;
    planner->last = pipeline->tested;
    struct job *job = job_add(planner, JOB_RETIRE, STR("retire"),
                              STR("Retire the old colour"));
    add_need(planner, job, pipeline->traffic);
}

/* It waits for all that can show the release to be bad. */
static void
plan_roll_back(struct planner *planner)
{
    struct pipeline *pipeline = planner->pipeline;
    bool is_behind_deploy = false;
    if (deploy_step_find(pipeline->environment->deploy, STEP_ROLLBACK) == NULL)
        return;
    planner->last = pipeline->deploy;
    struct job *job =
        job_add(planner, JOB_ROLL_BACK, STR("roll-back"), STR("Roll back"));
    for (size_t i = 0; i < pipeline_job_count(pipeline); i++) {
        const struct job *other = pipeline_job(pipeline, i);
        is_behind_deploy = is_behind_deploy || other == pipeline->deploy;
        if (is_behind_deploy)
            add_need(planner, job, other);
        if (other == pipeline->tested)
            return;
    }
}

static struct str
notification_id(struct arena *arena, const struct step *step)
{
    struct str channel = step->channel->name;
    switch (step->notify_on) {
    case NOTIFY_ALWAYS:
        return arena_format(arena, "notify-{}", STRS(channel));
    case NOTIFY_FAILURE:
        return arena_format(arena, "notify-{}-on-failure", STRS(channel));
    case NOTIFY_SUCCESS:
        return arena_format(arena, "notify-{}-on-success", STRS(channel));
    }
    return STR("");
}

static bool
has_job(const struct pipeline *pipeline, struct str id)
{
    for (size_t i = 0; i < pipeline_job_count(pipeline); i++) {
        if (is_str_equal(pipeline_job(pipeline, i)->id, id))
            return true;
    }
    return false;
}

static void
plan_notifications(struct planner *planner)
{
    struct pipeline *pipeline = planner->pipeline;
    const struct deploy *deploy = pipeline->environment->deploy;
    size_t count = pipeline_job_count(pipeline);
    planner->last = NULL;
    for (size_t i = 0; i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        if (step->kind != STEP_NOTIFY || step->channel == NULL)
            continue;
        struct str id = notification_id(planner->arena, step);
        if (has_job(pipeline, id))
            continue;
        struct job *job = job_add(
            planner, JOB_NOTIFY, id,
            arena_format(planner->arena, "Tell {}", STRS(step->channel->name)));
        job->step = step;
        for (size_t j = 0; j < count; j++)
            add_need(planner, job, pipeline_job(pipeline, j));
    }
}
