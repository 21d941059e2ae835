/*
 * Questions about the hosting service; see ir/ir.h for the shapes.
 */
#include "ir/hosting.h"

#include "ir/release.h"

size_t
choice_count(const struct value *value)
{
    if (!is_value_known(value))
        return 0;
    return value->kind == VALUE_LIST ? value->item_count : 1;
}

const struct value *
choice_at(const struct value *value, size_t index)
{
    return value->kind == VALUE_LIST ? &value->items[index] : value;
}

bool
has_choice(const struct value *value, struct str word)
{
    for (size_t i = 0; i < choice_count(value); i++) {
        if (is_str_equal(choice_at(value, i)->text, word))
            return true;
    }
    return false;
}

const struct protection *
protection_find(const struct ir *ir, struct str branch)
{
    for (size_t i = 0; i < ir->protection_count; i++) {
        if (has_choice(ir->protections[i].branch, branch))
            return &ir->protections[i];
    }
    return NULL;
}

const struct environment *
production_of_branch(const struct ir *ir, struct str branch)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (environment->tier == TIER_PRODUCTION &&
            has_choice(environment->branch, branch))
            return environment;
    }
    return NULL;
}

bool
needs_last_push_approval(const struct ir *ir,
                         const struct protection *protection)
{
    if (is_value_known(protection->last_push))
        return has_choice(protection->last_push, STR("approved"));
    return is_value_known(protection->branch) &&
           production_of_branch(ir, protection->branch->text) != NULL;
}

bool
is_one_branch(struct str name)
{
    return !is_str_equal(name, STR("own")) && !is_str_equal(name, STR("any")) &&
           !is_str_equal(name, STR("protected"));
}

bool
takes_own_branch(const struct environment *environment)
{
    const struct value *branches = environment->github_branches;
    return !is_value_known(branches) || has_choice(branches, STR("own"));
}

/* GitHub lets all in where only protected branches may, and none is. */
bool
is_branch_taken(const struct ir *ir, const struct environment *environment,
                struct str branch)
{
    const struct value *branches = environment->github_branches;
    return has_choice(branches, STR("any")) ||
           (takes_own_branch(environment) &&
            has_choice(environment->branch, branch)) ||
           (is_one_branch(branch) && has_choice(branches, branch)) ||
           (has_choice(branches, STR("protected")) &&
            (ir->protection_count == 0 || protection_find(ir, branch) != NULL));
}

bool
is_ruleset(const struct protection *protection)
{
    return !has_choice(protection->rules, STR("classic"));
}

bool
is_classic(const struct protection *protection)
{
    return has_choice(protection->rules, STR("classic")) ||
           has_choice(protection->rules, STR("both"));
}

bool
has_release_tags(const struct ir *ir, const struct environment *environment)
{
    return has_pipeline(ir, environment) &&
           is_last_environment(ir, environment) &&
           has_tag_part(environment, STR("version"));
}

const struct approval *
approval_into(const struct ir *ir, const struct environment *environment)
{
    const struct step *step =
        deploy_step_find(environment->deploy, STEP_APPROVE);
    const struct approval *most = step == NULL ? NULL : step->approval;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct approval *approval = ir->promotions[i].approval;
        if (ir->promotions[i].to == environment &&
            (most == NULL || approval_number(approval) > approval_number(most)))
            most = approval;
    }
    return most;
}

/* Who pushes to a branch of production. */
static const struct value *
pushing_team(const struct ir *ir)
{
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct protection *protection = &ir->protections[i];
        if (is_value_known(protection->push) &&
            is_value_known(protection->branch) &&
            production_of_branch(ir, protection->branch->text) != NULL)
            return protection->push;
    }
    return NULL;
}

static const struct value *
approving_teams(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        const struct approval *approval = environment->tier == TIER_PRODUCTION
                                              ? approval_into(ir, environment)
                                              : NULL;
        if (approval != NULL && is_value_known(approval->teams))
            return approval->teams;
    }
    return NULL;
}

const struct value *
owner_teams(const struct ir *ir)
{
    const struct value *owners = ir->project->owners;
    if (has_choice(owners, STR("none")))
        return NULL;
    if (is_value_known(owners))
        return owners;
    owners = pushing_team(ir);
    return owners != NULL ? owners : approving_teams(ir);
}

const struct value *
reviewing_teams(const struct ir *ir, const struct approval *approval)
{
    return is_value_known(approval->teams) ? approval->teams : owner_teams(ir);
}
