/*
 * What a job says of itself (what it waits for, what it may do, how long it
 * may take) and which steps it has. The steps that change a cluster are in
 * jobs_cluster.c.
 */
#include "emit/workflows/jobs.h"

#include "emit/text/workflow.h"
#include "emit/workflows/facts.h"
#include "emit/workflows/jobs_cluster.h"
#include "emit/workflows/needs.h"

enum permission {
    READ_CONTENTS = 1,
    WRITE_CONTENTS = 2,
    READ_ACTIONS = 4,
    WRITE_ID_TOKEN = 8,
};

static void emit_build(struct workflow *workflow, const struct job *job);
static void emit_take(struct workflow *workflow, const struct job *job);
static void emit_scan(struct workflow *workflow, const struct job *job);
static void emit_gate(struct workflow *workflow, const struct job *job);
static void emit_count(struct workflow *workflow, const struct job *job);
static void emit_record(struct workflow *workflow, const struct job *job);
static void emit_tag(struct workflow *workflow, const struct job *job);
static void emit_notify(struct workflow *workflow, const struct job *job);

static const struct {
    void (*emit)(struct workflow *workflow, const struct job *job);
    unsigned permissions;
} kinds[] = {
    [JOB_BUILD] = {emit_build, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_TAKE] = {emit_take, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_SCAN] = {emit_scan, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_GATE] = {emit_gate, 0},
    [JOB_COUNT] = {emit_count, READ_ACTIONS | READ_CONTENTS},
    [JOB_DEPLOY] = {emit_deploy, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_TEST] = {emit_test, READ_CONTENTS},
    [JOB_SHARE] = {emit_share, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_TASK] = {emit_task, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_SWITCH] = {emit_switch, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_WATCH] = {emit_watch, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_RETIRE] = {emit_retire, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_RECORD] = {emit_record, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_TAG] = {emit_tag, WRITE_CONTENTS},
    [JOB_ROLL_BACK] = {emit_roll_back, READ_CONTENTS | WRITE_ID_TOKEN},
    [JOB_NOTIFY] = {emit_notify, READ_CONTENTS},
};

static bool
is_versioned(const struct pipeline *pipeline)
{
    return has_tag_part(pipeline->environment, STR("version"));
}

static unsigned
permissions_of(const struct workflow *workflow, const struct job *job)
{
    unsigned permissions = kinds[job->kind].permissions;
    if (job->kind == JOB_TEST && is_before_switch(workflow->pipeline, job))
        permissions |= WRITE_ID_TOKEN;
    return permissions;
}

static void
emit_permissions(struct yaml *yaml, unsigned permissions)
{
    yaml_map(yaml, "permissions");
    if (permissions & READ_ACTIONS)
        yaml_word(yaml, "actions", "read");
    if (permissions & READ_CONTENTS)
        yaml_word(yaml, "contents", "read");
    if (permissions & WRITE_CONTENTS)
        yaml_word(yaml, "contents", "write");
    if (permissions & WRITE_ID_TOKEN)
        yaml_word(yaml, "id-token", "write");
    yaml_end(yaml);
}

static void
emit_needs(struct yaml *yaml, const struct job *job)
{
    if (job->need_count == 0)
        return;
    struct str *ids = arena_array(yaml->arena, job->need_count, sizeof *ids);
    for (size_t i = 0; i < job->need_count; i++)
        ids[i] = job->needs[i]->id;
    yaml_flow_list(yaml, "needs", (struct strs){ids, job->need_count});
}

/* `cancelled` is also what a job is that ran over its time. */
#define HAS_FAILED                                                             \
    "(contains(needs.*.result, 'failure') || "                                 \
    "contains(needs.*.result, 'cancelled'))"

static void
emit_condition(struct yaml *yaml, const struct job *job)
{
    if (job->kind == JOB_ROLL_BACK) {
        yaml_text(yaml, "if",
                  STR("${{ always() && needs.deploy.outputs.started != '' && "
                      "needs.deploy.outputs.started != 'skipped' && " HAS_FAILED
                      " }}"));
        return;
    }
    if (job->kind != JOB_NOTIFY)
        return;
    switch (job->step->notify_on) {
    case NOTIFY_ALWAYS:
        yaml_text(yaml, "if", STR("${{ always() }}"));
        return;
    case NOTIFY_FAILURE:
        yaml_text(yaml, "if", STR("${{ always() && " HAS_FAILED " }}"));
        return;
    case NOTIFY_SUCCESS:
        yaml_text(yaml, "if", STR("${{ always() && !" HAS_FAILED " }}"));
        return;
    }
}

