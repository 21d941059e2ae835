/*
 * A round is one file. By its schedule, which GitHub knows on the default
 * branch alone, it only starts itself again, once for each environment and on
 * that one's branch, from which GitHub lets a job into the environment. There
 * one job looks, with no right to write anything, and another one tells.
 */
#include "emit/workflows/rounds.h"

#include "base/map.h"
#include "emit/text/workflow.h"
#include "emit/workflows/round_steps.h"
#include "emit/workflows/verify.h"

enum { START_MINUTES = 5, LOOK_MINUTES = 15, TELL_MINUTES = 5 };

static const struct {
    const char *file;
    const char *title;
    const char *label;
    const char *colour;
    const char *doc;
} rounds[] = {
#define ROUND(kind, file, title, label, colour, doc)                           \
    {file, title, label, colour, doc},
#include "emit/workflows/rounds.def"
#undef ROUND
};

static void emit_round(const struct ir *ir, struct scripts *scripts,
                       enum round round);
static void emit_triggers(struct workflow *workflow, enum round round);
static void emit_start(struct workflow *workflow, enum round round);
static void emit_looks(struct workflow *workflow, enum round round);
static void emit_settings(struct workflow *workflow);

const char *
round_label(enum round round)
{
    return rounds[round].label;
}

const char *
round_colour(enum round round)
{
    return rounds[round].colour;
}

const char *
round_doc(enum round round)
{
    return rounds[round].doc;
}

static const struct value *
schedule_of(const struct environment *environment, enum round round)
{
    const struct vault *vault = environment->vault;
    switch (round) {
    case ROUND_DRIFT:
        return environment->drift;
    case ROUND_ROTATION:
        return vault != NULL && is_value_known(vault->name) &&
                       is_value_known(vault->rotate)
                   ? vault->remind
                   : NULL;
    case ROUND_COUNT:
        break;
    }
    return NULL;
}

const struct value *
round_schedule(const struct ir *ir, const struct environment *environment,
               enum round round)
{
    const struct value *schedule = schedule_of(environment, round);
    return has_pipeline(ir, environment) && is_value_known(schedule) ? schedule
                                                                     : NULL;
}

bool
has_round(const struct ir *ir, enum round round)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (round_schedule(ir, ir->environments[i], round) != NULL)
            return true;
    }
    return false;
}

void
emit_rounds(const struct ir *ir, struct scripts *scripts)
{
    for (enum round round = 0; round < ROUND_COUNT; round++) {
        if (has_round(ir, round) && is_value_known(ir->output.kubernetes))
            emit_round(ir, scripts, round);
    }
}

static void
emit_round(const struct ir *ir, struct scripts *scripts, enum round round)
{
    struct documents *documents = scripts->documents;
    struct arena *arena = documents->scratch;
    struct document *document =
        document_add(documents,
                     arena_format(arena, "{}/{}.yml",
                                  STRS(ir->output.workflows->text,
                                       str_from(rounds[round].file))),
                     TARGET_CI);
    struct workflow workflow = {.scripts = scripts, .arena = arena, .ir = ir};
    struct yaml *yaml = &workflow.yaml;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct value *schedule =
            round_schedule(ir, ir->environments[i], round);
        if (schedule != NULL)
            document_origin(document, schedule->span);
    }
    yaml_init(yaml, &document->content, arena);
    yaml_comment(yaml, STR("Made by broxc. Edit the program, not this file."));
    yaml_text(yaml, "name", str_from(rounds[round].title));
    yaml_blank(yaml);
    emit_triggers(&workflow, round);
    yaml_blank(yaml);
    workflow_head(&workflow,
                  arena_format(arena, "{}-${{{{ inputs.environment }}",
                               STRS(str_from(rounds[round].file))),
                  false);
    yaml_blank(yaml);
    yaml_map(yaml, "jobs");
    emit_start(&workflow, round);
    emit_looks(&workflow, round);
    if (round == ROUND_DRIFT && has_settings(ir))
        emit_settings(&workflow);
    yaml_end(yaml);
    document_end(documents, document);
}

/* ---- when ---------------------------------------------------------------- */

static void
emit_schedules(struct workflow *workflow, enum round round)
{
    const struct ir *ir = workflow->ir;
    struct yaml *yaml = &workflow->yaml;
    struct map seen;
    map_init(&seen, workflow->arena);
    yaml_list(yaml, "schedule");
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct value *schedule =
            round_schedule(ir, ir->environments[i], round);
        if (schedule == NULL || map_find(&seen, schedule->text) != NULL)
            continue;
        map_put(&seen, schedule->text, schedule);
        yaml_item(yaml);
        yaml_text(yaml, "cron", schedule->text);
        yaml_end(yaml);
    }
    yaml_end(yaml);
}

