/*
 * Family G: what would make a generated pipeline wrong, too slow or never
 * start.
 */
#include "check/workflow.h"

#include "check/walk.h"

#include "ir/release.h"

enum { MINUTE_MS = 60 * 1000 };

static struct str
minutes_text(struct check *check, int64_t ms)
{
    return arena_format(
        check->arena, "{} min",
        STRS(arena_number(check->arena, (ms + MINUTE_MS - 1) / MINUTE_MS)));
}

/* The jobs that work one behind the other: build or take over, deploy, and
 * what the block adds. */
static int64_t
work_count(const struct deploy *deploy)
{
    int64_t count = deploy->strategy == STRATEGY_ROLLING ? 2 : 3;
    for (size_t i = 0; i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        count += step->kind == STEP_SCAN || step->kind == STEP_SHARE ||
                 is_command_test(step);
    }
    return count;
}

static void
check_objective_time(struct check *check, const struct objective *objective)
{
    const struct deploy *deploy = objective->environment->deploy;
    if (deploy == NULL || !is_value_known(objective->within))
        return;
    int64_t wait = deploy_wait_ms(deploy);
    int64_t least = wait + work_count(deploy) * MINUTE_MS;
    if (objective->within->items[1].number >= least)
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_G08, objective->within->span,
        STRS(objective->environment->name, minutes_text(check, least)));
    diag_label(diag, "at most {} are promised",
               STRS(minutes_text(check, objective->within->items[1].number)));
    diag_note(diag, deploy->span,
              "it waits for {}, and {} jobs need a minute each at least",
              STRS(minutes_text(check, wait),
                   arena_number(check->arena, work_count(deploy))));
    diag_help(diag, "promise more time, or watch and keep for less", NO_STRS);
    diag_about(diag, objective->environment->name);
}

void
check_time_limits(struct check *check)
{
    for (size_t i = 0; i < check->ir->objective_count; i++)
        check_objective_time(check, &check->ir->objectives[i]);
}

static bool
is_pushed_to(const struct environment *environment)
{
    return environment->deploy != NULL && is_value_known(environment->branch);
}

/* A promoted release brings the content that a version is given to; a push to
 * the first branch of all has nothing to be a version of. */
static void
check_environment_tag(struct check *check,
                      const struct environment *environment)
{
    if (!is_pushed_to(environment) ||
        !has_tag_part(environment, STR("version")) ||
        !is_first_environment(check->ir, environment))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_G12, environment->tag->span,
                                 STRS(environment->name, STR("${version}")));
    diag_label(diag, "no promotion leads here, so a push brings no version",
               NO_STRS);
    diag_note(diag, environment->branch->span,
              "this branch's pushes deploy here", NO_STRS);
    diag_help(diag,
              "name it by `{}`, or `promote` releases into this environment",
              STRS(STR("${git.sha}")));
    diag_about(diag, environment->name);
}

void
check_tag_variables(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        check_environment_tag(check, check->ir->environments[i]);
}

static void
check_branch_pair(struct check *check, const struct environment *first,
                  const struct environment *second)
{
    if (!is_pushed_to(first) || !is_pushed_to(second) ||
        !is_str_equal(first->branch->text, second->branch->text))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_G22, second->branch->span,
                 STRS(second->branch->text, first->name, second->name));
    diag_note(diag, first->branch->span, "`{}` is deployed from it too",
              STRS(first->name));
    diag_help(diag, "give each environment a branch of its own", NO_STRS);
    diag_about(diag, second->name);
}

void
check_deploy_branches(struct check *check)
{
    each_environment_pair(check, check_branch_pair);
}

/* The project's, and so one fault, however many environments. */
static const struct pipeline_fault no_registry = {
    "the project names no `registry`", "write `registry HOST` in the project"};
static const struct pipeline_fault no_cluster = {
    "it names no `cluster`", "write `cluster aks NAME in GROUP` in it"};
static const struct pipeline_fault other_provider = {
    "its cluster is not `aks`, and pipelines reach no other",
    "write `cluster aks NAME in GROUP` in it"};
static const struct pipeline_fault no_group = {
    "its cluster says no resource group",
    "write `cluster aks NAME in GROUP` in it"};

/* Only where pipelines are asked for: `cloud` says whom they sign in to. */
const struct pipeline_fault *
pipeline_fault(const struct ir *ir, const struct environment *environment)
{
    const struct cluster *cluster = environment->cluster;
    if (!is_pushed_to(environment) || !is_value_known(ir->project->cloud) ||
        !is_str_equal(ir->project->cloud->text, STR("azure")))
        return NULL;
    if (ir->project->registry == NULL)
        return &no_registry;
    if (cluster == NULL)
        return &no_cluster;
    if (is_value_known(cluster->provider) &&
        !is_str_equal(cluster->provider->text, STR("aks")))
        return &other_provider;
    return cluster->group == NULL ? &no_group : NULL;
}