/* Whoever signs in to Azure does it as the environment: its client id is a
 * variable there, and Azure trusts that environment alone. */
static void
emit_environment(struct workflow *workflow, const struct job *job)
{
    struct yaml *yaml = &workflow->yaml;
    const struct environment *environment = workflow->pipeline->environment;
    bool is_gate = job->kind == JOB_GATE;
    if (!is_gate && !(permissions_of(workflow, job) & WRITE_ID_TOKEN))
        return;
    yaml_map(yaml, "environment");
    yaml_text(yaml, "name",
              plain_text(workflow->arena,
                         is_gate ? job->gate : environment->github->text));
    yaml_end(yaml);
}

void
emit_job(struct workflow *workflow, const struct job *job)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_blank(yaml);
    yaml_map_named(yaml, job->id);
    yaml_text(yaml, "name", plain_text(workflow->arena, job->title));
    emit_needs(yaml, job);
    emit_condition(yaml, job);
    yaml_word(yaml, "runs-on", "ubuntu-24.04");
    yaml_number(yaml, "timeout-minutes", job->minutes);
    emit_permissions(yaml, permissions_of(workflow, job));
    emit_environment(workflow, job);
    kinds[job->kind].emit(workflow, job);
    yaml_end(yaml);
}

/* What later jobs are told of the release. */
static void
emit_outputs(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "sha", STR("${{ steps.version.outputs.sha }}"));
    yaml_text(yaml, "version", STR("${{ steps.version.outputs.version }}"));
    yaml_text(yaml, "tag", STR("${{ steps.version.outputs.tag }}"));
    yaml_text(yaml, "images", STR("${{ steps.images.outputs.images }}"));
    yaml_end(yaml);
}

/* Variables without which a later job would fail. */
static void
add_needed(struct workflow *workflow)
{
    struct buf lines;
    buf_init(&lines, workflow->arena);
    for (enum need need = 0; need < NEED_COUNT; need++) {
        struct str name = str_from(need_name(need));
        if (!is_variable(need) || !is_required(need) ||
            !is_needed(workflow->ir, workflow->pipeline->environment, need))
            continue;
        buf_format(
            &lines, lines.len == 0 ? "{} {}" : "\n{} {}",
            STRS(name, expression(workflow->arena, "vars.{}", STRS(name))));
    }
    fact(workflow, "BRX_NEEDED", buf_str(&lines));
}

/* The windows of every promotion that leads here: a pipeline does not know by
 * which of them a release comes, and takes it when one of them is open. Where
 * one asks for none, a release may come in at any time. */
static struct str
arrival_windows(struct arena *arena, const struct ir *ir,
                const struct environment *environment)
{
    struct buf lines;
    buf_init(&lines, arena);
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        if (promotion->to != environment)
            continue;
        if (promotion->window_count == 0)
            return STR("");
        if (lines.len > 0)
            buf_byte(&lines, '\n');
        buf_add(&lines, window_lines(arena, promotion));
    }
    return buf_str(&lines);
}

static void
add_brakes(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    struct arena *arena = workflow->arena;
    fact(workflow, "BRX_FREEZES",
         plain_text(arena, freeze_lines(arena, workflow->ir, environment)));
    fact(workflow, "BRX_WINDOWS",
         arrival_windows(arena, workflow->ir, environment));
}

static void
emit_preflight(struct workflow *workflow)
{
    step_start(workflow, STR("Look whether the release can get to its end"),
               NULL);
    fact(workflow, "BRX_BRANCH",
         plain_text(workflow->arena,
                    workflow->pipeline->environment->branch->text));
    add_needed(workflow);
    add_brakes(workflow);
    step_end(workflow, "pipeline/preflight.sh");
}

/* Where a version comes from when none is given: releases that are promoted
 * further are candidates, the last environment's are the next patch. */
static const char *
version_source(const struct pipeline *pipeline)
{
    if (!is_versioned(pipeline))
        return "none";
    return is_last_environment(pipeline->ir, pipeline->environment)
               ? "patch"
               : "candidate";
}

