#include "emit/workflows/round_steps.h"

#include "base/map.h"
#include "emit/kubernetes/names.h"
#include "emit/workflows/cluster_steps.h"

enum { SECOND_MS = 1000 };

static void
emit_state(struct workflow *workflow)
{
    bool is_argo = has_rollouts(workflow->pipeline->environment);
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

static void
overlay_fact(struct workflow *workflow)
{
    struct arena *arena = workflow->arena;
    fact(workflow, "BRX_OVERLAY",
         plain_text(arena,
                    arena_format(arena, "{}/overlays/{}",
                                 STRS(workflow->ir->output.kubernetes->text,
                                      workflow->pipeline->environment->name))));
}

void
emit_drift_steps(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    struct arena *arena = workflow->arena;
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "env");
    fact(workflow, "BRX_NAMESPACE",
         plain_text(arena, environment->namespace_name->text));
    yaml_end(yaml);
    yaml_list(yaml, "steps");
    step_checkout(workflow, true);
    step_connect(workflow);
    if (environment->is_staged)
        emit_state(workflow);
    step_start(workflow, STR("Compare it with what was released"), "found");
    overlay_fact(workflow);
    fact(workflow, "BRX_WORKFLOW",
         arena_format(arena, "cd-{}.yml", STRS(environment->short_name->text)));
    if (has_colours(environment)) {
        fact(workflow, "BRX_COLORS", STR("${{ steps.state.outputs.colors }}"));
        colour_label_fact(workflow);
    }
    if (has_rollouts(environment)) {
        fact(workflow, "BRX_SELECTORS",
             STR("${{ steps.state.outputs.selectors }}"));
        fact(workflow, "BRX_PROMETHEUS_URL",
             STR("${{ vars.BRX_PROMETHEUS_URL }}"));
    }
    fact(workflow, "GH_TOKEN", STR("${{ github.token }}"));
    step_end(workflow, "pipeline/drift.sh");
    yaml_end(yaml);
}

void
emit_rotation_steps(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    const struct vault *vault = environment->vault;
    struct arena *arena = workflow->arena;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_azure_login(workflow);
    step_start(workflow, STR("See which secrets are due"), "found");
    fact(workflow, "BRX_VAULT", plain_text(arena, vault->name->text));
    fact(workflow, "BRX_SECRETS",
         plain_text(arena, vault_lines(arena, environment)));
    fact_number(workflow, "BRX_PERIOD", vault->rotate->number / SECOND_MS);
    step_end(workflow, "pipeline/rotation.sh");
    yaml_end(&workflow->yaml);
}

bool
has_settings(const struct ir *ir)
{
    return is_value_known(ir->project->repository) &&
           is_value_known(ir->output.hosting);
}

void
emit_settings_steps(struct workflow *workflow)
{
    struct arena *arena = workflow->arena;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Compare them with the files"), "found");
    fact(workflow, "BRX_APPLY",
         plain_text(arena, arena_format(arena, "{}/apply-github.sh",
                                        STRS(workflow->scripts->root))));
    fact(workflow, "GH_TOKEN", STR("${{ secrets.BRX_SETTINGS_TOKEN }}"));
    step_end(workflow, "pipeline/settings-drift.sh");
    yaml_end(&workflow->yaml);
}

struct str
vault_lines(struct arena *arena, const struct environment *environment)
{
    struct map seen;
    struct buf lines;
    map_init(&seen, arena);
    buf_init(&lines, arena);
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        for (size_t j = 0;
             j < workload->secret_count + workload->secret_file_count; j++) {
            const struct secret *secret =
                j < workload->secret_count
                    ? workload->secrets[j]
                    : workload->secret_files[j - workload->secret_count].secret;
            if (map_find(&seen, secret->name) != NULL)
                continue;
            map_put(&seen, secret->name, environment);
            buf_format(&lines, "{}\n", STRS(vault_key(arena, secret->name)));
        }
    }
    return buf_str(&lines);
}
