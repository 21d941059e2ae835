/*
 * Inside each pipeline: a picture, and a line for every job.
 */
#include "emit/guides/sections.h"

#include "emit/guides/diagram.h"
#include "emit/guides/places.h"
#include "emit/workflows/facts.h"
#include "ir/hosting.h"
#include "ir/release.h"

/* ---- what a job does ---------------------------------------------------- */

static struct str
thresholds_said(struct guide *guide, const struct step *step)
{
    struct buf buf;
    buf_init(&buf, guide->arena);
    for (size_t i = 0; i < step->threshold_count; i++)
        buf_format(&buf, i == 0 ? "{} {}" : ", {} {}",
                   STRS(said(guide, step->thresholds[i].metric),
                        shown(guide, step->thresholds[i].comparison)));
    return buf.len == 0 ? STR("nothing") : buf_str(&buf);
}

static struct str
take_said(struct guide *guide, const struct pipeline *pipeline)
{
    struct str sources =
        source_lines(guide->arena, pipeline->ir, pipeline->environment);
    struct str first = str_cut(&sources, '\n');
    int64_t soak = soak_ms(pipeline->ir, pipeline->environment);
    struct str from = is_str_empty(sources) ? said(guide, first)
                                            : STR("an environment before it");
    if (soak == 0)
        return arena_format(guide->arena,
                            "finds the images that passed in {}, by the "
                            "content of the source; builds nothing",
                            STRS(from));
    return arena_format(guide->arena,
                        "finds the images that passed in {}, by the content "
                        "of the source, and looks whether they have been "
                        "there for {}; builds nothing",
                        STRS(from, time_shown(guide, soak)));
}

static struct str
gate_said(struct guide *guide, const struct job *job)
{
    const struct value *teams = job->approval == NULL
                                    ? NULL
                                    : reviewing_teams(guide->ir, job->approval);
    struct str gate = code(guide, job->gate);
    if (job->approval != NULL && job->approval->is_optional)
        return arena_format(guide->arena,
                            "passes at once, until somebody gives the GitHub "
                            "environment {} reviewers",
                            STRS(gate));
    if (teams == NULL)
        return arena_format(guide->arena,
                            "waits for a reviewer of the GitHub environment {}",
                            STRS(gate));
    return arena_format(guide->arena, "waits for somebody of {}, as {}",
                        STRS(shown_list(guide, teams), gate));
}

static bool
allows_self_review(const struct job *job)
{
    return job->gate_count > 0 && job->gates[0]->approval != NULL &&
           is_value_known(job->gates[0]->approval->self_review);
}

static struct str
count_said(struct guide *guide, const struct job *job)
{
    struct str number = number_text(guide, (int64_t)job->gate_count);
    if (allows_self_review(job))
        return arena_format(guide->arena,
                            "goes on when {} different people approved",
                            STRS(number));
    return arena_format(guide->arena,
                        job->gate_count == 1
                            ? "goes on when {} person approved who did not "
                              "start the run"
                            : "goes on when {} different people approved, "
                              "none of whom started the run",
                        STRS(number));
}

static struct str
deploy_said(struct guide *guide, const struct pipeline *pipeline)
{
    const struct environment *environment = pipeline->environment;
    bool migrates = deploy_step_find(environment->deploy, STEP_MIGRATE) != NULL;
    struct str how = STR("replaces the pods one after another");
    if (has_colours(environment))
        how = STR("brings the release up beside the one that serves, on the "
                  "idle colour");
    else if (environment->is_staged)
        how = STR("hands the release to the controller of rollouts");
    return arena_format(guide->arena,
                        migrates ? "migrates the database, then {}" : "{}",
                        STRS(how));
}

static struct str
share_said(struct guide *guide, const struct job *job)
{
    return arena_format(guide->arena, "gives it {} % of the traffic for {}: {}",
                        STRS(share_text(guide->arena, job->step),
                             shown(guide, job->step->duration),
                             thresholds_said(guide, job->step)));
}

static struct str
watch_said(struct guide *guide, const struct job *job)
{
    return arena_format(guide->arena, "watches it for {}: {}",
                        STRS(shown(guide, job->step->duration),
                             thresholds_said(guide, job->step)));
}

static struct str
retire_said(struct guide *guide, const struct pipeline *pipeline)
{
    int64_t keep = step_ms(pipeline->environment->deploy, STEP_KEEP);
    if (keep == 0)
        return STR("takes the old colour's pods away");
    return arena_format(guide->arena,
                        "takes the old colour's pods away, {} after the switch",
                        STRS(time_shown(guide, keep)));
}

