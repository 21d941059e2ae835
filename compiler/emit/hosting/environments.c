/*
 * A file holds the body of PUT /repos/OWNER/NAME/environments/ENVIRONMENT under
 * `settings`, those of POST …/deployment-branch-policies under
 * `branch_policies`, and the names of what must be set there.
 */
#include "emit/hosting/environments.h"

#include "emit/hosting/inventory.h"
#include "emit/workflows/plan.h"
#include "emit/workflows/preview.h"
#include "ir/hosting.h"

enum { MINUTE_MS = 60 * 1000 };

/* Names the file's environment, its waiting time and who reviews. */
struct guard {
    struct str name;
    const struct environment *environment; /* whose branches may use it; NULL:
                                              any */
    const struct value *reviewers;         /* or NULL */
    bool prevents_self_review;
    int64_t wait_minutes;
    struct span span;
};

static bool
has_custom_branches(const struct environment *environment)
{
    const struct value *branches = environment->github_branches;
    if (takes_own_branch(environment))
        return true;
    for (size_t i = 0; i < choice_count(branches); i++) {
        if (is_one_branch(choice_at(branches, i)->text))
            return true;
    }
    return false;
}

static void
emit_policy(struct json *json, const struct environment *environment)
{
    if (environment == NULL ||
        has_choice(environment->github_branches, STR("any"))) {
        json_null(json, "deployment_branch_policy");
        return;
    }
    const struct value *branches = environment->github_branches;
    json_object(json, "deployment_branch_policy");
    json_bool(json, "protected_branches",
              has_choice(branches, STR("protected")));
    json_bool(json, "custom_branch_policies", has_custom_branches(environment));
    json_end(json);
}

static void
emit_branch(struct json *json, struct str name)
{
    json_item_object(json);
    json_text(json, "name", name);
    json_text(json, "type", STR("branch"));
    json_end(json);
}

static void
emit_branches(struct json *json, const struct environment *environment)
{
    const struct value *branches =
        environment == NULL ? NULL : environment->github_branches;
    bool is_any = environment == NULL || has_choice(branches, STR("any"));
    json_array(json, "branch_policies");
    if (!is_any && takes_own_branch(environment))
        emit_branch(json, environment->branch->text);
    for (size_t i = 0; !is_any && i < choice_count(branches); i++) {
        if (is_one_branch(choice_at(branches, i)->text))
            emit_branch(json, choice_at(branches, i)->text);
    }
    json_end(json);
}

static struct json
guard_start(struct hosting *hosting, const struct guard *guard)
{
    struct json json =
        hosting_file(hosting, "environments/", guard->name, guard->span);
    json_item_object(&json);
    json_text(&json, "name", guard->name);
    json_object(&json, "settings");
    json_number(&json, "wait_timer", guard->wait_minutes);
    json_bool(&json, "prevent_self_review", guard->prevents_self_review);
    json_reviewers(&json, guard->reviewers);
    emit_policy(&json, guard->environment);
    json_end(&json);
    emit_branches(&json, guard->environment);
    return json;
}

static void
emit_deploying(struct hosting *hosting, const struct environment *environment)
{
    struct guard guard = {.name = environment->github->text,
                          .environment = environment,
                          .span = environment->span};
    if (is_value_known(environment->github_wait))
        guard.wait_minutes = environment->github_wait->number / MINUTE_MS;
    struct json json = guard_start(hosting, &guard);
    json_needs(&json, hosting->ir, environment);
    json_end(&json);
}

/* Pull requests are of every branch: what the identity may do in the cluster is
 * what holds them. */
static void
emit_preview_guard(struct hosting *hosting, const struct preview *preview)
{
    struct guard guard = {.name = STR(PREVIEW_GITHUB), .span = preview->span};
    struct json json = guard_start(hosting, &guard);
    json_identity_needs(&json, hosting->ir, preview->from);
    json_end(&json);
}

/* A gate that may be held, `approve optional`, has no reviewers of ours. */
static void
emit_gate(struct hosting *hosting, const struct environment *environment,
          const struct job *job)
{
    const struct approval *approval = job->approval;
    const struct value *teams = approval != NULL && !approval->is_optional
                                    ? reviewing_teams(hosting->ir, approval)
                                    : NULL;
    struct guard guard = {
        .name = job->gate,
        .environment = environment,
        .reviewers = teams,
        .prevents_self_review = approval != NULL && choice_count(teams) > 0 &&
                                !is_value_known(approval->self_review),
        .span = approval != NULL ? approval->span : environment->span};
    struct json json = guard_start(hosting, &guard);
    json_array(&json, "variables");
    json_end(&json);
    json_array(&json, "secrets");
    json_end(&json);
    json_end(&json);
}

/* Two environments of one name are one at GitHub: the first describes it. */
static bool
is_new(struct map *names, struct str name)
{
    if (map_find(names, name) != NULL)
        return false;
    map_put(names, name, names);
    return true;
}

void
emit_environments(struct hosting *hosting)
{
    const struct ir *ir = hosting->ir;
    struct map names;
    map_init(&names, hosting->arena);
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (!has_pipeline(ir, environment))
            continue;
        struct pipeline pipeline =
            plan_pipeline(hosting->arena, ir, environment);
        if (is_new(&names, environment->github->text))
            emit_deploying(hosting, environment);
        for (size_t j = 0; j < pipeline_job_count(&pipeline); j++) {
            const struct job *job = pipeline_job(&pipeline, j);
            if (job->kind == JOB_GATE && is_new(&names, job->gate))
                emit_gate(hosting, environment, job);
        }
    }
    if (has_preview(ir) && is_new(&names, STR(PREVIEW_GITHUB)))
        emit_preview_guard(hosting, ir->preview);
}
