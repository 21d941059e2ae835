/*
 * Steps that give traffic to a release, look after it, and take it back.
 */
#include "emit/workflows/cluster_steps.h"
#include "emit/workflows/jobs_cluster.h"
#include "emit/workflows/limits.h"

/* Until what is new shows in the metrics, which look two minutes back. */
enum { SETTLE_SECONDS_MAX = 60 };

static int64_t
seconds_of(const struct value *duration)
{
    return (duration->number + 999) / 1000;
}

static void
metrics_facts(struct workflow *workflow)
{
    fact(workflow, "BRX_PROMETHEUS_URL", STR("${{ vars.BRX_PROMETHEUS_URL }}"));
    fact(workflow, "BRX_PROMETHEUS_TOKEN",
         STR("${{ secrets.BRX_PROMETHEUS_TOKEN }}"));
}

/* ---- shares ------------------------------------------------------------- */

/* Only the canary is watched: among all pods its faults would drown. A first
 * release has nothing beside it and no share. */
static void
emit_share_watch(struct workflow *workflow, const struct step *step)
{
    int64_t seconds = seconds_of(step->duration);
    int64_t settle = seconds / 2;
    step_start_if(workflow, STR("Watch the canary"), NULL,
                  STR("steps.share.outputs.pods != ''"));
    metrics_facts(workflow);
    fact(workflow, "BRX_CHECKS",
         watch_lines(workflow->arena, workflow->pipeline->environment, step,
                     STR("${{ steps.share.outputs.pods }}")));
    fact_number(workflow, "BRX_SECONDS", seconds);
    fact_number(workflow, "BRX_SETTLE_SECONDS",
                settle < SETTLE_SECONDS_MAX ? settle : SETTLE_SECONDS_MAX);
    step_end(workflow, "pipeline/watch.sh");
}

void
emit_share(struct workflow *workflow, const struct job *job)
{
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Share the traffic"), "share");
    colour_label_fact(workflow);
    services_fact(workflow, DEPLOYED_STAGED);
    fact(workflow, "BRX_SHARE", share_text(workflow->arena, job->step));
    step_end(workflow, "pipeline/share-traffic.sh");
    emit_share_watch(workflow, job->step);
    yaml_end(&workflow->yaml);
}

/* ---- all of it ---------------------------------------------------------- */

/* What is not switched comes in now, and not before: until here the release
 * had changed nothing that anybody uses. */
static void
emit_rest(struct workflow *workflow, const struct job *job)
{
    emit_render(workflow, "${{ needs.deploy.outputs.colors }}");
    emit_rolling(workflow, job, "rest", true);
}

void
emit_switch(struct workflow *workflow, const struct job *job)
{
    struct yaml *yaml = &workflow->yaml;
    bool is_followed = has_rest(workflow->pipeline->environment);
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "switched", STR("${{ steps.switch.outputs.switched }}"));
    yaml_end(yaml);
    yaml_list(yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Switch the traffic"), "switch");
    colour_label_fact(workflow);
    services_fact(workflow, DEPLOYED_STAGED);
    timeout_fact(workflow, job);
    step_end(workflow, "pipeline/switch-traffic.sh");
    if (is_followed)
        emit_rest(workflow, job);
    if (has_health_test(workflow))
        emit_health(workflow,
                    is_followed ? "${{ needs.deploy.outputs.deployments }}\n"
                                  "${{ steps.rest.outputs.deployments }}"
                                : "${{ needs.deploy.outputs.deployments }}",
                    false);
    yaml_end(yaml);
}

void
emit_watch(struct workflow *workflow, const struct job *job)
{
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Watch the promises"), NULL);
    metrics_facts(workflow);
    fact(workflow, "BRX_CHECKS",
         watch_lines(workflow->arena, workflow->pipeline->environment,
                     job->step, STR("")));
    fact_number(workflow, "BRX_SECONDS", seconds_of(job->step->duration));
    step_end(workflow, "pipeline/watch.sh");
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

/* Also when what was switched could not go back. */
static void
emit_roll_back_rolling(struct workflow *workflow, const struct job *job)
{
    bool is_rest = is_staged(workflow->pipeline->environment);
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
    if (has_revisions(environment))
        emit_roll_back_rolling(workflow, job);
    yaml_end(&workflow->yaml);
}
