/*
 * Steps that change a cluster or look at it. The order is that of
 * docs/workflows.md.
 */
#include "emit/workflows/jobs_cluster.h"

#include "emit/kubernetes/names.h"
#include "emit/kubernetes/workload.h"
#include "emit/workflows/facts.h"
#include "emit/workflows/limits.h"

static void emit_deploy_outputs(struct workflow *workflow);
static void emit_state(struct workflow *workflow);
static void emit_render(struct workflow *workflow);
static void emit_migrations(struct workflow *workflow, const struct job *job);
static void emit_apply(struct workflow *workflow, const struct job *job);
static void emit_health(struct workflow *workflow, const char *deployments,
                        bool is_preview);
static bool has_health_test(const struct workflow *workflow);

static void
services_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_SERVICES",
         service_lines(workflow->arena, workflow->ir,
                       workflow->pipeline->environment));
}

static void
colour_label_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_COLOR_LABEL", STR(LABEL_COLOUR));
}

/* How long one Deployment may take: half of its job. */
static void
timeout_fact(struct workflow *workflow, const struct job *job)
{
    fact(workflow, "BRX_TIMEOUT",
         arena_format(
             workflow->arena, "{}s",
             STRS(arena_number(workflow->arena, limit_seconds(job, 2)))));
}

static void
version_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_VERSION",
         source_output(workflow->arena, workflow->pipeline, STR("version")));
}

void
emit_deploy(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    emit_deploy_outputs(workflow);
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    emit_state(workflow);
    emit_render(workflow);
    if (deploy_step_find(environment->deploy, STEP_MIGRATE) != NULL)
        emit_migrations(workflow, job);
    emit_apply(workflow, job);
    if (has_health_test(workflow))
        emit_health(workflow, "${{ steps.deploy.outputs.deployments }}",
                    is_blue_green(environment));
    yaml_end(&workflow->yaml);
}

/* `started` tells the rollback whether there is anything to take back. */
static void
emit_deploy_outputs(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "started", STR("${{ steps.deploy.outcome }}"));
    yaml_text(yaml, "deployments",
              STR("${{ steps.deploy.outputs.deployments }}"));
    if (!is_blue_green(workflow->pipeline->environment))
        yaml_text(yaml, "revisions",
                  STR("${{ steps.state.outputs.revisions }}"));
    yaml_end(yaml);
}

static void
emit_state(struct workflow *workflow)
{
    bool has_colours = is_blue_green(workflow->pipeline->environment);
    step_start(workflow,
               has_colours ? STR("See which colour is live")
                           : STR("Note what runs now"),
               "state");
    if (has_colours)
        colour_label_fact(workflow);
    services_fact(workflow);
    step_end(workflow,
             has_colours ? "pipeline/colours.sh" : "pipeline/revisions.sh");
}

static void
emit_render(struct workflow *workflow)
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
    if (is_blue_green(pipeline->environment)) {
        fact(workflow, "BRX_COLORS", STR("${{ steps.state.outputs.colors }}"));
        colour_label_fact(workflow);
    }
    step_end(workflow, "pipeline/render.sh");
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

static void
emit_apply(struct workflow *workflow, const struct job *job)
{
    const struct pipeline *pipeline = workflow->pipeline;
    bool has_colours = is_blue_green(pipeline->environment);
    step_start(workflow,
               has_colours ? STR("Deploy on the idle colour")
                           : STR("Deploy, rolling"),
               "deploy");
    fact(workflow, "BRX_RENDERED", STR("${{ steps.render.outputs.rendered }}"));
    fact(workflow, "BRX_COUNTS",
         count_lines(workflow->arena, pipeline->environment));
    timeout_fact(workflow, job);
    if (has_colours) {
        fact(workflow, "BRX_COLORS", STR("${{ steps.state.outputs.colors }}"));
        colour_label_fact(workflow);
        fact(workflow, "BRX_IMAGES", image_lines(workflow->arena, pipeline));
        version_fact(workflow);
    }
    step_end(workflow, has_colours ? "pipeline/deploy-blue-green.sh"
                                   : "pipeline/deploy-rolling.sh");
}

static void
emit_health(struct workflow *workflow, const char *deployments, bool is_preview)
{
    const struct pipeline *pipeline = workflow->pipeline;
    struct arena *arena = workflow->arena;
    step_start(workflow,
               is_preview ? STR("Is the new colour well")
                          : STR("Is the release well"),
               NULL);
    fact(workflow, "BRX_DEPLOYMENTS", str_from(deployments));
    fact(workflow, "BRX_IMAGES", image_lines(arena, pipeline));
    if (is_preview)
        fact(workflow, "BRX_PROBES",
             preview_lines(arena, pipeline->environment));
    else
        fact(workflow, "BRX_URLS", url_lines(arena, pipeline->environment));
    step_end(workflow, "pipeline/health.sh");
}

static bool
has_health_test(const struct workflow *workflow)
{
    const struct deploy *deploy = workflow->pipeline->environment->deploy;
    for (size_t i = 0; i < deploy->step_count; i++) {
        if (is_health_test(&deploy->steps[i]))
            return true;
    }
    return false;
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

void
emit_switch(struct workflow *workflow, const struct job *job)
{
    struct yaml *yaml = &workflow->yaml;
    (void)job;
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "switched", STR("${{ steps.switch.outputs.switched }}"));
    yaml_end(yaml);
    yaml_list(yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Switch the traffic"), "switch");
    colour_label_fact(workflow);
    services_fact(workflow);
    step_end(workflow, "pipeline/switch-traffic.sh");
    if (has_health_test(workflow))
        emit_health(workflow, "${{ needs.deploy.outputs.deployments }}", false);
    yaml_end(yaml);
}

void
emit_watch(struct workflow *workflow, const struct job *job)
{
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Watch the promises"), NULL);
    fact(workflow, "BRX_PROMETHEUS_URL", STR("${{ vars.BRX_PROMETHEUS_URL }}"));
    fact(workflow, "BRX_PROMETHEUS_TOKEN",
         STR("${{ secrets.BRX_PROMETHEUS_TOKEN }}"));
    fact(workflow, "BRX_CHECKS",
         watch_lines(workflow->arena, workflow->pipeline->environment,
                     job->step));
    fact_number(workflow, "BRX_SECONDS",
                (job->step->duration->number + 999) / 1000);
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
    services_fact(workflow);
    fact_number(
        workflow, "BRX_KEEP_SECONDS",
        (step_ms(workflow->pipeline->environment->deploy, STEP_KEEP) + 999) /
            1000);
    fact(workflow, "BRX_SWITCHED", STR("${{ needs.switch.outputs.switched }}"));
    step_end(workflow, "pipeline/retire.sh");
    yaml_end(&workflow->yaml);
}

void
emit_roll_back(struct workflow *workflow, const struct job *job)
{
    bool has_colours = is_blue_green(workflow->pipeline->environment);
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_connect(workflow);
    step_start(workflow, STR("Go back to the release before"), NULL);
    if (has_colours) {
        colour_label_fact(workflow);
        services_fact(workflow);
        version_fact(workflow);
    } else {
        fact(workflow, "BRX_REVISIONS",
             STR("${{ needs.deploy.outputs.revisions }}"));
    }
    timeout_fact(workflow, job);
    step_end(workflow, has_colours ? "pipeline/roll-back-blue-green.sh"
                                   : "pipeline/roll-back-rolling.sh");
    yaml_end(&workflow->yaml);
}
