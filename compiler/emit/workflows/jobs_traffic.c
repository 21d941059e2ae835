/*
 * Steps that give traffic to a release, look after it, and take it back.
 */
#include "emit/workflows/cluster_steps.h"
#include "emit/workflows/jobs_cluster.h"
#include "emit/workflows/limits.h"
#include "emit/workflows/queries.h"
#include "ir/quantity.h"

/* What pods may take to start, beside the time that is watched. */
enum { SHARE_SECONDS = 480, WATCH_SECONDS = 240 };

/* ---- Argo's ------------------------------------------------------------- */

/* Its steps, in the order that emit/kubernetes/rollout.c gives them: a weight
 * and a pause, then three for each share. */
static int64_t
pause_before(int64_t share_index)
{
    return share_index == 0 ? 1 : 3 * share_index;
}

static int64_t
share_count(const struct deploy *deploy, const struct step *before)
{
    int64_t count = 0;
    for (size_t i = 0; i < deploy->step_count; i++) {
        if (&deploy->steps[i] == before)
            break;
        count += is_share_known(&deploy->steps[i]);
    }
    return count;
}

static void
emit_advance(struct workflow *workflow, struct str name, struct str pause,
             struct str goal, int64_t seconds)
{
    step_start(workflow, name, "switch");
    services_fact(workflow, DEPLOYED_STAGED);
    fact(workflow, "BRX_PAUSE", pause);
    fact(workflow, "BRX_GOAL", goal);
    fact_number(workflow, "BRX_SECONDS", seconds);
    step_end(workflow, "pipeline/advance-rollout.sh");
}

/* The analysis of the share runs in the cluster, and is followed here. */
static void
emit_argo_share(struct workflow *workflow, const struct job *job)
{
    struct arena *arena = workflow->arena;
    int64_t index =
        share_count(workflow->pipeline->environment->deploy, job->step);
    emit_advance(workflow, STR("Let Argo share the traffic, and watch"),
                 arena_number(arena, pause_before(index)),
                 arena_number(arena, 3 * (index + 1)),
                 duration_seconds(job->step->duration->number) + SHARE_SECONDS);
}

static void
emit_argo_switch(struct workflow *workflow, const struct job *job)
{
    const struct deploy *deploy = workflow->pipeline->environment->deploy;
    struct arena *arena = workflow->arena;
    int64_t count = share_count(deploy, NULL);
    bool is_canary = deploy->strategy == STRATEGY_CANARY;
    emit_advance(workflow, STR("Let Argo switch the traffic"),
                 is_canary ? arena_number(arena, pause_before(count))
                           : STR("preview"),
                 is_canary ? arena_number(arena, pause_before(count) + 2)
                           : STR("active"),
                 limit_seconds(job, 2));
}

static void
emit_argo_watch(struct workflow *workflow, const struct job *job)
{
    emit_advance(workflow, STR("Follow Argo's watch"), STR(""), STR("through"),
                 duration_seconds(job->step->duration->number) + WATCH_SECONDS);
}

/* ---- shares ------------------------------------------------------------- */

/* Only the canary is watched: among all pods its faults would drown. A first
 * release has nothing beside it and no share. */
static void
emit_share_watch(struct workflow *workflow, const struct step *step)
{
    struct watch_time time = watch_time_of(step);
    step_start_if(workflow, STR("Watch the canary"), NULL,
                  STR("steps.share.outputs.pods != ''"));
    metrics_facts(workflow);
    fact(workflow, "BRX_CHECKS",
         watch_lines(workflow->arena, workflow->pipeline->environment, step,
                     STR("${{ steps.share.outputs.pods }}")));
    fact_number(workflow, "BRX_SECONDS", time.seconds);
    fact_number(workflow, "BRX_SETTLE_SECONDS", time.settle_seconds);
    step_end(workflow, "pipeline/watch.sh");
}

static void
emit_own_share(struct workflow *workflow, const struct job *job)
{
    step_start(workflow, STR("Share the traffic"), "share");
    colour_label_fact(workflow);
    services_fact(workflow, DEPLOYED_STAGED);
    fact(workflow, "BRX_SHARE", share_text(workflow->arena, job->step));
    step_end(workflow, "pipeline/share-traffic.sh");
    emit_share_watch(workflow, job->step);
}

void
emit_share(struct workflow *workflow, const struct job *job)
{
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    if (has_rollouts(workflow->pipeline->environment))
        emit_argo_share(workflow, job);
    else
        emit_own_share(workflow, job);
    yaml_end(&workflow->yaml);
}

/* ---- all of it ---------------------------------------------------------- */

/* What is not switched comes in now, and not before: until here the release
 * had changed nothing that anybody uses. */
