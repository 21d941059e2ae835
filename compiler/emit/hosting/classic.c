/*
 * Four keys must be there even when they say nothing: checks, admins, reviews,
 * restrictions.
 */
#include "emit/hosting/classic.h"

#include "emit/hosting/rulesets.h"

static void
emit_checks(struct json *json, const struct protection *protection)
{
    if (choice_count(protection->checks) == 0) {
        json_null(json, "required_status_checks");
        return;
    }
    json_object(json, "required_status_checks");
    json_bool(json, "strict", protection->is_up_to_date);
    json_array(json, "checks");
    for (size_t i = 0; i < choice_count(protection->checks); i++) {
        struct str check = choice_at(protection->checks, i)->text;
        json_item_object(json);
        json_text(json, "context", check);
        if (check_app(check) != 0)
            json_number(json, "app_id", check_app(check));
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static void
emit_reviews(struct json *json, const struct ir *ir,
             const struct protection *protection)
{
    if (!is_value_known(protection->reviews) &&
        !protection->needs_code_owners) {
        json_null(json, "required_pull_request_reviews");
        return;
    }
    json_object(json, "required_pull_request_reviews");
    json_bool(json, "dismiss_stale_reviews",
              !has_choice(protection->stale_reviews, STR("kept")));
    json_bool(json, "require_code_owner_reviews",
              protection->needs_code_owners);
    json_number(
        json, "required_approving_review_count",
        is_value_known(protection->reviews) ? protection->reviews->number : 0);
    json_bool(json, "require_last_push_approval",
              needs_last_push_approval(ir, protection));
    json_end(json);
}

static void
emit_restrictions(struct json *json, const struct protection *protection)
{
    if (!is_value_known(protection->push)) {
        json_null(json, "restrictions");
        return;
    }
    json_object(json, "restrictions");
    json_array(json, "users");
    json_end(json);
    json_array(json, "teams");
    json_item_text(json, protection->push->text);
    json_end(json);
    json_array(json, "apps");
    json_end(json);
    json_end(json);
}

void
emit_classic(struct hosting *hosting, const struct protection *protection)
{
    struct json json = hosting_file(hosting, "branches/",
                                    protection->branch->text, protection->span);
    json_item_object(&json);
    json_text(&json, "branch", protection->branch->text);
    json_bool(&json, "required_signatures", protection->is_signed);
    json_object(&json, "protection");
    emit_checks(&json, protection);
    json_bool(&json, "enforce_admins", !protection->admins_bypass);
    emit_reviews(&json, hosting->ir, protection);
    emit_restrictions(&json, protection);
    json_bool(&json, "required_linear_history", protection->is_linear);
    json_bool(&json, "allow_force_pushes",
              is_value_known(protection->force_push));
    json_bool(&json, "allow_deletions", is_value_known(protection->deletion));
    json_bool(&json, "block_creations", false);
    json_bool(&json, "required_conversation_resolution",
              protection->resolves_conversations);
    json_bool(&json, "lock_branch", false);
    json_bool(&json, "allow_fork_syncing", false);
    json_end(&json);
    json_end(&json);
}
