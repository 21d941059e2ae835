/*
 * Workflows that somebody wrote by hand and that release to an environment of
 * the program: whether they keep what the program says of it (families B, G,
 * M, N and X).
 */
#include "check/raw_values.h"
#include "check/own_places.h"
#include "ir/release.h"

static workflow_job_visit judge_name, judge_approvals, judge_builds, judge_road,
    judge_version, judge_undo;
static const struct raw *environment_of_job(const struct workflow_job *job);
static const struct environment *released_environment(
    const struct check *check, const struct workflow_job *job);
static bool is_deploying(const struct workflow_job *job);
static const struct raw_entry *push_of(const struct workflow_job *job);

/* N12 */
void
check_own_environment_names(struct check *check)
{
    each_workflow_job(check, judge_name);
}

/* B05 */
void
check_own_approvals(struct check *check)
{
    each_workflow_job(check, judge_approvals);
}

/* M06 */
void
check_own_builds(struct check *check)
{
    each_workflow_job(check, judge_builds);
}

/* M09 */
void
check_own_roads(struct check *check)
{
    each_workflow_job(check, judge_road);
}

/* G12 */
void
check_own_versions(struct check *check)
{
    each_workflow_job(check, judge_version);
}

/* X07 */
void
check_own_rollbacks(struct check *check)
{
    each_workflow_job(check, judge_undo);
}

/* ---- N12 ---------------------------------------------------------------- */

/* The environment that people and scripts call so, and GitHub does not. */
static const struct environment *
alias_find(const struct ir *ir, struct str name)
{
    const struct environment *found = NULL;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (is_value_known(environment->github) &&
            is_str_equal_nocase(environment->github->text, name))
            return NULL;
        if (is_str_equal(environment->name, name) ||
            (is_value_known(environment->short_name) &&
             is_str_equal(environment->short_name->text, name)))
            found = environment;
    }
    return found;
}

static void
judge_name(struct check *check, const struct workflow_job *job)
{
    const struct raw *name = environment_of_job(job);
    if (name == NULL)
        return;
    const struct environment *environment = alias_find(check->ir, name->text);
    if (environment == NULL || !is_value_known(environment->github))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_N12, name->span, job, STRS(name->text));
    diag_label(diag, "GitHub makes a new environment of it, without any rule",
               NO_STRS);
    diag_note(diag, environment->short_name->span,
              "so do the scripts call it; GitHub calls it `{}`",
              STRS(environment->github->text));
    diag_help(diag, "write `environment: {}`", STRS(environment->github->text));
}

/* ---- B05 ---------------------------------------------------------------- */

/* The approval that asks for the most people. */
static const struct approval *
strictest_approval(const struct ir *ir, const struct environment *environment)
{
    const struct step *step =
        deploy_step_find(environment->deploy, STEP_APPROVE);
    const struct approval *found = step == NULL ? NULL : step->approval;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        if (promotion->to == environment &&
            approval_number(promotion->approval) > approval_number(found))
            found = promotion->approval;
    }
    return found;
}

static void
judge_approvals(struct check *check, const struct workflow_job *job)
{
    const struct environment *environment = released_environment(check, job);
    if (environment == NULL || !is_deploying(job))
        return;
    const struct approval *approval =
        strictest_approval(check->ir, environment);
    if (approval_number(approval) < 2)
        return;
    struct diag *diag = workflow_report(
        check, DIAG_B05, environment_of_job(job)->span, job,
        STRS(arena_number(check->arena, approval->count->number)));
    diag_label(diag, "one approval opens it, whatever its reviewers are",
               NO_STRS);
    diag_note(diag, approval->span, "so many people are to agree to `{}`",
              STRS(environment->name));
    diag_help(
        diag,
        "leave the deployment to the pipeline that broxc writes: it has a gate for each, and counts people",
        NO_STRS);
}

/* ---- M06 ---------------------------------------------------------------- */

static const struct promotion *
promotion_into(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].to == environment)
            return &ir->promotions[i];
    }
    return NULL;
}

