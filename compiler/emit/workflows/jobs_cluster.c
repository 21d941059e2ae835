/*
 * Steps that bring a release into a cluster and test it there. The order is
 * that of docs/workflows.md.
 */
#include "emit/workflows/jobs_cluster.h"

#include "emit/kubernetes/workload.h"
#include "emit/workflows/cluster_steps.h"
#include "emit/workflows/limits.h"

static void emit_deploy_outputs(struct workflow *workflow);
static void emit_state(struct workflow *workflow);
static void emit_stateful_sets(struct workflow *workflow,
                               const struct job *job);
static void emit_migrations(struct workflow *workflow, const struct job *job);
static void emit_early_tasks(struct workflow *workflow, const struct job *job);
static void emit_apply(struct workflow *workflow, const struct job *job);

void
emit_deploy(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    emit_deploy_outputs(workflow);
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    emit_state(workflow);
    emit_render(workflow, "steps.state");
    if (has_stateful_sets(environment))
        emit_stateful_sets(workflow, job);
    if (deploy_step_find(environment->deploy, STEP_MIGRATE) != NULL)
        emit_migrations(workflow, job);
    emit_early_tasks(workflow, job);
    emit_apply(workflow, job);
    if (has_health_test(workflow))
        emit_health(workflow, "${{ steps.deploy.outputs.deployments }}",
                    environment->is_staged);
    yaml_end(&workflow->yaml);
}

/* `started` tells the rollback whether there is anything to take back. */
static void
emit_deploy_outputs(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "started",
              has_stateful_sets(environment)
                  ? STR("${{ steps.stateful.outcome }}")
                  : STR("${{ steps.deploy.outcome }}"));
    if (!has_rollouts(environment))
        yaml_text(yaml, "deployments",
                  STR("${{ steps.deploy.outputs.deployments }}"));
    if (has_rest(environment) && has_colours(environment))
        yaml_text(yaml, "colors", STR("${{ steps.state.outputs.colors }}"));
    if (has_rest(environment) && has_rollouts(environment))
        yaml_text(yaml, "selectors",
                  STR("${{ steps.state.outputs.selectors }}"));
    if (has_rollouts(environment))
        yaml_text(yaml, "rollouts",
                  STR("${{ steps.state.outputs.revisions }}"));
    if (has_revisions(environment))
        yaml_text(yaml, "revisions",
                  STR("${{ steps.revisions.outputs.revisions }}"));
    yaml_end(yaml);
}

static void
emit_revisions(struct workflow *workflow)
{
    step_start(workflow, STR("Note what runs now"), "revisions");
    services_fact(workflow, DEPLOYED_ROLLING);
    step_end(workflow, "pipeline/revisions.sh");
}

static void
emit_state(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    bool is_argo = has_rollouts(environment);
    if (environment->is_staged) {
        step_start(workflow,
                   is_argo ? STR("See what Argo has")
                           : STR("See which colour is live"),
                   "state");
        if (!is_argo)
            colour_label_fact(workflow);
        services_fact(workflow, DEPLOYED_STAGED);
        step_end(workflow,
                 is_argo ? "pipeline/rollouts.sh" : "pipeline/colours.sh");
    }
    if (has_revisions(environment))
        emit_revisions(workflow);
}

/* Before what may stand on them: migrations, and all pods that call them. */
static void
emit_stateful_sets(struct workflow *workflow, const struct job *job)
{
    step_start(workflow, STR("Roll the stateful sets"), "stateful");
    fact(workflow, "BRX_RENDERED", STR("${{ steps.render.outputs.rendered }}"));
    fact(
        workflow, "BRX_COUNTS",
        stateful_count_lines(workflow->arena, workflow->pipeline->environment));
    timeout_fact(workflow, job);
    step_end(workflow, "pipeline/deploy-stateful.sh");
}

static void
emit_migrations(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    struct arena *arena = workflow->arena;
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (workload->migration == NULL ||
            !is_value_known(workload->migration->command))
            continue;
        step_start(
            workflow,
            arena_format(arena, "Migrate {}", STRS(workload->service->name)),
            NULL);
        fact(workflow, "BRX_RENDERED",
             STR("${{ steps.render.outputs.rendered }}"));
        fact(workflow, "BRX_SERVICE", workload->service->name);
        fact(workflow, "BRX_COMMAND",
             plain_text(arena, workload->migration->command->text));
        fact_number(workflow, "BRX_SECONDS", limit_seconds(job, 3));
        step_end(workflow, "pipeline/migrate.sh");
    }
}

