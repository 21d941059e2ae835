#include "emit/hosting/rulesets.h"

#include "ir/release.h"

enum {
    GITHUB_ACTIONS = 15368, /* the app that reports its checks */
    ROLE_ADMIN = 5,         /* of a repository */
    QUEUE_TIMEOUT_MINUTES = 60,
    QUEUE_ENTRIES_MAX = 5,
    QUEUE_WAIT_MINUTES = 5,
};

static void ruleset_start(struct json *json, struct str name,
                          const char *target);
static void emit_rules(struct json *json, const struct ir *ir,
                       const struct protection *protection);
static void emit_push_ruleset(struct hosting *hosting,
                              const struct protection *protection);

int64_t
check_app(struct str check)
{
    return is_str_equal(check, STR("verify")) ||
                   is_str_equal(check, STR("generated"))
               ? GITHUB_ACTIONS
               : 0;
}

/* ---- parts -------------------------------------------------------------- */

static void
ruleset_start(struct json *json, struct str name, const char *target)
{
    json_item_object(json);
    json_text(json, "name", name);
    json_text(json, "target", str_from(target));
    json_text(json, "enforcement", STR("active"));
}

static void
emit_admins(struct json *json)
{
    json_item_object(json);
    json_number(json, "actor_id", ROLE_ADMIN);
    json_text(json, "actor_type", STR("RepositoryRole"));
    json_text(json, "bypass_mode", STR("always"));
    json_end(json);
}

static void
emit_team(struct json *json, struct str slug)
{
    json_item_object(json);
    json_text(json, "slug", slug);
    json_text(json, "actor_type", STR("Team"));
    json_text(json, "bypass_mode", STR("always"));
    json_end(json);
}

static void
emit_conditions(struct json *json, struct str reference)
{
    json_object(json, "conditions");
    json_object(json, "ref_name");
    json_array(json, "include");
    json_item_text(json, reference);
    json_end(json);
    json_array(json, "exclude");
    json_end(json);
    json_end(json);
    json_end(json);
}

static void
rule_start(struct json *json, const char *type)
{
    json_item_object(json);
    json_text(json, "type", str_from(type));
    json_object(json, "parameters");
}

static void
rule_end(struct json *json)
{
    json_end(json);
    json_end(json);
}

static void
emit_plain_rule(struct json *json, const char *type, bool is_wanted)
{
    if (!is_wanted)
        return;
    json_item_object(json);
    json_text(json, "type", str_from(type));
    json_end(json);
}

/* ---- a branch ----------------------------------------------------------- */

static struct str
branch_reference(struct arena *arena, const struct protection *protection)
{
    return arena_format(arena, "refs/heads/{}", STRS(protection->branch->text));
}

void
emit_ruleset(struct hosting *hosting, const struct protection *protection)
{
    struct str branch = protection->branch->text;
    struct json json =
        hosting_file(hosting, "rulesets/", branch, protection->span);
    ruleset_start(&json, arena_format(hosting->arena, "broxc {}", STRS(branch)),
                  "branch");
    json_array(&json, "bypass_actors");
    if (protection->admins_bypass)
        emit_admins(&json);
    json_end(&json);
    emit_conditions(&json, branch_reference(hosting->arena, protection));
    json_array(&json, "rules");
    emit_rules(&json, hosting->ir, protection);
    json_end(&json);
    json_end(&json);
    if (is_value_known(protection->push))
        emit_push_ruleset(hosting, protection);
}

/* GitHub's word for it is `update`: nobody may move the branch but those who
 * pass by. */
static void
emit_push_ruleset(struct hosting *hosting, const struct protection *protection)
{
    struct arena *arena = hosting->arena;
    struct str branch = protection->branch->text;
    struct json json = hosting_file(
        hosting, "rulesets/", arena_format(arena, "{}-push", STRS(branch)),
        protection->span);
    ruleset_start(&json, arena_format(arena, "broxc {} push", STRS(branch)),
                  "branch");
    json_array(&json, "bypass_actors");
    emit_team(&json, protection->push->text);
    if (protection->admins_bypass)
        emit_admins(&json);
    json_end(&json);
    emit_conditions(&json, branch_reference(arena, protection));
    json_array(&json, "rules");
    rule_start(&json, "update");
    json_bool(&json, "update_allows_fetch_and_merge", false);
    rule_end(&json);
    json_end(&json);
    json_end(&json);
}