void
check_pipeline_reach(struct check *check)
{
    const struct ir *ir = check->ir;
    bool is_registry_reported = false;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct pipeline_fault *fault = pipeline_fault(ir, environment);
        if (fault == NULL || (fault == &no_registry && is_registry_reported))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_G34, environment->branch->span,
                     STRS(environment->name));
        diag_label(diag, fault->label, NO_STRS);
        diag_help(diag, fault->help, NO_STRS);
        diag_about(diag, environment->name);
        is_registry_reported = fault == &no_registry &&
                               !is_allowed(check, DIAG_G34, environment->name);
    }
}

static const struct pipeline_fault no_canary = {
    "only a canary gets a share of the traffic",
    "write `deploy canary`, or take the step out"};
static const struct pipeline_fault no_second_colour = {
    "a rolling deployment has no second colour to switch to",
    "write `deploy blue-green`, or take the step out"};
static const struct pipeline_fault no_old_colour = {
    "a rolling deployment has no old colour to keep",
    "write `deploy blue-green`, or take the step out"};
static const struct pipeline_fault no_command = {
    "it has no command, and only `health` needs none",
    "write the command behind its name"};
static const struct pipeline_fault no_bound = {
    "it says nothing that must hold", "write a bound, such as `errors < 1%`"};

const struct pipeline_fault *
step_fault(const struct deploy *deploy, const struct step *step)
{
    bool is_rolling = deploy->strategy == STRATEGY_ROLLING;
    if (deploy->strategy != STRATEGY_CANARY && step->kind == STEP_SHARE)
        return &no_canary;
    if (is_rolling && step->kind == STEP_SWITCH)
        return &no_second_colour;
    if (is_rolling && step->kind == STEP_KEEP)
        return &no_old_colour;
    if (step->kind == STEP_TEST && step->command == NULL &&
        !is_health_test(step))
        return &no_command;
    if ((step->kind == STEP_WATCH || step->kind == STEP_SHARE) &&
        step->threshold_count == 0)
        return &no_bound;
    return NULL;
}

void
check_idle_steps(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        const struct deploy *deploy = environment->deploy;
        for (size_t j = 0; deploy != NULL && j < deploy->step_count; j++) {
            const struct pipeline_fault *fault =
                step_fault(deploy, &deploy->steps[j]);
            if (fault == NULL)
                continue;
            struct diag *diag =
                diag_add(check->sink, DIAG_G35, deploy->steps[j].span,
                         STRS(environment->name));
            diag_label(diag, fault->label, NO_STRS);
            diag_help(diag, fault->help, NO_STRS);
            diag_about(diag, environment->name);
        }
    }
}

/* ---- G29 ---------------------------------------------------------------- */

/* GitHub ends a job on its machines after six hours, of which the pipeline's
 * own work takes some minutes, and a run after 35 days. */
enum {
    WAIT_MINUTES_MAX = 6 * 60 - 15,
    RUN_DAYS_MAX = 35,
    TIMER_DAYS_MAX = 30, /* over it: B22 */
    JOBS_THAT_WAIT = 2,  /* at the least: one deploys, one records */
};

static const int64_t day_ms = (int64_t)24 * 60 * MINUTE_MS;

static void
check_long_steps(struct check *check, const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    for (size_t i = 0; deploy != NULL && i < deploy->step_count; i++) {
        const struct value *duration = deploy->steps[i].duration;
        if (!is_value_known(duration) ||
            duration->number <= (int64_t)WAIT_MINUTES_MAX * MINUTE_MS)
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_G29, duration->span,
                                     STRS(environment->name, STR("six hours")));
        diag_label(diag, "GitHub ends the job that waits before that", NO_STRS);
        diag_help(diag, "wait for five hours at most", NO_STRS);
        diag_about(diag, environment->name);
    }
}

/* Each job of the environment waits, one behind the other. */
static void
check_long_wait(struct check *check, const struct environment *environment)
{
    const struct value *wait = environment->github_wait;
    if (environment->deploy == NULL || !is_value_known(wait) ||
        wait->number * JOBS_THAT_WAIT <= RUN_DAYS_MAX * day_ms ||
        wait->number > TIMER_DAYS_MAX * day_ms)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_G29, wait->span,
                                 STRS(environment->name, STR("35 days")));
    diag_label(diag, "each job there waits for it, and GitHub ends the run",
               NO_STRS);
    diag_help(diag, "let the promotion `soak` instead", NO_STRS);
    diag_about(diag, environment->name);
}

void
check_github_limits(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        check_long_steps(check, check->ir->environments[i]);
        check_long_wait(check, check->ir->environments[i]);
    }
}