static void
emit_rest(struct workflow *workflow, const struct job *job)
{
    emit_render(workflow, "needs.deploy");
    emit_rolling(workflow, job, "rest", true);
}

static void
emit_own_switch(struct workflow *workflow, const struct job *job)
{
    step_start(workflow, STR("Switch the traffic"), "switch");
    colour_label_fact(workflow);
    services_fact(workflow, DEPLOYED_STAGED);
    timeout_fact(workflow, job);
    step_end(workflow, "pipeline/switch-traffic.sh");
}

/* Deployments that are well when the switch is over. */
static const char *
switched_deployments(const struct environment *environment)
{
    if (has_rollouts(environment))
        return has_rest(environment) ? "${{ steps.rest.outputs.deployments }}"
                                     : "";
    return has_rest(environment) ? "${{ needs.deploy.outputs.deployments }}\n"
                                   "${{ steps.rest.outputs.deployments }}"
                                 : "${{ needs.deploy.outputs.deployments }}";
}

void
emit_switch(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "switched", STR("${{ steps.switch.outputs.switched }}"));
    yaml_end(yaml);
    yaml_list(yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    if (has_rollouts(environment))
        emit_argo_switch(workflow, job);
    else
        emit_own_switch(workflow, job);
    if (has_rest(environment))
        emit_rest(workflow, job);
    if (has_health_test(workflow))
        emit_health(workflow, switched_deployments(environment), false);
    yaml_end(yaml);
}

static void
emit_own_watch(struct workflow *workflow, const struct job *job)
{
    step_start(workflow, STR("Watch the promises"), NULL);
    metrics_facts(workflow);
    fact(workflow, "BRX_CHECKS",
         watch_lines(workflow->arena, workflow->pipeline->environment,
                     job->step, STR("")));
    fact_number(workflow, "BRX_SECONDS", watch_time_of(job->step).seconds);
    step_end(workflow, "pipeline/watch.sh");
}

void
emit_watch(struct workflow *workflow, const struct job *job)
{
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    if (has_rollouts(workflow->pipeline->environment))
        emit_argo_watch(workflow, job);
    else
        emit_own_watch(workflow, job);
    yaml_end(&workflow->yaml);
}

void
emit_retire(struct workflow *workflow, const struct job *job)
{
    (void)job;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Take the old colour's pods away"), NULL);
    colour_label_fact(workflow);
    services_fact(workflow, DEPLOYED_STAGED);
    fact_number(
        workflow, "BRX_KEEP_SECONDS",
        (step_ms(workflow->pipeline->environment->deploy, STEP_KEEP) + 999) /
            1000);
    fact(workflow, "BRX_SWITCHED", STR("${{ needs.switch.outputs.switched }}"));
    step_end(workflow, "pipeline/retire.sh");
    yaml_end(&workflow->yaml);
}

/* ---- back --------------------------------------------------------------- */

static void
emit_roll_back_colours(struct workflow *workflow, const struct job *job)
{
    step_start(workflow, STR("Go back to the release before"), NULL);
    colour_label_fact(workflow);
    services_fact(workflow, DEPLOYED_STAGED);
    version_fact(workflow);
    timeout_fact(workflow, job);
    step_end(workflow, "pipeline/roll-back-blue-green.sh");
}

static void
emit_roll_back_rollouts(struct workflow *workflow, const struct job *job)
{
    step_start(workflow, STR("Let Argo go back"), NULL);
    fact(workflow, "BRX_REVISIONS",
         STR("${{ needs.deploy.outputs.rollouts }}"));
    fact_number(workflow, "BRX_SECONDS", limit_seconds(job, 2));
    step_end(workflow, "pipeline/roll-back-argo.sh");
}

/* Also when what was switched could not go back. */
static void
emit_roll_back_rolling(struct workflow *workflow, const struct job *job)
{
    bool is_rest = workflow->pipeline->environment->is_staged;
    step_start_if(workflow,
                  is_rest ? STR("Take the others back, too")
                          : STR("Go back to the release before"),
                  NULL, is_rest ? STR("!cancelled()") : STR(""));
    fact(workflow, "BRX_REVISIONS",
         STR("${{ needs.deploy.outputs.revisions }}"));
    timeout_fact(workflow, job);
    step_end(workflow, "pipeline/roll-back-rolling.sh");
}

void
emit_roll_back(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    if (has_colours(environment))
        emit_roll_back_colours(workflow, job);
    if (has_rollouts(environment))
        emit_roll_back_rollouts(workflow, job);
    if (has_revisions(environment))
        emit_roll_back_rolling(workflow, job);
    yaml_end(&workflow->yaml);
}
