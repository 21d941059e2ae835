/*
 * The files: a workflow an environment, and the one that looks at pull
 * requests. Jobs are in jobs.c.
 */
#include "emit/workflows.h"

#include "base/map.h"
#include "emit/text/workflow.h"
#include "emit/workflows/cluster_steps.h"
#include "emit/workflows/facts.h"
#include "emit/workflows/jobs.h"
#include "emit/workflows/preview.h"
#include "emit/workflows/rounds.h"
#include "emit/workflows/verify.h"

static void emit_release(const struct ir *ir,
                         const struct environment *environment,
                         struct scripts *scripts);
static void emit_triggers(struct workflow *workflow);
static void emit_version_input(struct workflow *workflow);
static void emit_facts(struct workflow *workflow);

void
emit_workflows(const struct model *model, struct scripts *scripts)
{
    const struct ir *ir = model->ir;
    if (!is_value_known(ir->output.workflows))
        return;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (has_pipeline(ir, environment) &&
            is_value_known(ir->output.kubernetes))
            emit_release(ir, environment, scripts);
    }
    emit_verify(ir, scripts);
    emit_rounds(ir, scripts);
    emit_preview_workflow(ir, scripts);
}

/* What stands in the cluster is alike within each: a change between two of
 * them takes hands. */
static struct str
way_name(const struct environment *environment)
{
    switch (way_of(environment)) {
    case WAY_ROLLING:
        return STR("rolling");
    case WAY_BLUE_GREEN:
    case WAY_CANARY:
        return STR("with two colours");
    case WAY_ARGO:
        return STR("with Argo Rollouts");
    }
    return STR("");
}

static void
emit_release(const struct ir *ir, const struct environment *environment,
             struct scripts *scripts)
{
    struct documents *documents = scripts->documents;
    struct arena *arena = documents->scratch;
    struct pipeline pipeline = plan_pipeline(arena, ir, environment);
    struct document *document =
        document_add(documents,
                     arena_format(arena, "{}/cd-{}.yml",
                                  STRS(ir->output.workflows->text,
                                       environment->short_name->text)),
                     TARGET_CI);
    document->environment = environment->name;
    document_origin(document, environment->span);
    document_origin(document, environment->deploy->span);
    struct workflow workflow = {
        .scripts = scripts, .arena = arena, .ir = ir, .pipeline = &pipeline};
    yaml_init(&workflow.yaml, &document->content, arena);
    struct yaml *yaml = &workflow.yaml;
    document->way = way_name(environment);
    yaml_comment(yaml,
                 arena_format(arena,
                              "Made by broxc from the environment {}.\n"
                              "Edit the program, not this file.\n" DOCUMENT_WAY
                              "{}.",
                              STRS(environment->name, document->way)));
    yaml_text(yaml, "name",
              arena_format(arena, "Release to {}", STRS(environment->name)));
    yaml_blank(yaml);
    emit_triggers(&workflow);
    yaml_blank(yaml);
    workflow_head(&workflow,
                  arena_format(arena, "release-to-{}", STRS(environment->name)),
                  false);
    emit_facts(&workflow);
    yaml_blank(yaml);
    yaml_map(yaml, "jobs");
    for (size_t i = 0; i < pipeline_job_count(&pipeline); i++)
        emit_job(&workflow, pipeline_job(&pipeline, i));
    yaml_end(yaml);
    document_end(documents, document);
    documents_clear_scratch(documents);
}

static void
emit_triggers(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    struct buf branch;
    buf_init(&branch, workflow->arena);
    workflow_branch(&branch, workflow->pipeline->environment->branch->text);
    yaml_map(yaml, "on");
    yaml_map(yaml, "push");
    yaml_flow_list(yaml, "branches", STRS(buf_str(&branch)));
    yaml_end(yaml);
    yaml_map(yaml, "workflow_dispatch");
    if (has_tag_part(workflow->pipeline->environment, STR("version")))
        emit_version_input(workflow);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_version_input(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "inputs");
    yaml_map(yaml, "version");
    yaml_text(yaml, "description",
              STR("The release's version, such as 1.4.0; empty: the next one"));
    yaml_bool(yaml, "required", false);
    yaml_word(yaml, "type", "string");
    yaml_end(yaml);
    yaml_end(yaml);
}

/* What every job is about. */
static void
emit_facts(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    yaml_blank(&workflow->yaml);
    yaml_map(&workflow->yaml, "env");
    fact(workflow, "BRX_NAMESPACE",
         plain_text(workflow->arena, environment->namespace_name->text));
    yaml_end(&workflow->yaml);
}
