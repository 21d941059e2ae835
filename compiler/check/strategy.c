/*
 * Families G and A: whether a deployment's strategy can be what its name says.
 */
#include "check/sizes.h"
#include "check/walk.h"

#include "ir/quantity.h"
#include "ir/release.h"

enum {
    WHOLE = 100 * 1000, /* 100 % in thousandths */
    HALF = WHOLE / 2,
    COARSE_TIMES = 2, /* so far over what is asked for a share may be */
};

static void judge_switch(struct check *check,
                         const struct environment *environment);
static void judge_shares(struct check *check,
                         const struct environment *environment);
static void judge_share_missing(struct check *check,
                                const struct environment *environment);
static void judge_coarse(struct check *check, const struct workload *workload);

static void
each_deploy(struct check *check,
            void (*judge)(struct check *check,
                          const struct environment *environment))
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        if (check->ir->environments[i]->deploy != NULL)
            judge(check, check->ir->environments[i]);
    }
}

/* G36 */
void
check_switchable(struct check *check)
{
    each_deploy(check, judge_switch);
}

/* G37 */
void
check_share_order(struct check *check)
{
    each_deploy(check, judge_shares);
}

/* G38 */
void
check_share_missing(struct check *check)
{
    each_deploy(check, judge_share_missing);
}

/* A30 */
void
check_share_coarse(struct check *check)
{
    each_workload(check, judge_coarse);
}

/* ---- G36 ---------------------------------------------------------------- */

/* What has no traffic comes in rolling; but if nothing has any, the strategy
 * is not what the program says. */
static void
judge_switch(struct check *check, const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    if (deploy->strategy == STRATEGY_ROLLING || environment->is_staged ||
        environment->workload_count == 0)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_G36, deploy->span, STRS(environment->name));
    diag_label(diag, "nothing here has traffic that could be switched",
               NO_STRS);
    diag_help(diag, "give a service a `port`, or write `deploy rolling`",
              NO_STRS);
    diag_about(diag, environment->name);
}

/* ---- G37 ---------------------------------------------------------------- */

/* Argo takes pods away from the stable release; the pipeline never does. */
static int64_t
share_most(const struct deploy *deploy)
{
    return deploy->engine == ENGINE_ARGO_ROLLOUTS ? WHOLE : HALF;
}

static const char is_no_larger[] = "the share before it is as large";

static const char *
share_fault(const struct deploy *deploy, const struct step *share,
            const struct step *before, bool is_late)
{
    if (is_late)
        return "all traffic is there already";
    if (share->share->number <= 0)
        return "that is no share";
    if (share->share->number >= WHOLE)
        return "that is everything, and what `switch` gives";
    if (share->share->number > share_most(deploy))
        return "it goes up to 50 %, where both have all their pods";
    if (before != NULL && share->share->number <= before->share->number)
        return is_no_larger;
    return NULL;
}

static void
judge_share(struct check *check, const struct environment *environment,
            const struct step *share, const struct step *before, bool is_late)
{
    const char *fault =
        share_fault(environment->deploy, share, before, is_late);
    if (fault == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_G37, share->share->span,
                                 STRS(share->share->text));
    diag_label(diag, "{}", STRS(str_from(fault)));
    diag_help(diag,
              share_most(environment->deploy) == HALF
                  ? "let shares rise up to 50%, before `switch` and `watch`"
                  : "let shares rise below 100%, before `switch` and `watch`",
              NO_STRS);
    if (fault == is_no_larger)
        diag_note(diag, before->span, "the share before it", NO_STRS);
    diag_about(diag, environment->name);
}

/* From there on all traffic is the new release's. */
static bool
is_behind_shares(const struct step *step)
{
    return step->kind == STEP_SWITCH || step->kind == STEP_WATCH;
}

static void
judge_shares(struct check *check, const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    const struct step *before = NULL;
    bool is_late = false;
    if (deploy->strategy != STRATEGY_CANARY)
        return;
    for (size_t i = 0; i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        is_late |= is_behind_shares(step);
        if (step->kind != STEP_SHARE || !is_value_known(step->share))
            continue;
        judge_share(check, environment, step, before, is_late);
        before = step;
    }
}

/* ---- G38 ---------------------------------------------------------------- */

static void
judge_share_missing(struct check *check, const struct environment *environment)
{
    const struct deploy *deploy = environment->deploy;
    if (deploy->strategy != STRATEGY_CANARY ||
        deploy_step_find(deploy, STEP_SHARE) != NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_G38, deploy->span, STRS(environment->name));
    diag_help(diag, "write `share 10% for 5min  errors < 1%` in it", NO_STRS);
    diag_about(diag, environment->name);
}

/* ---- A30 ---------------------------------------------------------------- */

/* As runtime/lib/candidate.sh counts: pods beside the live ones, rounded up. */
static int64_t
canary_size(int64_t live, int64_t share)
{
    int64_t others = WHOLE - share;
    return add_bounded(multiply_bounded(live, share), others - 1) / others;
}

/* Later ones are larger. NULL where there is none that could be (G37). */
static const struct step *
smallest_share(const struct deploy *deploy)
{
    for (size_t i = 0; i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        if (step->kind == STEP_SHARE)
            return is_value_known(step->share) &&
                           share_fault(deploy, step, NULL, false) == NULL
                       ? step
                       : NULL;
        if (is_behind_shares(step))
            return NULL;
    }
    return NULL;
}

static void
judge_coarse(struct check *check, const struct workload *workload)
{
    if (strategy_of(workload) != STRATEGY_CANARY || !is_coloured(workload))
        return;
    const struct value *least = replicas_least(workload);
    const struct step *share = smallest_share(workload->environment->deploy);
    if (least == NULL || share == NULL || least->number <= 0)
        return;
    int64_t size = canary_size(least->number, share->share->number);
    int64_t real =
        multiply_bounded(size, WHOLE) / add_bounded(size, least->number);
    if (real <= COARSE_TIMES * share->share->number)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_A30, least->span,
                 STRS(object, percent_text(check->arena, real / 1000 * 1000),
                      share->share->text));
    diag_label(diag, "one pod more is the smallest share of so many", NO_STRS);
    diag_note(diag, share->share->span, "the share is made of pods", NO_STRS);
    diag_help(diag, "run more pods, or begin with a larger share", NO_STRS);
    diag_about(diag, object);
}
