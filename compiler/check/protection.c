/*
 * Family B: branches' rules, and approvals that GitHub can hold.
 */
#include "check/check.h"

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

/* The environment that the branch deploys to. */
static void
note_branch(const struct check *check, struct diag *diag, struct str branch)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (is_value_known(environment->branch) &&
            is_str_equal(environment->branch->text, branch))
            diag_note(diag, environment->branch->span,
                      "nothing new would come to `{}`",
                      STRS(environment->name));
    }
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
        if (!is_value_known(name) || is_reported(name->text))
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_B01, name->span,
                     STRS(name->text, protection->branch->text));
        diag_label(diag, "every pull request would wait for it for ever",
                   NO_STRS);
        note_branch(check, diag, protection->branch->text);
        diag_help(
            diag,
            "require `verify`, or `allow B01 on {} \"…\"` when a workflow of your own reports it",
            STRS(protection->branch->text));
        diag_about(diag, protection->branch->text);
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

/* The production environment that the branch deploys to, or NULL. */
static const struct environment *
production_of(const struct ir *ir, struct str branch)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (environment->tier == TIER_PRODUCTION &&
            is_value_known(environment->branch) &&
            is_str_equal(environment->branch->text, branch))
            return environment;
    }
    return NULL;
}

void
check_admins_bypass(struct check *check)
{
    for (size_t i = 0; i < check->ir->protection_count; i++) {
        const struct protection *protection = &check->ir->protections[i];
        if (!protection->admins_bypass || !is_value_known(protection->branch))
            continue;
        const struct environment *environment =
            production_of(check->ir, protection->branch->text);
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