static void
emit_triggers(struct workflow *workflow, enum round round)
{
    const struct ir *ir = workflow->ir;
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "on");
    emit_schedules(workflow, round);
    yaml_map(yaml, "workflow_dispatch");
    yaml_map(yaml, "inputs");
    yaml_map(yaml, "environment");
    yaml_text(yaml, "description",
              STR("The environment that is looked at; run it on its branch"));
    yaml_bool(yaml, "required", true);
    yaml_word(yaml, "type", "choice");
    yaml_list(yaml, "options");
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (round_schedule(ir, ir->environments[i], round) != NULL)
            yaml_item_text(yaml, ir->environments[i]->name);
    }
    for (int level = 0; level < 5; level++)
        yaml_end(yaml);
}

/* ---- jobs ---------------------------------------------------------------- */

struct round_job {
    struct str id;
    struct str name;
    struct str condition;
    int64_t minutes;
    struct str needs; /* empty: none */
};

static void
job_start(struct workflow *workflow, const struct round_job *job)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_blank(yaml);
    yaml_map_named(yaml, job->id);
    yaml_text(yaml, "name", job->name);
    yaml_word(yaml, "runs-on", "ubuntu-24.04");
    yaml_number(yaml, "timeout-minutes", job->minutes);
    if (!is_str_empty(job->needs))
        yaml_flow_list(yaml, "needs", STRS(job->needs));
    yaml_text(yaml, "if", job->condition);
}

static void
job_end(struct workflow *workflow)
{
    yaml_end(&workflow->yaml);
    yaml_end(&workflow->yaml);
}

static void
rights(struct workflow *workflow, const char *reads, const char *writes)
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

/* `ENVIRONMENT BRANCH CRON` */
static struct str
round_lines(struct workflow *workflow, enum round round)
{
    const struct ir *ir = workflow->ir;
    struct buf lines;
    buf_init(&lines, workflow->arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct value *schedule = round_schedule(ir, environment, round);
        if (schedule != NULL)
            buf_format(&lines, "{} {} {}\n",
                       STRS(environment->name, environment->branch->text,
                            schedule->text));
    }
    return plain_text(workflow->arena, buf_str(&lines));
}

static void
emit_start(struct workflow *workflow, enum round round)
{
    job_start(workflow,
              &(struct round_job){
                  .id = STR("start"),
                  .name = STR("start"),
                  .condition = STR("${{ github.event_name == 'schedule' }}"),
                  .minutes = START_MINUTES});
    rights(workflow, NULL, "actions");
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Start it on each branch"), NULL);
    fact(workflow, "BRX_WORKFLOW",
         arena_format(workflow->arena, "{}.yml",
                      STRS(str_from(rounds[round].file))));
    fact(workflow, "BRX_ROUNDS", round_lines(workflow, round));
    fact(workflow, "BRX_SCHEDULE", STR("${{ github.event.schedule }}"));
    fact(workflow, "GH_TOKEN", STR("${{ github.token }}"));
    step_end(workflow, "pipeline/start-round.sh");
    job_end(workflow);
}

/* What the step `found` says. */
static void
emit_outputs(struct workflow *workflow)
{
    struct yaml *yaml = &workflow->yaml;
    yaml_map(yaml, "outputs");
    yaml_text(yaml, "verdict", STR("${{ steps.found.outputs.verdict }}"));
    yaml_text(yaml, "findings", STR("${{ steps.found.outputs.findings }}"));
    yaml_end(yaml);
}

static void
emit_look(struct workflow *workflow, enum round round, struct str id)
{
    const struct environment *environment = workflow->pipeline->environment;
    struct arena *arena = workflow->arena;
    struct yaml *yaml = &workflow->yaml;
    struct round_job job = {
        .id = id,
        .name = arena_format(arena, "look at {}", STRS(environment->name)),
        .condition = expression(arena, "inputs.environment == '{}'",
                                STRS(environment->name)),
        .minutes = LOOK_MINUTES};
    job_start(workflow, &job);
    yaml_map(yaml, "environment");
    yaml_text(yaml, "name", plain_text(arena, environment->github->text));
    yaml_end(yaml);
    rights(workflow, round == ROUND_DRIFT ? "actions" : NULL, "id-token");
    emit_outputs(workflow);
    if (round == ROUND_DRIFT)
        emit_drift_steps(workflow);
    else
        emit_rotation_steps(workflow);
    yaml_end(yaml);
}

