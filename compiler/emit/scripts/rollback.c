#include "emit/scripts/rollback.h"

#include "emit/runtime.h"
#include "emit/scripts/facts.h"
#include "emit/workflows/facts.h"

/* How long one Deployment may take to come up. */
#define DEPLOYMENT_TIMEOUT "600s"

/* `SERVICE reversible` or `SERVICE one-way`: what a rollback leaves in the
 * database. */
static struct str
migration_lines(struct arena *arena, const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    if (deploy_step_find(environment->deploy, STEP_MIGRATE) == NULL)
        return STR("");
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        if (workload->migration != NULL)
            buf_format(
                &lines, "{} {}\n",
                STRS(workload->service->name, workload->migration->is_reversible
                                                  ? STR("reversible")
                                                  : STR("one-way")));
    }
    return buf_str(&lines);
}

/* The typed words; a promise of the program that is not made is left out. */
static void
add_promises(struct buf *table, const struct ir *ir,
             const struct environment *environment)
{
    const struct rollback *rollback = ir->rollback;
    struct str key = environment->name;
    for (size_t i = 0; rollback != NULL && i < rollback->confirmation_count;
         i++) {
        const struct confirmation *confirmation = &rollback->confirmations[i];
        if (confirmation->environment == environment &&
            is_value_known(confirmation->text))
            table_add(table, key, "BRX_TYPED", confirmation->text->text);
    }
    if (rollback != NULL && rollback->errors != NULL) {
        struct threshold errors = {STR("errors"), rollback->errors,
                                   rollback->errors->span};
        struct step step = {
            .kind = STEP_WATCH, .thresholds = &errors, .threshold_count = 1};
        table_add(table, key, "BRX_CHECKS",
                  watch_lines(table->arena, environment, &step, STR("")));
    }
}

static void
add_environment(struct buf *table, const struct ir *ir,
                const struct environment *environment)
{
    struct arena *arena = table->arena;
    struct str key = environment->name;
    table_name(table, environment);
    table_add(table, key, "BRX_TIER", tier_text(environment));
    table_place(table, environment);
    table_state(table, ir, environment);
    table_pipeline(table, environment);
    table_add(table, key, "BRX_GITHUB", environment->github->text);
    table_add(
        table, key, "BRX_OVERLAY",
        arena_format(arena, "{}/overlays/{}",
                     STRS(ir->output.kubernetes->text, environment->name)));
    table_add(table, key, "BRX_COUNTS",
              count_lines(arena, environment,
                          environment->is_staged ? DEPLOYED_STAGED
                                                 : DEPLOYED_ROLLING));
    if (environment->is_staged)
        table_add(table, key, "BRX_ROLL_COUNTS",
                  count_lines(arena, environment, DEPLOYED_ROLLING));
    table_add(table, key, "BRX_PREVIEWS", preview_lines(arena, environment));
    table_add(table, key, "BRX_LATER", later_lines(arena, environment));
    if (is_value_known(environment->syncer))
        table_add(table, key, "BRX_SYNCER", environment->syncer->text);
    table_add(table, key, "BRX_MIGRATIONS",
              migration_lines(arena, environment));
    add_promises(table, ir, environment);
    table_add(table, key, "BRX_NOTIFY", channel_lines(arena, environment));
}

static void
add_constants(struct script *script, const struct ir *ir)
{
    const struct rollback *rollback = ir->rollback;
    struct arena *arena = script->arena;
    script_project(script, ir);
    script_fact(script, "BRX_TIMEOUT", STR(DEPLOYMENT_TIMEOUT));
    script_fact(script, "BRX_KEEP", arena_number(arena, rollback_keep(ir)));
    script_fact(script, "BRX_VERIFY",
                rollback != NULL && rollback->verifies_health ? STR("yes")
                                                              : STR(""));
    script_fact(script, "BRX_REPORT",
                rollback != NULL && rollback->reports_incident ? STR("yes")
                                                               : STR(""));
    buf_add(script->text,
            STR("# shellcheck disable=SC2016 # a text, no code\n"));
    script_fact(
        script, "BRX_INCIDENT",
        runtime_get(&script->scripts->runtime, STR("templates/incident.md")));
}

bool
has_rollback(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            return is_value_known(ir->output.kubernetes);
    }
    return false;
}

void
emit_rollback(const struct ir *ir, struct scripts *scripts)
{
    struct script script;
    struct buf table;
    buf_init(&table, scripts->documents->scratch);
    if (!has_rollback(ir))
        return;
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_pipeline(ir, ir->environments[i]))
            add_environment(&table, ir, ir->environments[i]);
    }
    script_start(&script, scripts, "rollback-release.sh",
                 "Takes an environment back to an earlier release.",
                 ir->rollback != NULL ? ir->rollback->span : ir->project->span);
    add_constants(&script, ir);
    script_table(&script, "BRX_FACTS", buf_str(&table));
    script_ways(&script, ir);
    script_end(&script, "release/rollback.sh", "brx_roll_back");
}
