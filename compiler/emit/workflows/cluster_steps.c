/*
 * Each step once, whichever jobs have it.
 */
#include "emit/workflows/cluster_steps.h"

#include "emit/kubernetes/names.h"
#include "emit/workflows/limits.h"

enum way
way_of(const struct environment *environment)
{
    if (!environment->is_staged)
        return WAY_ROLLING;
    if (has_rollouts(environment))
        return WAY_ARGO;
    return environment->deploy->strategy == STRATEGY_CANARY ? WAY_CANARY
                                                            : WAY_BLUE_GREEN;
}

bool
has_rest(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (waits_for_traffic(environment->workloads[i]))
            return true;
    }
    return false;
}

bool
has_rolling_rest(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (waits_for_traffic(workload) && runs_steadily(workload->service))
            return true;
    }
    return false;
}

bool
has_revisions(const struct environment *environment)
{
    return !environment->is_staged || has_rolling_rest(environment) ||
           has_stateful_sets(environment);
}

void
services_fact(struct workflow *workflow, enum deployed deployed)
{
    fact(workflow, "BRX_SERVICES",
         service_lines(workflow->arena, workflow->ir,
                       workflow->pipeline->environment, deployed));
}

void
colour_label_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_COLOR_LABEL", STR(LABEL_COLOUR));
}

void
timeout_fact(struct workflow *workflow, const struct job *job)
{
    fact(workflow, "BRX_TIMEOUT",
         arena_format(
             workflow->arena, "{}s",
             STRS(arena_number(workflow->arena, limit_seconds(job, 2)))));
}

void
version_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_VERSION",
         source_output(workflow->arena, workflow->pipeline, STR("version")));
}

void
later_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_LATER",
         later_lines(workflow->arena, workflow->pipeline->environment));
}

void
metrics_facts(struct workflow *workflow)
{
    fact(workflow, "BRX_PROMETHEUS_URL", STR("${{ vars.BRX_PROMETHEUS_URL }}"));
    fact(workflow, "BRX_PROMETHEUS_TOKEN",
         STR("${{ secrets.BRX_PROMETHEUS_TOKEN }}"));
}

static void
state_fact(struct workflow *workflow, const char *name, const char *from,
           const char *output)
{
    fact(workflow, name,
         expression(workflow->arena, "{}.outputs.{}",
                    STRS(str_from(from), str_from(output))));
}

void
emit_render(struct workflow *workflow, const char *from)
{
    const struct pipeline *pipeline = workflow->pipeline;
    struct arena *arena = workflow->arena;
    step_start(workflow, STR("Render the manifests"), "render");
    fact(workflow, "BRX_OVERLAY",
         plain_text(arena,
                    arena_format(arena, "{}/overlays/{}",
                                 STRS(workflow->ir->output.kubernetes->text,
                                      pipeline->environment->name))));
    fact(workflow, "BRX_IMAGES", image_lines(arena, pipeline));
    if (has_colours(pipeline->environment)) {
        state_fact(workflow, "BRX_COLORS", from, "colors");
        colour_label_fact(workflow);
    }
    if (has_rollouts(pipeline->environment)) {
        state_fact(workflow, "BRX_SELECTORS", from, "selectors");
        fact(workflow, "BRX_PROMETHEUS_URL",
             STR("${{ vars.BRX_PROMETHEUS_URL }}"));
    }
    step_end(workflow, "pipeline/render.sh");
}

void
emit_rolling(struct workflow *workflow, const struct job *job, const char *id,
             bool is_rest)
{
    const struct environment *environment = workflow->pipeline->environment;
    step_start(workflow,
               is_rest ? STR("Deploy the others, rolling")
                       : STR("Deploy, rolling"),
               id);
    fact(workflow, "BRX_RENDERED", STR("${{ steps.render.outputs.rendered }}"));
    if (is_rest)
        fact(workflow, "BRX_ONLY", later_lines(workflow->arena, environment));
    fact(workflow, "BRX_COUNTS",
         count_lines(workflow->arena, environment, DEPLOYED_ROLLING));
    timeout_fact(workflow, job);
    step_end(workflow, "pipeline/deploy-rolling.sh");
}

void
emit_health(struct workflow *workflow, const char *deployments, bool is_preview)
{
    const struct pipeline *pipeline = workflow->pipeline;
    struct arena *arena = workflow->arena;
    step_start(workflow,
               is_preview ? STR("Is the new colour well")
                          : STR("Is the release well"),
               NULL);
    if (!is_preview || !has_rollouts(pipeline->environment))
        fact(workflow, "BRX_DEPLOYMENTS", str_from(deployments));
    fact(workflow, "BRX_IMAGES", image_lines(arena, pipeline));
    if (is_preview)
        fact(workflow, "BRX_PROBES",
             plain_text(arena, preview_lines(arena, pipeline->environment)));
    else
        fact(workflow, "BRX_URLS",
             plain_text(arena, url_lines(arena, pipeline->environment)));
    step_end(workflow, "pipeline/health.sh");
}

bool
has_health_test(const struct workflow *workflow)
{
    const struct deploy *deploy = workflow->pipeline->environment->deploy;
    for (size_t i = 0; i < deploy->step_count; i++) {
        if (is_health_test(&deploy->steps[i]))
            return true;
    }
    return false;
}