static struct str
job_said(struct guide *guide, const struct pipeline *pipeline,
         const struct job *job)
{
    switch (job->kind) {
    case JOB_BUILD:
        return STR("builds each image, once; no later environment builds");
    case JOB_TAKE:
        return take_said(guide, pipeline);
    case JOB_SCAN:
        return STR("scans the images for known faults");
    case JOB_GATE:
        return gate_said(guide, job);
    case JOB_COUNT:
        return count_said(guide, job);
    case JOB_DEPLOY:
        return deploy_said(guide, pipeline);
    case JOB_TEST:
        return arena_format(guide->arena, "runs {}",
                            STRS(shown(guide, job->step->command)));
    case JOB_SHARE:
        return share_said(guide, job);
    case JOB_TASK:
        return arena_format(guide->arena, "runs the task {}",
                            STRS(said(guide, job->step->task->name)));
    case JOB_SWITCH:
        return STR("turns the traffic to the release, then asks the public "
                   "addresses");
    case JOB_WATCH:
        return watch_said(guide, job);
    case JOB_RECORD:
        return STR("names the images, and writes down in the cluster that this "
                   "release passed");
    case JOB_TAG:
        return STR("tags the commit with the version");
    case JOB_RETIRE:
        return retire_said(guide, pipeline);
    case JOB_ROLL_BACK:
        return STR("takes this release back, when a job since the deployment "
                   "failed");
    case JOB_NOTIFY:
        return arena_format(guide->arena, "tells {}",
                            STRS(shown(guide, job->step->channel->room)));
    case JOB_KIND_COUNT:
        break;
    }
    return STR("");
}

/* ---- a pipeline --------------------------------------------------------- */

static void
write_start(struct guide *guide, const struct environment *environment)
{
    const struct ir *ir = guide->ir;
    struct str name = workflow_name(guide, environment);
    struct str workflow =
        named_link(guide, arena_cstr(guide->arena, code(guide, name)),
                   workflow_path(guide, environment));
    struct str by_hand = arena_format(
        guide->arena, "gh workflow run {} --ref {}",
        STRS(word_of(guide, name), word_of(guide, environment->branch->text)));
    guide_paragraph(
        guide,
        is_first_environment(ir, environment) || !has_tool(ir, TOOL_PROMOTE)
            ? "A push to {} starts {}; so does {}, which meets the same gates."
            : "A push to {} starts {}. The promotion script makes that push "
              "when its own gates are open; {} starts a run for what the "
              "branch holds, and meets the pipeline's gates all the same.",
        STRS(code(guide, environment->branch->text), workflow,
             code(guide, by_hand)));
}

static void
write_promise(struct guide *guide, const struct environment *environment)
{
    const struct objective *objective = objective_find(guide->ir, environment);
    if (objective != NULL && is_value_known(objective->within))
        guide_paragraph(guide,
                        "A release is meant to be there within {}. The limits "
                        "below end a job that hangs; a run in progress is "
                        "never cancelled by the next one.",
                        STRS(shown(guide, objective->within)));
    else
        guide_paragraph(guide,
                        "The limits below end a job that hangs; a run in "
                        "progress is never cancelled by the next one.",
                        NO_STRS);
}

static void
write_jobs(struct guide *guide, const struct pipeline *pipeline)
{
    guide_table(guide, STRS(STR("Job"), STR("What it does"), STR("Limit")));
    for (size_t i = 0; i < pipeline_job_count(pipeline); i++) {
        const struct job *job = pipeline_job(pipeline, i);
        guide_row(guide,
                  STRS(code(guide, job->id), job_said(guide, pipeline, job),
                       arena_format(guide->arena, "{} min",
                                    STRS(number_text(guide, job->minutes)))));
    }
}

static void
write_failure(struct guide *guide, const struct environment *environment)
{
    if (deploy_step_find(environment->deploy, STEP_ROLLBACK) != NULL)
        guide_paragraph(guide,
                        "If a job since the deployment fails, the release is "
                        "taken back by the run itself. Before that, nothing "
                        "has changed in the cluster.",
                        NO_STRS);
    else
        guide_paragraph(
            guide,
            "Nothing is taken back by itself here: when a job since the "
            "deployment fails, go on with `gh run rerun ID --failed`, or type "
            "{}.",
            STRS(tool_command(guide, TOOL_ROLLBACK, "{}",
                              STRS(environment->short_name->text))));
}

static void
write_road(struct guide *guide, const struct environment *environment)
{
    struct pipeline pipeline =
        plan_pipeline(guide->arena, guide->ir, environment);
    guide_heading(guide, 3,
                  arena_format(guide->arena, "Into {}",
                               STRS(said(guide, environment->name))));
    write_start(guide, environment);
    write_pipeline_diagram(guide, &pipeline);
    write_promise(guide, environment);
    write_jobs(guide, &pipeline);
    write_failure(guide, environment);
}

void
write_roads(struct guide *guide)
{
    const struct ir *ir = guide->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (has_workflow(ir, ir->environments[i]))
            write_road(guide, ir->environments[i]);
    }
}