static void
emit_version(struct workflow *workflow)
{
    const struct environment *environment = workflow->pipeline->environment;
    step_start(workflow, STR("Say which release this is"), "version");
    fact(workflow, "BRX_TAG", tag_template(workflow->arena, environment));
    fact(workflow, "BRX_VERSION_FROM",
         str_from(version_source(workflow->pipeline)));
    if (is_versioned(workflow->pipeline))
        fact(workflow, "BRX_VERSION_INPUT", STR("${{ inputs.version }}"));
    fact(workflow, "BRX_DENIED",
         plain_text(workflow->arena,
                    denied_lines(workflow->arena, workflow->ir)));
    step_end(workflow, "pipeline/version.sh");
}

static void
images_fact(struct workflow *workflow)
{
    fact(workflow, "BRX_IMAGES",
         image_lines(workflow->arena, workflow->pipeline));
}

/* What build and take-over begin with. */
static void
emit_source_start(struct workflow *workflow)
{
    emit_outputs(workflow);
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, is_versioned(workflow->pipeline));
    emit_preflight(workflow);
    emit_version(workflow);
    step_azure_login(workflow);
    step_sign_in(workflow);
}

static void
emit_build(struct workflow *workflow, const struct job *job)
{
    (void)job;
    emit_source_start(workflow);
    step_start(workflow, STR("Build the images"), "images");
    fact(workflow, "BRX_REPOSITORIES",
         build_lines(workflow->arena, workflow->pipeline->environment));
    fact(workflow, "BRX_SHA", STR("${{ steps.version.outputs.sha }}"));
    fact(workflow, "BRX_VERSION", STR("${{ steps.version.outputs.version }}"));
    fact(workflow, "BRX_SOURCE_URL",
         STR("${{ github.server_url }}/${{ github.repository }}"));
    step_end(workflow, "pipeline/build-image.sh");
    yaml_end(&workflow->yaml);
}

static void
emit_take(struct workflow *workflow, const struct job *job)
{
    const struct environment *environment = workflow->pipeline->environment;
    int64_t soak = soak_ms(workflow->ir, environment);
    (void)job;
    emit_source_start(workflow);
    step_start(workflow, STR("Find the tested images"), "images");
    fact(workflow, "BRX_REPOSITORIES",
         plain_text(workflow->arena,
                    repository_lines(workflow->arena, environment)));
    fact(workflow, "BRX_FROM",
         source_lines(workflow->arena, workflow->ir, environment));
    step_end(workflow, "pipeline/resolve-digest.sh");
    if (soak > 0) {
        step_start(workflow, STR("Have they soaked for long enough"), NULL);
        fact(workflow, "BRX_SOAKS", STR("${{ steps.images.outputs.froms }}"));
        fact_number(workflow, "BRX_SOAK_SECONDS", (soak + 999) / 1000);
        step_end(workflow, "pipeline/soak.sh");
    }
    yaml_end(&workflow->yaml);
}

static void
emit_scan(struct workflow *workflow, const struct job *job)
{
    (void)job;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_azure_login(workflow);
    step_sign_in(workflow);
    step_start(workflow, STR("Scan the images"), NULL);
    images_fact(workflow);
    fact(workflow, "BRX_SCANNER_IMAGE", STR("${{ vars.BRX_SCANNER_IMAGE }}"));
    step_end(workflow, "pipeline/scan-image.sh");
    yaml_end(&workflow->yaml);
}

static void
emit_gate(struct workflow *workflow, const struct job *job)
{
    (void)job;
    yaml_list(&workflow->yaml, "steps");
    yaml_item(&workflow->yaml);
    yaml_text(&workflow->yaml, "name",
              STR("Somebody has let the release pass"));
    yaml_text(&workflow->yaml, "run", STR("echo approved"));
    yaml_end(&workflow->yaml);
    yaml_end(&workflow->yaml);
}