/* Where the step pushes an image; NO_SPAN when it does not. */
static struct span
image_build_of(const struct check *check, const struct raw *step)
{
    static const struct str commands[] = {
        STR_INIT("docker build"), STR_INIT("docker buildx build"),
        STR_INIT("az acr build"), STR_INIT("buildah build")};
    const struct raw *run = raw_find(step, STR("run"));
    const struct raw *uses = raw_find(step, STR("uses"));
    if (has_prefix(raw_text_at(step, STR("uses")),
                   STR("docker/build-push-action@")))
        return uses->span;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (str_contains(raw_text_at(step, STR("run")), commands[i]))
            return workflow_text_span(check, run, commands[i]);
    }
    return NO_SPAN;
}

static void
judge_builds(struct check *check, const struct workflow_job *job)
{
    const struct environment *environment = released_environment(check, job);
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    const struct promotion *promotion =
        environment == NULL ? NULL : promotion_into(check->ir, environment);
    for (size_t i = 0; promotion != NULL && i < raw_item_count(steps); i++) {
        struct span span = image_build_of(check, steps->entries[i].value);
        if (span.start == span.end)
            continue;
        struct diag *diag =
            workflow_report(check, DIAG_M06, span, job,
                            STRS(job->file->path, environment->name));
        diag_label(diag, "a build of its own, with a digest of its own",
                   NO_STRS);
        diag_note(diag, promotion->span,
                  "what `{}` has tested is what is promoted, by its digest",
                  STRS(promotion->from->name));
        diag_help(diag, "build once, for `{}`, and deploy that digest here",
                  STRS(promotion->from->name));
        return;
    }
}

/* ---- M09 ---------------------------------------------------------------- */

/* What the promotion asks for and a workflow of one's own does not. */
static struct span
gate_of(const struct promotion *promotion)
{
    if (promotion->confirm != NULL)
        return promotion->confirm->span;
    if (promotion->soak != NULL)
        return promotion->soak->span;
    if (promotion->window_count > 0)
        return promotion->windows[0].span;
    return promotion->when_healthy || promotion->approval != NULL
               ? promotion->span
               : NO_SPAN;
}

static void
judge_road(struct check *check, const struct workflow_job *job)
{
    const struct environment *environment = released_environment(check, job);
    const struct raw_entry *push = push_of(job);
    if (environment == NULL || push == NULL || !is_deploying(job))
        return;
    const struct promotion *promotion = promotion_into(check->ir, environment);
    if (promotion == NULL || gate_of(promotion).start == gate_of(promotion).end)
        return;
    struct diag *diag =
        workflow_report(check, DIAG_M09, push->key_span, job,
                        STRS(arena_format(check->arena, "the push of {}",
                                          STRS(job->file->path)),
                             environment->name));
    diag_label(diag, "it deploys without asking", NO_STRS);
    diag_note(diag, gate_of(promotion), "the promotion from `{}` asks first",
              STRS(promotion->from->name));
    diag_help(
        diag,
        "take the `push` out: the pipeline that broxc writes deploys what is promoted",
        NO_STRS);
}

/* ---- G12 ---------------------------------------------------------------- */

struct version_walk {
    const struct workflow_job *job;
    const struct environment *environment;
    const struct raw_entry *push;
    const struct raw *inputs;
    bool is_reported;
};

/* `inputs.NAME` with no `||` that stands in when there is none. */
static void
judge_input(struct check *check, const struct raw *text, void *context)
{
    struct version_walk *walk = context;
    for (size_t i = 0; !walk->is_reported && i < walk->inputs->entry_count;
         i++) {
        struct str name = arena_format(check->arena, "inputs.{}",
                                       STRS(walk->inputs->entries[i].key));
        if (!str_contains(text->text, name) ||
            str_contains(text->text, STR("||")))
            continue;
        walk->is_reported = true;
        struct diag *diag = workflow_report(
            check, DIAG_G12, workflow_text_span(check, text, name), walk->job,
            STRS(walk->environment->name, name));
        diag_label(diag, "an empty text, unless a person starts the run",
                   NO_STRS);
        diag_note(diag, walk->push->key_span,
                  "a push starts it, too, and brings no inputs", NO_STRS);
        diag_help(
            diag,
            "take the `push` out, or make the version from what was promoted",
            NO_STRS);
    }
}