/* Its own limit, or a third of its job's. */
static void
emit_task_step(struct workflow *workflow, const struct workload *task,
               const struct job *job, bool is_rendered)
{
    struct str name = task->service->name;
    const struct value *limit = task->job.time_limit;
    step_start(workflow, arena_format(workflow->arena, "Run {}", STRS(name)),
               NULL);
    if (is_rendered)
        fact(workflow, "BRX_RENDERED",
             STR("${{ steps.render.outputs.rendered }}"));
    fact(workflow, "BRX_TASK", name);
    fact_number(workflow, "BRX_SECONDS",
                is_value_known(limit) ? (limit->number + 999) / 1000
                                      : limit_seconds(job, 3));
    step_end(workflow, "pipeline/run-task.sh");
}

/* Has the task a job of its own, after the deploy? */
static bool
has_own_job(const struct pipeline *pipeline, const struct service *task)
{
    for (size_t i = 0; i < pipeline_job_count(pipeline); i++) {
        const struct job *job = pipeline_job(pipeline, i);
        if (job->kind == JOB_TASK && job->step->task == task)
            return true;
    }
    return false;
}

static void
emit_early_tasks(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (workload->service->kind == SERVICE_TASK &&
            !has_own_job(workflow->pipeline, workload->service))
            emit_task_step(workflow, workload, job, true);
    }
}

void
emit_task(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    emit_task_step(workflow, workload_find(environment, job->step->task), job,
                   false);
    yaml_end(&workflow->yaml);
}

/* The first share, in whose size a canary is made; NULL when there is none. */
static const struct step *
first_share(const struct workflow *workflow)
{
    return deploy_step_find(workflow->pipeline->environment->deploy,
                            STEP_SHARE);
}

static void
emit_idle_colour(struct workflow *workflow, const struct job *job)
{
    const struct pipeline *pipeline = workflow->pipeline;
    bool is_canary = way_of(pipeline->environment) == WAY_CANARY;
    step_start(workflow,
               is_canary ? STR("Deploy the canary on the idle colour")
                         : STR("Deploy on the idle colour"),
               "deploy");
    fact(workflow, "BRX_RENDERED", STR("${{ steps.render.outputs.rendered }}"));
    fact(workflow, "BRX_COUNTS",
         count_lines(workflow->arena, pipeline->environment, DEPLOYED_STAGED));
    if (is_canary && first_share(workflow) != NULL)
        fact(workflow, "BRX_SHARE",
             share_text(workflow->arena, first_share(workflow)));
    timeout_fact(workflow, job);
    fact(workflow, "BRX_COLORS", STR("${{ steps.state.outputs.colors }}"));
    colour_label_fact(workflow);
    fact(workflow, "BRX_IMAGES", image_lines(workflow->arena, pipeline));
    version_fact(workflow);
    later_fact(workflow);
    step_end(workflow, is_canary ? "pipeline/deploy-canary.sh"
                                 : "pipeline/deploy-blue-green.sh");
}

static void
emit_rollouts(struct workflow *workflow, const struct job *job)
{
    step_start(workflow, STR("Let Argo begin"), "deploy");
    fact(workflow, "BRX_RENDERED", STR("${{ steps.render.outputs.rendered }}"));
    fact(workflow, "BRX_COUNTS",
         count_lines(workflow->arena, workflow->pipeline->environment,
                     DEPLOYED_STAGED));
    fact_number(workflow, "BRX_SECONDS", limit_seconds(job, 2));
    later_fact(workflow);
    step_end(workflow, "pipeline/deploy-argo.sh");
}

static void
emit_apply(struct workflow *workflow, const struct job *job)
{
    switch (way_of(workflow->pipeline->environment)) {
    case WAY_ROLLING:
        emit_rolling(workflow, job, "deploy", false);
        return;
    case WAY_BLUE_GREEN:
    case WAY_CANARY:
        emit_idle_colour(workflow, job);
        return;
    case WAY_ARGO:
        emit_rollouts(workflow, job);
        return;
    }
}

/* Before the switch the new colour is reached through the cluster; after it,
 * and in a rolling deployment, a test needs no rights at all. */
void
emit_test(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    bool is_preview = is_before_switch(workflow->pipeline, job);
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    if (is_preview)
        step_connect(workflow);
    step_start(workflow, STR("Run the test"), NULL);
    fact(workflow, "BRX_COMMAND",
         plain_text(workflow->arena, job->step->command->text));
    if (is_preview)
        fact(workflow, "BRX_FORWARDS",
             forward_lines(workflow->arena, environment));
    else
        fact(workflow, "BRX_ADDRESSES",
             address_lines(workflow->arena, environment));
    step_end(workflow, "pipeline/test.sh");
    yaml_end(&workflow->yaml);
}