static void
emit_pull_request(struct json *json, const struct ir *ir,
                  const struct protection *protection)
{
    bool has_reviews = is_value_known(protection->reviews);
    if (!has_reviews && !protection->resolves_conversations &&
        !protection->needs_code_owners)
        return;
    rule_start(json, "pull_request");
    json_number(json, "required_approving_review_count",
                has_reviews ? protection->reviews->number : 0);
    json_bool(json, "dismiss_stale_reviews_on_push",
              !has_choice(protection->stale_reviews, STR("kept")));
    json_bool(json, "require_code_owner_review", protection->needs_code_owners);
    json_bool(json, "require_last_push_approval",
              has_reviews && protection->reviews->number > 0 &&
                  needs_last_push_approval(ir, protection));
    json_bool(json, "required_review_thread_resolution",
              protection->resolves_conversations);
    rule_end(json);
}

/* A branch must be made before its checks can run. */
static void
emit_checks(struct json *json, const struct protection *protection)
{
    if (choice_count(protection->checks) == 0)
        return;
    rule_start(json, "required_status_checks");
    json_bool(json, "strict_required_status_checks_policy",
              protection->is_up_to_date);
    json_bool(json, "do_not_enforce_on_create", true);
    json_array(json, "required_status_checks");
    for (size_t i = 0; i < choice_count(protection->checks); i++) {
        struct str check = choice_at(protection->checks, i)->text;
        json_item_object(json);
        json_text(json, "context", check);
        if (check_app(check) != 0)
            json_number(json, "integration_id", check_app(check));
        json_end(json);
    }
    json_end(json);
    rule_end(json);
}

static void
emit_deployments(struct json *json, const struct protection *protection)
{
    if (protection->deployed_count == 0)
        return;
    rule_start(json, "required_deployments");
    json_array(json, "required_deployment_environments");
    for (size_t i = 0; i < protection->deployed_count; i++) {
        if (is_value_known(protection->deployed[i]->github))
            json_item_text(json, protection->deployed[i]->github->text);
    }
    json_end(json);
    rule_end(json);
}

static struct str
queue_method(const struct protection *protection)
{
    if (has_choice(protection->merge_method, STR("squash")))
        return STR("SQUASH");
    if (has_choice(protection->merge_method, STR("rebase")))
        return STR("REBASE");
    return STR("MERGE");
}

static void
emit_merge_queue(struct json *json, const struct protection *protection)
{
    if (!protection->has_merge_queue)
        return;
    rule_start(json, "merge_queue");
    json_number(json, "check_response_timeout_minutes", QUEUE_TIMEOUT_MINUTES);
    json_text(json, "grouping_strategy", STR("ALLGREEN"));
    json_number(json, "max_entries_to_build", QUEUE_ENTRIES_MAX);
    json_number(json, "max_entries_to_merge", QUEUE_ENTRIES_MAX);
    json_text(json, "merge_method", queue_method(protection));
    json_number(json, "min_entries_to_merge", 1);
    json_number(json, "min_entries_to_merge_wait_minutes", QUEUE_WAIT_MINUTES);
    rule_end(json);
}

static void
emit_rules(struct json *json, const struct ir *ir,
           const struct protection *protection)
{
    emit_plain_rule(json, "deletion", !is_value_known(protection->deletion));
    emit_plain_rule(json, "non_fast_forward",
                    !is_value_known(protection->force_push));
    emit_plain_rule(json, "required_linear_history", protection->is_linear);
    emit_plain_rule(json, "required_signatures", protection->is_signed);
    emit_pull_request(json, ir, protection);
    emit_checks(json, protection);
    emit_deployments(json, protection);
    emit_merge_queue(json, protection);
}

/* ---- tags --------------------------------------------------------------- */

/* A release's tag is made once: it is neither moved nor deleted. Who may make
 * one is not said, since the pipeline's own token cannot pass by a ruleset. */
static void
emit_tag_ruleset(struct hosting *hosting, const struct environment *environment)
{
    struct json json = hosting_file(hosting, "rulesets/", STR("release-tags"),
                                    environment->tag->span);
    ruleset_start(&json, STR("broxc release tags"), "tag");
    json_array(&json, "bypass_actors");
    json_end(&json);
    emit_conditions(&json, STR("refs/tags/v*"));
    json_array(&json, "rules");
    emit_plain_rule(&json, "deletion", true);
    emit_plain_rule(&json, "non_fast_forward", true);
    rule_start(&json, "update");
    json_bool(&json, "update_allows_fetch_and_merge", false);
    rule_end(&json);
    json_end(&json);
    json_end(&json);
}

void
emit_tag_rulesets(struct hosting *hosting)
{
    const struct ir *ir = hosting->ir;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (has_release_tags(ir, environment) &&
            !environment->is_tag_unprotected) {
            emit_tag_ruleset(hosting, environment);
            return;
        }
    }
}
