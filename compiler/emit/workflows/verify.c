/*
 * The check of pull requests. It has no `paths` and its last job always runs,
 * so that the branch rule that waits for it is always answered. The job that
 * builds has no rights; those that have some take its report, and build
 * nothing.
 */
#include "emit/workflows/verify.h"

#include "base/map.h"
#include "emit/text/workflow.h"

#define TOOL_FOLDER ".broxc"

/* Where the jobs behind `generated` find what it says. */
#define REPORT_FOLDER "${{ runner.temp }}/report"
#define HAS_REPORT                                                             \
    "${{ !cancelled() && needs.generated.outputs.report != '' && "

enum { GENERATED_MINUTES = 20, GATE_MINUTES = 5, REPORT_MINUTES = 10 };

static void emit_triggers(struct workflow *workflow);
static void emit_generated(struct workflow *workflow);
static void emit_report(struct workflow *workflow);
static void emit_gate(struct workflow *workflow);
static void emit_scanning(struct workflow *workflow);
static void emit_review(struct workflow *workflow);

void
workflow_head(struct workflow *workflow, struct str group, bool is_cancelling)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "permissions");
    yaml_end(yaml);
    yaml_blank(yaml);
    yaml_map(yaml, "concurrency");
    yaml_text(yaml, "group", group);
    yaml_bool(yaml, "cancel-in-progress", is_cancelling);
    yaml_end(yaml);
    yaml_blank(yaml);
    yaml_map(yaml, "defaults");
    yaml_map(yaml, "run");
    yaml_word(yaml, "shell", "bash");
    yaml_end(yaml);
    yaml_end(yaml);
}

void
emit_verify(const struct ir *ir, struct scripts *scripts)
{
    struct documents *documents = scripts->documents;
    struct arena *arena = documents->scratch;
    struct document *document = document_add(
        documents,
        arena_format(arena, "{}/verify.yml", STRS(ir->output.workflows->text)),
        TARGET_CI);
    document_origin(document, ir->project->span);
    struct workflow workflow = {.scripts = scripts, .arena = arena, .ir = ir};
    struct yaml *yaml = &workflow.yaml;
    yaml_init(yaml, &document->content, arena);
    yaml_comment(yaml, STR("Made by broxc. Edit the program, not this file."));
    yaml_word(yaml, "name", "Verify");
    yaml_blank(yaml);
    emit_triggers(&workflow);
    yaml_blank(yaml);
    workflow_head(&workflow, STR("verify-${{ github.ref }}"), true);
    yaml_blank(yaml);
    yaml_map(yaml, "jobs");
    emit_generated(&workflow);
    emit_gate(&workflow);
    emit_scanning(&workflow);
    emit_review(&workflow);
    yaml_end(yaml);
    document_end(documents, document);
}

static void
add_branch(struct vec *branches, struct map *seen, const struct value *branch)
{
    struct buf pattern;
    if (!is_value_known(branch) || map_find(seen, branch->text) != NULL)
        return;
    map_put(seen, branch->text, branch);
    buf_init(&pattern, branches->arena);
    workflow_branch(&pattern, branch->text);
    *(struct str *)vec_add(branches) = buf_str(&pattern);
}

/* An event of all these branches; without any, of every branch. */
static void
emit_event(struct yaml *yaml, const char *event, const struct vec *branches)
{
    yaml_map(yaml, event);
    if (branches->count > 0)
        yaml_flow_list(yaml, "branches",
                       (struct strs){branches->items, branches->count});
    yaml_end(yaml);
}

/* Every branch that is protected, and every one that deploys. Pushes are looked
 * at, too: code scanning holds a pull request against its target. */
static void
emit_triggers(struct workflow *workflow)
{
    const struct ir *ir = workflow->ir;
    struct yaml *yaml = &workflow->yaml;
    struct vec branches;
    struct map seen;
    vec_init(&branches, workflow->arena, sizeof(struct str));
    map_init(&seen, workflow->arena);
    for (size_t i = 0; i < ir->environment_count; i++)
        add_branch(&branches, &seen, ir->environments[i]->branch);
    for (size_t i = 0; i < ir->protection_count; i++)
        add_branch(&branches, &seen, ir->protections[i].branch);
    yaml_map(yaml, "on");
    emit_event(yaml, "pull_request", &branches);
    if (branches.count > 0)
        emit_event(yaml, "push", &branches);
    yaml_map(yaml, "merge_group");
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
job_start(struct workflow *workflow, const char *id, int64_t minutes)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_blank(yaml);
    yaml_map(yaml, id);
    yaml_word(yaml, "name", id);
    yaml_word(yaml, "runs-on", "ubuntu-24.04");
    yaml_number(yaml, "timeout-minutes", minutes);
}

