/*
 * Family B, GitHub environments: who opens a gate, which branches may use it,
 * how long it waits.
 */
#include "check/walk.h"

#include "ir/hosting.h"
#include "ir/release.h"

enum { REVIEWERS_MAX = 6, WAIT_MINUTES_MAX = 43200, MINUTE_MS = 60 * 1000 };

typedef void approval_visit(struct check *check,
                            const struct approval *approval,
                            const struct environment *environment);
typedef void environment_visit(struct check *check,
                               const struct environment *environment);

static void
each_approval(struct check *check, approval_visit *visit)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct deploy *deploy = ir->environments[i]->deploy;
        for (size_t j = 0; deploy != NULL && j < deploy->step_count; j++) {
            if (deploy->steps[j].approval != NULL)
                visit(check, deploy->steps[j].approval, ir->environments[i]);
        }
    }
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].approval != NULL)
            visit(check, ir->promotions[i].approval, ir->promotions[i].to);
    }
}

static void
each_environment(struct check *check, environment_visit *visit)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        visit(check, check->ir->environments[i]);
}

/* ---- who opens a gate --------------------------------------------------- */

static void
check_reviewers(struct check *check, const struct approval *approval,
                const struct environment *environment)
{
    if (choice_count(approval->teams) <= REVIEWERS_MAX ||
        is_reported_at(check, DIAG_B06, approval->teams->span))
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_B06, approval->teams->span,
        STRS(arena_number(check->arena, (int64_t)choice_count(approval->teams)),
             environment->name));
    diag_help(diag, "GitHub takes 6 reviewers: make a team of these teams",
              NO_STRS);
    diag_about(diag, environment->name);
}

void
check_reviewer_count(struct check *check)
{
    each_approval(check, check_reviewers);
}

static void
check_self(struct check *check, const struct approval *approval,
           const struct environment *environment)
{
    if (approval->is_optional || !is_value_known(approval->self_review) ||
        is_reported_at(check, DIAG_B07, approval->self_review->span))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B07, approval->self_review->span,
                 STRS(environment->name));
    diag_label(diag, "whoever starts a release opens its gate", NO_STRS);
    diag_help(diag, "leave it out: somebody else must approve", NO_STRS);
    diag_about(diag, environment->name);
}

void
check_self_review(struct check *check)
{
    each_approval(check, check_self);
}

/* Without reviewers a gate opens by itself, and the count of approvals behind
 * it stops every release. */
static void
check_nobody(struct check *check, const struct approval *approval,
             const struct environment *environment)
{
    if (approval_number(approval) < 1 ||
        !has_pipeline(check->ir, environment) ||
        reviewing_teams(check->ir, approval) != NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B26, approval->span,
                                 STRS(environment->name));
    diag_label(diag, "nobody is asked, so no release gets through", NO_STRS);
    diag_help(diag, "write `by TEAM`, or `owners [TEAM]` in `project`",
              NO_STRS);
    diag_about(diag, environment->name);
}

void
check_approval_by_nobody(struct check *check)
{
    each_approval(check, check_nobody);
}

/* GitHub holds neither on a private repository below its largest plan. */
static const struct value *
held_by_plan(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct approval *approval = approval_into(ir, environment);
        if (is_value_known(environment->github_wait))
            return environment->github_wait;
        if (approval != NULL && is_value_known(approval->count))
            return approval->count;
    }
    return NULL;
}

void
check_plan(struct check *check)
{
    const struct project *project = check->ir->project;
    const struct value *held = held_by_plan(check->ir);
    if (held == NULL || !is_value_known(project->plan) ||
        !is_value_known(project->visibility) ||
        has_choice(project->visibility, STR("public")) ||
        has_choice(project->plan, STR("enterprise")))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B18, held->span, STRS(project->plan->text));
    diag_label(diag, "GitHub refuses to hold it", NO_STRS);
    diag_note(diag, project->plan->span, "the repository is {}, on this plan",
              STRS(project->visibility->text));
    diag_help(
        diag,
        "reviewers and waiting times on private repositories take GitHub Enterprise",
        NO_STRS);
}

/* ---- which branches may use it ------------------------------------------ */

static void
report_branch(struct check *check, const struct environment *environment,
              const struct value *branch, struct str shown)
{
    if (is_reported_at(check, DIAG_B09, branch->span))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B09, branch->span,
                                 STRS(environment->name, shown));
    diag_label(diag, "who can push there can deploy here", NO_STRS);
    diag_note(diag, environment->branch->span, "its own branch", NO_STRS);
    diag_help(diag, "leave `branches` out: only its own may", NO_STRS);
    diag_about(diag, environment->name);
}

/* A protected branch that is not its own, or NULL. */
static const struct protection *
other_protection(const struct ir *ir, struct str own)
{
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct value *branch = ir->protections[i].branch;
        if (is_value_known(branch) && !is_str_equal(branch->text, own))
            return &ir->protections[i];
    }
    return NULL;
}