static void
emit_count(struct workflow *workflow, const struct job *job)
{
    struct buf gates;
    buf_init(&gates, workflow->arena);
    for (size_t i = 0; i < job->gate_count; i++) {
        if (i > 0)
            buf_byte(&gates, '\n');
        buf_add(&gates, plain_text(workflow->arena, job->gates[i]->gate));
    }
    yaml_map(&workflow->yaml, "outputs");
    yaml_text(&workflow->yaml, "approvers",
              STR("${{ steps.count.outputs.approvers }}"));
    yaml_end(&workflow->yaml);
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Count the people who approved"), "count");
    fact_number(workflow, "BRX_APPROVALS", (int64_t)job->gate_count);
    fact(workflow, "BRX_ENVIRONMENTS", buf_str(&gates));
    fact(workflow, "GH_TOKEN", STR("${{ github.token }}"));
    step_end(workflow, "pipeline/approvers.sh");
    yaml_end(&workflow->yaml);
}

/* Who let the release pass is written down with it. */
static void
approvers_fact(struct workflow *workflow)
{
    const struct job *approved = workflow->pipeline->approved;
    if (approved != NULL)
        fact(workflow, "BRX_APPROVERS",
             expression(workflow->arena, "needs.{}.outputs.approvers",
                        STRS(approved->id)));
}

/* What promoting from here, and going back to it, start from. */
static void
emit_release_record(struct workflow *workflow)
{
    const struct pipeline *pipeline = workflow->pipeline;
    struct arena *arena = workflow->arena;
    step_start(workflow, STR("Write down which release runs"), NULL);
    images_fact(workflow);
    fact(workflow, "BRX_VERSION",
         source_output(arena, pipeline, STR("version")));
    fact(workflow, "BRX_SHA", source_output(arena, pipeline, STR("sha")));
    fact_number(workflow, "BRX_KEEP", rollback_keep(workflow->ir));
    approvers_fact(workflow);
    step_end(workflow, "pipeline/record-release.sh");
}

/* The release's tag first, which is never moved: when it is taken, nothing is
 * said to have passed. */
static void
emit_record(struct workflow *workflow, const struct job *job)
{
    const struct pipeline *pipeline = workflow->pipeline;
    (void)job;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_azure_login(workflow);
    step_sign_in(workflow);
    step_start(workflow, STR("Name the images"), NULL);
    images_fact(workflow);
    fact(workflow, "BRX_TAG",
         source_output(workflow->arena, pipeline, STR("tag")));
    if (is_versioned(pipeline))
        fact(workflow, "BRX_LOCK", STR("yes"));
    step_end(workflow, "pipeline/tag-image.sh");
    step_start(workflow, STR("Write down that they passed"), NULL);
    images_fact(workflow);
    fact(workflow, "BRX_PASSED", pipeline->environment->name);
    step_end(workflow, "pipeline/tag-image.sh");
    step_cluster(workflow);
    emit_release_record(workflow);
    yaml_end(&workflow->yaml);
}

static void
emit_tag(struct workflow *workflow, const struct job *job)
{
    const struct pipeline *pipeline = workflow->pipeline;
    struct arena *arena = workflow->arena;
    (void)job;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Tag the commit"), NULL);
    fact(workflow, "BRX_VERSION",
         source_output(arena, pipeline, STR("version")));
    fact(workflow, "BRX_SHA", source_output(arena, pipeline, STR("sha")));
    approvers_fact(workflow);
    fact(workflow, "GH_TOKEN", STR("${{ github.token }}"));
    step_end(workflow, "pipeline/tag-release.sh");
    yaml_end(&workflow->yaml);
}

static void
emit_notify(struct workflow *workflow, const struct job *job)
{
    struct arena *arena = workflow->arena;
    const struct pipeline *pipeline = workflow->pipeline;
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Tell how the release went"), NULL);
    fact(workflow, "BRX_SLACK_WEBHOOK",
         expression(arena, "secrets.SLACK_WEBHOOK_{}",
                    STRS(variable_suffix(arena, job->step->channel->name))));
    fact(workflow, "BRX_OUTCOME",
         STR("${{ contains(needs.*.result, 'failure') && 'failure' || "
             "contains(needs.*.result, 'cancelled') && 'cancelled' || "
             "'success' }}"));
    fact(workflow, "BRX_PROJECT",
         plain_text(arena, workflow->ir->project->name));
    fact(workflow, "BRX_ENVIRONMENT",
         plain_text(arena, pipeline->environment->name));
    fact(workflow, "BRX_VERSION", source_output(arena, pipeline, STR("tag")));
    step_end(workflow, "pipeline/notify-slack.sh");
    yaml_end(&workflow->yaml);
}
