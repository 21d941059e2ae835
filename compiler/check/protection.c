/*
 * Family B: branches' rules, and approvals that GitHub can hold.
 */
#include "check/check.h"

#include "check/workflow_triggers.h"
#include "ir/hosting.h"
#include "ir/release.h"

/* Approvals by different people, each a GitHub environment of its own. */
enum { REVIEWS_MAX = 6, APPROVALS_MAX = 20 };

/* The jobs of verify.yml, which runs on every pull request. */
static bool
is_reported(struct str name)
{
    return is_str_equal(name, STR("verify")) ||
           is_str_equal(name, STR("generated"));
}

/* What has that name and runs too late: it follows a push. */
static void
note_too_late(struct check *check, struct diag *diag, struct str name,
              struct str branch)
{
    struct span job;
    if (own_job_find(check, name, &job)) {
        diag_note(diag, job,
                  "this job does not run on every pull request to `{}`",
                  STRS(branch));
        return;
    }
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (environment->deploy == NULL ||
            !has_choice(environment->branch, branch))
            continue;
        diag_note(diag, environment->branch->span,
                  "the release to `{}` runs when it is merged already",
                  STRS(environment->name));
        return;
    }
}

static void
report_unreported(struct check *check, const struct protection *protection,
                  const struct value *name)
{
    struct str branch = protection->branch->text;
    struct diag *diag =
        diag_add(check->sink, DIAG_B01, name->span, STRS(name->text, branch));
    diag_label(diag, "every pull request would wait for it for ever", NO_STRS);
    note_too_late(check, diag, name->text, branch);
    diag_help(
        diag,
        "require `verify`, or name the workflow of your own that reports it: `workflow FILE`",
        NO_STRS);
    diag_about(diag, branch);
}

static void
check_protection_checks(struct check *check,
                        const struct protection *protection)
{
    const struct value *checks = protection->checks;
    if (checks == NULL || checks->kind != VALUE_LIST)
        return;
    for (size_t i = 0; i < checks->item_count; i++) {
        const struct value *name = &checks->items[i];
        if (!is_value_known(name) || is_reported(name->text) ||
            is_reported_by_own(check, name->text, protection->branch->text))
            continue;
        report_unreported(check, protection, name);
    }
}

void
check_required_checks(struct check *check)
{
    for (size_t i = 0; i < check->ir->protection_count; i++) {
        if (is_value_known(check->ir->protections[i].branch))
            check_protection_checks(check, &check->ir->protections[i]);
    }
}

void
check_admins_bypass(struct check *check)
{
    for (size_t i = 0; i < check->ir->protection_count; i++) {
        const struct protection *protection = &check->ir->protections[i];
        if (!protection->admins_bypass || !is_value_known(protection->branch))
            continue;
        const struct environment *environment =
            production_of_branch(check->ir, protection->branch->text);
        if (environment == NULL)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_B04, protection->admins_span,
                     STRS(protection->branch->text));
        diag_label(diag, "no review and no check holds them back", NO_STRS);
        diag_note(diag, environment->branch->span,
                  "a push to it deploys to `{}`", STRS(environment->name));
        diag_help(
            diag,
            "take `admins bypass` out, or `allow B04 on {} \"…\"` and say why",
            STRS(protection->branch->text));
        diag_about(diag, protection->branch->text);
    }
}

void
check_review_counts(struct check *check)
{
    for (size_t i = 0; i < check->ir->protection_count; i++) {
        const struct protection *protection = &check->ir->protections[i];
        if (!is_value_known(protection->reviews) ||
            protection->reviews->number <= REVIEWS_MAX)
            continue;
        struct diag *diag = diag_add(
            check->sink, DIAG_B12, protection->reviews->span,
            STRS(arena_number(check->arena, protection->reviews->number)));
        diag_help(diag, "GitHub takes 0 to 6 reviews", NO_STRS);
        if (is_value_known(protection->branch))
            diag_about(diag, protection->branch->text);
    }
}

static void
check_approval_count(struct check *check, const struct approval *approval,
                     struct str object)
{
    if (approval == NULL || !is_value_known(approval->count) ||
        (approval->count->number >= 1 &&
         approval->count->number <= APPROVALS_MAX))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B05, approval->count->span,
                 STRS(arena_number(check->arena, approval->count->number)));
    diag_help(diag, "ask for 1 to 20 people, or write `approve optional`",
              NO_STRS);
    diag_about(diag, object);
}

void
check_approval_counts(struct check *check)
{
    const struct ir *ir = check->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct deploy *deploy = ir->environments[i]->deploy;
        for (size_t j = 0; deploy != NULL && j < deploy->step_count; j++)
            check_approval_count(check, deploy->steps[j].approval,
                                 ir->environments[i]->name);
    }
    for (size_t i = 0; i < ir->promotion_count; i++)
        check_approval_count(check, ir->promotions[i].approval,
                             ir->promotions[i].to->name);
}

/* With two approvals before the deployment, two people have agreed already;
 * with one, whoever gave it could open the switch alone. */
static void
check_both_gates(struct check *check, const struct environment *environment)
{
    const struct step *change =
        deploy_step_find(environment->deploy, STEP_SWITCH);
    const struct step *approve =
        deploy_step_find(environment->deploy, STEP_APPROVE);
    if (change == NULL || approval_number(change->approval) != 1 ||
        approve == NULL || approval_count(check->ir, environment) != 1 ||
        !is_value_known(change->approval->teams) ||
        !is_value_equal(change->approval->teams, approve->approval->teams))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B08, change->approval->teams->span,
                 STRS(environment->name));
    diag_label(diag, "of the same team", NO_STRS);
    diag_note(diag, approve->approval->span, "the release is approved by it",
              NO_STRS);
    diag_help(diag, "ask two people first, or another team at the switch",
              NO_STRS);
    diag_about(diag, environment->name);
}

void
check_same_reviewers(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        check_both_gates(check, check->ir->environments[i]);
}