static void
check_branch(struct check *check, const struct environment *environment,
             const struct value *branch)
{
    struct str own = environment->branch->text;
    const struct protection *other = other_protection(check->ir, own);
    if (is_str_equal(branch->text, STR("any")))
        report_branch(check, environment, branch, STR("any branch"));
    else if (is_str_equal(branch->text, STR("protected")) && other != NULL)
        report_branch(
            check, environment, branch,
            arena_format(check->arena, "`{}`", STRS(other->branch->text)));
    else if (is_one_branch(branch->text) && !is_str_equal(branch->text, own))
        report_branch(check, environment, branch,
                      arena_format(check->arena, "`{}`", STRS(branch->text)));
}

/* Neither by name nor by a word may its own branch deploy there. */
static bool
shuts_own_out(const struct ir *ir, const struct environment *environment)
{
    const struct value *branches = environment->github_branches;
    struct str own = environment->branch->text;
    if (choice_count(branches) == 0 || has_choice(branches, STR("own")) ||
        has_choice(branches, STR("any")) || has_choice(branches, own))
        return false;
    return !has_choice(branches, STR("protected")) ||
           (ir->protection_count > 0 && protection_find(ir, own) == NULL);
}

/* GitHub refuses it (B10), so nobody knows which branches are meant. */
static bool
is_of_both_forms(const struct value *branches)
{
    return has_choice(branches, STR("protected")) && choice_count(branches) > 1;
}

static void
check_branches(struct check *check, const struct environment *environment)
{
    const struct value *branches = environment->github_branches;
    if (!is_value_known(environment->branch) ||
        shuts_own_out(check->ir, environment) ||
        (is_of_both_forms(branches) &&
         !is_allowed(check, DIAG_B10, environment->name)))
        return;
    for (size_t i = 0; i < choice_count(branches); i++)
        check_branch(check, environment, choice_at(branches, i));
}

void
check_environment_branches(struct check *check)
{
    each_environment(check, check_branches);
}

static void
check_policy(struct check *check, const struct environment *environment)
{
    const struct value *branches = environment->github_branches;
    if (!is_of_both_forms(branches) ||
        is_reported_at(check, DIAG_B10, branches->span))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B10, branches->span,
                                 STRS(environment->name));
    diag_label(diag, "GitHub takes the one or the other", NO_STRS);
    diag_help(diag, "name the branches, or write `branches protected`",
              NO_STRS);
    diag_about(diag, environment->name);
}

void
check_policy_forms(struct check *check)
{
    each_environment(check, check_policy);
}

static void
check_unprotected(struct check *check, const struct environment *environment)
{
    const struct value *branches = environment->github_branches;
    if (!has_choice(branches, STR("protected")) ||
        check->ir->protection_count > 0 ||
        is_reported_at(check, DIAG_B11, branches->span))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B11, branches->span,
                                 STRS(environment->name));
    diag_label(diag, "then GitHub lets every branch in", NO_STRS);
    diag_help(diag, "protect its branch, or leave `branches` out", NO_STRS);
    diag_about(diag, environment->name);
}

void
check_protected_branches(struct check *check)
{
    each_environment(check, check_unprotected);
}

static void
check_own(struct check *check, const struct environment *environment)
{
    if (!is_value_known(environment->branch) ||
        !shuts_own_out(check->ir, environment))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B27, environment->github_branches->span,
                 STRS(environment->name, environment->branch->text));
    diag_label(diag, "its releases are refused", NO_STRS);
    diag_note(diag, environment->branch->span, "a push to it deploys here",
              NO_STRS);
    diag_help(diag, "add `own`", NO_STRS);
    diag_about(diag, environment->name);
}

void
check_own_branch(struct check *check)
{
    each_environment(check, check_own);
}

/* ---- waiting, tags ------------------------------------------------------ */

static void
check_wait(struct check *check, const struct environment *environment)
{
    const struct value *wait = environment->github_wait;
    if (!is_value_known(wait) ||
        (wait->number >= MINUTE_MS && wait->number % MINUTE_MS == 0 &&
         wait->number / MINUTE_MS <= WAIT_MINUTES_MAX) ||
        is_reported_at(check, DIAG_B22, wait->span))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B22, wait->span,
                                 STRS(environment->name, wait->text));
    diag_help(diag, "GitHub takes whole minutes, `1min` to `30d`", NO_STRS);
    diag_about(diag, environment->name);
}

void
check_wait_timer(struct check *check)
{
    each_environment(check, check_wait);
}

static void
check_tag(struct check *check, const struct environment *environment)
{
    if (!environment->is_tag_unprotected ||
        !has_tag_part(environment, STR("version")) ||
        !is_last_environment(check->ir, environment) ||
        is_reported_at(check, DIAG_B21, environment->tag_unprotected_span))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B21, environment->tag_unprotected_span,
                 STRS(environment->name));
    diag_label(diag, "a release's tag could be moved to other content",
               NO_STRS);
    diag_help(diag, "leave it out: a ruleset keeps `v*` where it was made",
              NO_STRS);
    diag_about(diag, environment->name);
}

void
check_release_tags(struct check *check)
{
    each_environment(check, check_tag);
}