struct issue {
    struct str id; /* of the job */
    struct str name;
    struct str found_by; /* the job whose outputs it tells */
    struct str subject;
    struct str title;
    struct str advice;
    struct str labels; /* besides the round's */
};

static void
emit_tell(struct workflow *workflow, enum round round,
          const struct issue *issue)
{
    struct arena *arena = workflow->arena;
    struct round_job job = {
        .id = issue->id,
        .name = issue->name,
        .condition = expression(arena, "needs.{}.outputs.verdict != ''",
                                STRS(issue->found_by)),
        .minutes = TELL_MINUTES,
        .needs = issue->found_by};
    job_start(workflow, &job);
    rights(workflow, NULL, "issues");
    yaml_list(&workflow->yaml, "steps");
    step_checkout(workflow, false);
    step_start(workflow, STR("Say it in an issue"), NULL);
    fact(workflow, "BRX_VERDICT",
         expression(arena, "needs.{}.outputs.verdict", STRS(issue->found_by)));
    fact(workflow, "BRX_FINDINGS",
         expression(arena, "needs.{}.outputs.findings", STRS(issue->found_by)));
    fact(workflow, "BRX_LABEL", str_from(rounds[round].label));
    fact(workflow, "BRX_SUBJECT", issue->subject);
    fact(workflow, "BRX_TITLE", plain_text(arena, issue->title));
    fact(workflow, "BRX_ADVICE", plain_text(arena, issue->advice));
    fact(workflow, "BRX_LABELS", issue->labels);
    fact(workflow, "GH_TOKEN", STR("${{ github.token }}"));
    step_end(workflow, "pipeline/issue.sh");
    job_end(workflow);
}

static struct str
advice_of(struct workflow *workflow, enum round round)
{
    const struct environment *environment = workflow->pipeline->environment;
    if (round == ROUND_DRIFT)
        return arena_format(
            workflow->arena,
            "Somebody changed these outside of git, or a release was stopped "
            "half-way. The next release to {} puts them back; to keep a "
            "change, write it into the program. `kubectl diff` shows the "
            "values.",
            STRS(environment->name));
    return arena_format(
        workflow->arena,
        "Give each of them a new value in the vault {}: the release guide "
        "says how.",
        STRS(environment->vault->name->text));
}

static void
emit_looks(struct workflow *workflow, enum round round)
{
    const struct ir *ir = workflow->ir;
    struct arena *arena = workflow->arena;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (round_schedule(ir, environment, round) == NULL)
            continue;
        struct pipeline pipeline = plan_pipeline(arena, ir, environment);
        struct str look =
            arena_format(arena, "look-{}", STRS(environment->short_name->text));
        workflow->pipeline = &pipeline;
        emit_look(workflow, round, look);
        struct issue issue = {
            .id = arena_format(arena, "tell-{}",
                               STRS(environment->short_name->text)),
            .name = arena_format(arena, "tell of {}", STRS(environment->name)),
            .found_by = look,
            .subject = environment->name,
            .title = arena_format(arena,
                                  round == ROUND_DRIFT
                                      ? "{} is not what was released"
                                      : "Secrets of {} are due",
                                  STRS(environment->name)),
            .advice = advice_of(workflow, round),
            .labels = arena_format(arena, "env: {}", STRS(environment->name))};
        emit_tell(workflow, round, &issue);
        workflow->pipeline = NULL;
    }
}

/* GitHub's own settings are the same from every branch. */
static void
emit_settings(struct workflow *workflow)
{
    struct round_job job = {.id = STR("look-at-settings"),
                            .name = STR("look at GitHub's settings"),
                            .condition =
                                STR("${{ github.event_name == 'schedule' }}"),
                            .minutes = LOOK_MINUTES};
    job_start(workflow, &job);
    rights(workflow, NULL, NULL);
    emit_outputs(workflow);
    emit_settings_steps(workflow);
    yaml_end(&workflow->yaml);
    struct issue issue = {
        .id = STR("tell-of-settings"),
        .name = STR("tell of GitHub's settings"),
        .found_by = job.id,
        .subject = STR("settings"),
        .title = STR("GitHub's settings are not what the program says"),
        .advice = STR("An administrator puts them right with "
                      "`apply-github.sh`, or writes into the program what "
                      "was meant.")};
    emit_tell(workflow, ROUND_DRIFT, &issue);
}