static void
job_rights(struct workflow *workflow, const char *reads, const char *writes)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "permissions");
    if (reads != NULL)
        yaml_word(yaml, reads, "read");
    yaml_word(yaml, "contents", "read");
    if (writes != NULL)
        yaml_word(yaml, writes, "write");
    yaml_end(yaml);
}

static void
program_facts(struct workflow *workflow)
{
    fact(workflow, "BRX_BROXC", STR("${{ steps.broxc.outputs.broxc }}"));
    fact(workflow, "BRX_SOURCE", STR("${{ vars.BROXC_SOURCE || 'envs.brx' }}"));
}

static void
emit_generated(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    job_start(workflow, "generated", GENERATED_MINUTES);
    job_rights(workflow, NULL, NULL);
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "report", STR("${{ steps.kept.outputs.artifact-id }}"));
    yaml_end(yaml);
    yaml_list(yaml, "steps");
    step_checkout_parents(workflow);
    step_start(workflow, STR("Look whether broxc is known"), NULL);
    fact(workflow, "BRX_NEEDED",
         STR("BROXC_REPOSITORY ${{ vars.BROXC_REPOSITORY }}\n"
             "BROXC_COMMIT ${{ vars.BROXC_COMMIT }}"));
    step_end(workflow, "pipeline/preflight.sh");
    step_checkout_tool(workflow, TOOL_FOLDER);
    step_start(workflow, STR("Build broxc"), "broxc");
    fact(workflow, "BRX_TOOL_SOURCE", STR(TOOL_FOLDER));
    fact(workflow, "BRX_TOOL_COMMIT", STR("${{ vars.BROXC_COMMIT }}"));
    step_end(workflow, "pipeline/build-broxc.sh");
    emit_report(workflow);
    step_start(workflow, STR("Compare the tree with the program"), NULL);
    program_facts(workflow);
    step_end(workflow, "pipeline/verify.sh");
    yaml_end(yaml);
    yaml_end(yaml);
}

/* It tells, and judges nothing: without it the gate stands as it did. What a
 * pull request is checked out as has its target for the first parent. */
static void
emit_report(struct workflow *workflow)
{
    step_start(workflow, STR("Say what the program says"), "report");
    program_facts(workflow);
    fact(workflow, "BRX_BASE",
         STR("${{ github.event_name == 'pull_request' && 'HEAD^1' || '' }}"));
    step_end_tolerant(workflow, "pipeline/report.sh");
    step_keep_report(workflow, STR("${{ steps.report.outputs.folder }}"));
}

static void
emit_gate(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    job_start(workflow, "verify", GATE_MINUTES);
    yaml_flow_list(yaml, "needs", STRS(STR("generated")));
    yaml_text(yaml, "if", STR("${{ always() }}"));
    job_rights(workflow, NULL, NULL);
    yaml_list(yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Is everything passed"), NULL);
    fact(workflow, "NEEDS", STR("${{ toJSON(needs) }}"));
    step_end(workflow, "pipeline/gate.sh");
    yaml_end(yaml);
    yaml_end(yaml);
}

/* Opens a job that does something with the report, and its steps. */
static void
report_job_start(struct workflow *workflow, const char *id, const char *reads,
                 const char *writes, struct str condition)
{
    struct yaml *yaml = &workflow->yaml;
    job_start(workflow, id, REPORT_MINUTES);
    yaml_flow_list(yaml, "needs", STRS(STR("generated")));
    yaml_text(yaml, "if", condition);
    job_rights(workflow, reads, writes);
    yaml_list(yaml, "steps");
    step_checkout(workflow, false);
    step_fetch_report(workflow);
}

/* `actions: read` is what the action asks for in a private repository. */
static void
emit_scanning(struct workflow *workflow)
{
    report_job_start(workflow, "scanning", "actions", "security-events",
                     STR(HAS_REPORT "github.event_name != 'merge_group' }}"));
    step_upload_sarif(workflow, REPORT_FOLDER "/broxc.sarif");
    yaml_end(&workflow->yaml);
    yaml_end(&workflow->yaml);
}

static void
emit_review(struct workflow *workflow)
{
    report_job_start(workflow, "review", NULL, "pull-requests",
                     STR(HAS_REPORT "github.event_name == 'pull_request' }}"));
    step_start(workflow, STR("Say in the pull request what changes"), NULL);
    fact(workflow, "BRX_REPORT", STR(REPORT_FOLDER "/review.md"));
    fact(workflow, "BRX_MARK", STR("review"));
    fact(workflow, "BRX_PULL_REQUEST",
         STR("${{ github.event.pull_request.number }}"));
    fact(workflow, "BRX_FROM",
         STR("${{ github.event.pull_request.head.repo.full_name }}"));
    fact(workflow, "GH_TOKEN", STR("${{ github.token }}"));
    step_end(workflow, "pipeline/comment.sh");
    yaml_end(&workflow->yaml);
    yaml_end(&workflow->yaml);
}
