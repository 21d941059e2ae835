/*
 * Family B, how far a branch's rules are opened: reviews that outlive what they
 * saw, histories that may be rewritten, two forms that differ, a queue that
 * cannot push.
 */
#include "check/check.h"

#include "ir/hosting.h"

typedef void protection_visit(struct check *check,
                              const struct protection *protection,
                              struct str branch);

/* GitHub's limit for a repository. */
enum { RULESETS_MAX = 75 };

static void
each_protection(struct check *check, protection_visit *visit)
{
    for (size_t i = 0; i < check->ir->protection_count; i++) {
        const struct protection *protection = &check->ir->protections[i];
        if (is_value_known(protection->branch))
            visit(check, protection, protection->branch->text);
    }
}

/* ---- reviews ------------------------------------------------------------ */

static void
check_stale(struct check *check, const struct protection *protection,
            struct str branch)
{
    if (!has_choice(protection->stale_reviews, STR("kept")))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B13,
                                 protection->stale_reviews->span, STRS(branch));
    diag_label(diag, "what was approved may be replaced unseen", NO_STRS);
    diag_help(diag, "leave it out: an approval is dismissed by what follows it",
              NO_STRS);
    diag_about(diag, branch);
}

void
check_stale_reviews(struct check *check)
{
    each_protection(check, check_stale);
}

static void
check_last(struct check *check, const struct protection *protection,
           struct str branch)
{
    const struct environment *environment =
        production_of_branch(check->ir, branch);
    if (environment == NULL || !has_choice(protection->last_push, STR("free")))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B14,
                                 protection->last_push->span, STRS(branch));
    diag_label(diag, "an approver may add the last commit", NO_STRS);
    diag_note(diag, environment->branch->span, "a push to it deploys to `{}`",
              STRS(environment->name));
    diag_help(diag, "leave it out, or write `last-push approved`", NO_STRS);
    diag_about(diag, branch);
}

void
check_last_push(struct check *check)
{
    each_protection(check, check_last);
}

/* ---- history ------------------------------------------------------------ */

static void
report_open(struct check *check, const struct value *allowed, const char *what,
            struct str branch)
{
    if (!is_value_known(allowed))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B15, allowed->span,
                                 STRS(branch, str_from(what)));
    diag_label(diag, "releases are made from its history", NO_STRS);
    diag_help(diag, "leave it out", NO_STRS);
    diag_about(diag, branch);
}

static void
check_history(struct check *check, const struct protection *protection,
              struct str branch)
{
    report_open(check, protection->force_push, "rewritten", branch);
    report_open(check, protection->deletion, "deleted", branch);
}

void
check_open_history(struct check *check)
{
    each_protection(check, check_history);
}

/* ---- what GitHub can hold ----------------------------------------------- */

static void
check_owner(struct check *check, const struct protection *protection,
            struct str branch)
{
    const struct value *owned_by = check->ir->project->owned_by;
    if (!has_choice(owned_by, STR("user")) || !is_value_known(protection->push))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B17, protection->push->span, STRS(branch));
    diag_label(diag, "only an organization has teams", NO_STRS);
    diag_note(diag, owned_by->span, "the repository is a person's", NO_STRS);
    diag_help(diag, "take `push` out: who may write to the repository may push",
              NO_STRS);
    diag_about(diag, branch);
}

void
check_push_owner(struct check *check)
{
    each_protection(check, check_owner);
}

/* What no classic protection can say. */
static const char *
beyond_classic(const struct protection *protection)
{
    if (protection->has_merge_queue)
        return "a merge queue";
    return protection->deployed_count > 0 ? "deployments" : NULL;
}

static void
check_forms(struct check *check, const struct protection *protection,
            struct str branch)
{
    const char *beyond = beyond_classic(protection);
    if (beyond == NULL || !is_classic(protection))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B19, protection->rules->span,
                                 STRS(branch, str_from(beyond)));
    diag_label(diag, "the stricter of the two holds", NO_STRS);
    diag_help(diag, "write `rules ruleset`, or leave it out", NO_STRS);
    diag_about(diag, branch);
}

void
check_two_forms(struct check *check)
{
    each_protection(check, check_forms);
}

static size_t
ruleset_count(const struct protection *protection)
{
    if (!is_ruleset(protection))
        return 0;
    return is_value_known(protection->push) ? 2 : 1;
}

void
check_ruleset_count(struct check *check)
{
    size_t count = 0;
    for (size_t i = 0; i < check->ir->protection_count; i++) {
        const struct protection *protection = &check->ir->protections[i];
        size_t before = count;
        count += ruleset_count(protection);
        if (before > RULESETS_MAX || count <= RULESETS_MAX)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_B20, protection->span, NO_STRS);
        diag_label(diag, "its ruleset is over the limit", NO_STRS);
        diag_help(diag, "write `rules classic` for some branches", NO_STRS);
    }
}

static void
check_queue(struct check *check, const struct protection *protection,
            struct str branch)
{
    if (!protection->has_merge_queue || !is_value_known(protection->push))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B25,
                                 protection->merge_queue_span, STRS(branch));
    diag_label(diag, "it merges as a robot, which is of no team", NO_STRS);
    diag_note(diag, protection->push->span, "only this team may push", NO_STRS);
    diag_help(diag, "take `push` out: the queue takes only what is approved",
              NO_STRS);
    diag_about(diag, branch);
}

void
check_queue_push(struct check *check)
{
    each_protection(check, check_queue);
}

/* ---- owners ------------------------------------------------------------- */

/* Who changes the program or a workflow changes what is deployed. */
void
check_code_owners(struct check *check)
{
    const struct ir *ir = check->ir;
    const struct project *project = ir->project;
    if (!is_value_known(project->repository) || owner_teams(ir) != NULL)
        return;
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct value *branch = ir->protections[i].branch;
        if (!is_value_known(branch) ||
            production_of_branch(ir, branch->text) == NULL)
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_B24,
                                     is_value_known(project->owners)
                                         ? project->owners->span
                                         : project->repository->span,
                                     NO_STRS);
        diag_label(diag, "nobody is asked when they change", NO_STRS);
        diag_note(diag, branch->span, "they say what is released from here",
                  NO_STRS);
        diag_help(diag, "write `owners [TEAM]` in `project`", NO_STRS);
        return;
    }
}