static void
judge_version(struct check *check, const struct workflow_job *job)
{
    struct version_walk walk = {
        .job = job,
        .environment = released_environment(check, job),
        .push = push_of(job),
        .inputs = raw_at(job->file->root, "on.workflow_dispatch.inputs")};
    if (walk.environment == NULL || walk.push == NULL || walk.inputs == NULL ||
        str_contains(raw_text_at(job->raw, STR("if")), STR("event_name")))
        return;
    each_workflow_text(check, job->raw, judge_input, &walk);
}

/* ---- X07 ---------------------------------------------------------------- */

/* What `kubectl rollout undo` would have to find; NULL when it does. */
static const char *
unfit_for_undo(const struct workload *workload)
{
    if (has_rollout(workload))
        return "it is a Rollout there, and no Deployment";
    if (is_coloured(workload))
        return "there are two Deployments, one a colour, and none of this name";
    return NULL;
}

static void
judge_workload_undo(struct check *check, const struct workflow_job *job,
                    const struct workload *workload, const struct raw *run)
{
    static const char *const forms[] = {"rollout undo deployment/{}",
                                        "rollout undo deployment {}",
                                        "rollout undo deploy/{}"};
    const char *fault = unfit_for_undo(workload);
    for (size_t i = 0; fault != NULL && i < sizeof forms / sizeof forms[0];
         i++) {
        struct str command =
            arena_format(check->arena, forms[i], STRS(workload->service->name));
        struct span span = workflow_text_span(check, run, command);
        if (span.end - span.start != command.len)
            continue;
        struct diag *diag = workflow_report(
            check, DIAG_X07, span, job, STRS(workload_object(check, workload)));
        diag_label(diag, "{}", STRS(str_from(fault)));
        diag_note(diag, workload->environment->deploy->span,
                  "so `{}` deploys it", STRS(workload->environment->name));
        diag_help(
            diag,
            "run `rollback-release.sh {}`, which knows how each release came in",
            STRS(workload->environment->short_name->text));
    }
}

static void
judge_undo(struct check *check, const struct workflow_job *job)
{
    const struct environment *environment = released_environment(check, job);
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    for (size_t i = 0; environment != NULL && i < raw_item_count(steps); i++) {
        const struct raw *run = raw_find(steps->entries[i].value, STR("run"));
        for (size_t j = 0; run != NULL && j < environment->workload_count; j++)
            judge_workload_undo(check, job, environment->workloads[j], run);
    }
}

/* ---- jobs --------------------------------------------------------------- */

/* The name behind `environment`, a text; NULL when there is none. */
static const struct raw *
environment_of_job(const struct workflow_job *job)
{
    const struct raw *environment = raw_find(job->raw, STR("environment"));
    if (environment != NULL && environment->kind == RAW_MAP)
        environment = raw_find(environment, STR("name"));
    return environment != NULL && environment->kind == RAW_TEXT ? environment
                                                                : NULL;
}

/* The environment whose GitHub environment the job enters, or NULL. */
static const struct environment *
released_environment(const struct check *check, const struct workflow_job *job)
{
    const struct raw *name = environment_of_job(job);
    for (size_t i = 0; name != NULL && i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (is_value_known(environment->github) &&
            is_str_equal_nocase(environment->github->text, name->text))
            return environment;
    }
    return NULL;
}

/* Does it bring something in? What only goes back does not. */
static bool
is_deploying(const struct workflow_job *job)
{
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    for (size_t i = 0; i < raw_item_count(steps); i++) {
        const struct raw *step = steps->entries[i].value;
        if (is_changing_step(step) &&
            !str_contains(raw_text_at(step, STR("run")), STR("rollout undo")))
            return true;
    }
    return false;
}

/* Of a workflow that pushes start: `push` under `on`. */
static const struct raw_entry *
push_of(const struct workflow_job *job)
{
    return raw_entry_find(raw_find(job->file->root, STR("on")), STR("push"));
}
