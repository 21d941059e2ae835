/*
 * Family B, checks that workflows of the user's own report: whether they come,
 * whether they can be passed by, and what those workflows push.
 */
#include "check/workflow_jobs.h"

#include "base/buf.h"
#include "check/raw_values.h"
#include "ir/hosting.h"

/* A required check, and the job of the user's own that reports it. */
struct required {
    const struct protection *protection;
    const struct value *name;
    const struct workflow_job *job;
};

typedef void required_visit(struct check *check,
                            const struct required *required);

/* ---- which job reports -------------------------------------------------- */

/* Behind the job's name stand `(VALUE)` of its matrix, or `/ JOB` of the
 * workflow that it calls. An expression in the name may become anything. */
static bool
is_check_of(const struct workflow_job *job, struct str check)
{
    struct str name = raw_text_at(job->raw, STR("name"));
    struct str called = is_str_empty(name) ? job->name : name;
    bool is_matrix = raw_at(job->raw, "strategy.matrix") != NULL;
    bool is_call = raw_find(job->raw, STR("uses")) != NULL;
    for (size_t i = 0; i + 2 < called.len; i++) {
        if (has_prefix(str_slice(called, i, called.len), STR("${{")))
            return has_prefix(check, str_slice(called, 0, i));
    }
    if (!has_prefix(check, called))
        return false;
    struct str rest = str_slice(check, called.len, check.len);
    if (is_str_empty(rest))
        return !is_call && !is_matrix;
    return (is_matrix && has_prefix(rest, STR(" ("))) ||
           (is_call && has_prefix(rest, STR(" / ")));
}

static void
each_reporting(struct check *check, const struct protection *protection,
               const struct value *name, required_visit *visit)
{
    struct str branch = protection->branch->text;
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        const struct raw *jobs = raw_find(file->root, STR("jobs"));
        for (size_t j = 0;
             reports_on(check, file, branch) && j < jobs->entry_count; j++) {
            struct workflow_job job =
                workflow_job_of(check, file, &jobs->entries[j]);
            struct required required = {protection, name, &job};
            if (is_check_of(&job, name->text))
                visit(check, &required);
        }
    }
}

/* Calls `visit` for each required check and each job that reports it. */
static void
each_required(struct check *check, required_visit *visit)
{
    for (size_t i = 0; i < check->ir->protection_count; i++) {
        const struct protection *protection = &check->ir->protections[i];
        for (size_t j = 0; is_value_known(protection->branch) &&
                           j < choice_count(protection->checks);
             j++) {
            const struct value *name = choice_at(protection->checks, j);
            if (is_value_known(name))
                each_reporting(check, protection, name, visit);
        }
    }
}

bool
is_reported_by_own(struct check *check, struct str name, struct str branch)
{
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        const struct raw *jobs = raw_find(file->root, STR("jobs"));
        for (size_t j = 0;
             reports_on(check, file, branch) && j < jobs->entry_count; j++) {
            struct workflow_job job =
                workflow_job_of(check, file, &jobs->entries[j]);
            if (is_check_of(&job, name))
                return true;
        }
    }
    return false;
}

bool
own_job_find(struct check *check, struct str name, struct span *span)
{
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        const struct raw *jobs = raw_find(file->root, STR("jobs"));
        for (size_t j = 0; j < jobs->entry_count; j++) {
            struct workflow_job job =
                workflow_job_of(check, file, &jobs->entries[j]);
            if (!is_check_of(&job, name))
                continue;
            *span = job.name_span;
            return true;
        }
    }
    return false;
}

static void
note_required(struct diag *diag, const struct required *required)
{
    diag_note(diag, required->name->span, "`{}` requires it",
              STRS(required->protection->branch->text));
    diag_about(diag, required->protection->branch->text);
}

/* ---- B02 ---------------------------------------------------------------- */

static void
judge_paths(struct check *check, const struct required *required)
{
    struct workflow_trigger trigger =
        workflow_trigger(required->job->file, "pull_request");
    const struct raw_entry *paths = trigger_paths(&trigger);
    if (paths == NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B02, paths->key_span,
                                 STRS(required->name->text));
    diag_label(diag, "a pull request that touches nothing here waits for ever",
               NO_STRS);
    note_required(diag, required);
    diag_help(
        diag,
        "run the workflow always, and look at the paths in a job that the required one needs",
        NO_STRS);
}

void
check_path_filters(struct check *check)
{
    each_required(check, judge_paths);
}

/* ---- B03 ---------------------------------------------------------------- */

/* A job behind others is skipped when one of them fails. */
static void
judge_condition(struct check *check, const struct required *required)
{
    const struct raw_entry *condition =
        raw_entry_find(required->job->raw, STR("if"));
    const struct raw_entry *needs =
        raw_entry_find(required->job->raw, STR("needs"));
    const struct raw_entry *guilty = condition != NULL ? condition : needs;
    if (guilty == NULL || (condition != NULL &&
                           (has_text(condition->value->text, "always()") ||
                            has_text(condition->value->text, "!cancelled()"))))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_B03, guilty->key_span,
                                 STRS(required->name->text));
    diag_label(diag,
               condition != NULL
                   ? "when it is skipped, GitHub counts it as passed"
                   : "when one of these fails, it is skipped, and counts as "
                     "passed",
               NO_STRS);
    note_required(diag, required);
    diag_help(
        diag,
        "require a job with `if: always()` that fails unless those that it needs succeeded",
        NO_STRS);
}

void
check_skippable(struct check *check)
{
    each_required(check, judge_condition);
}

/* ---- B23 ---------------------------------------------------------------- */

static void
judge_group(struct check *check, const struct required *required)
{
    const struct protection *protection = required->protection;
    struct workflow_trigger group =
        workflow_trigger(required->job->file, "merge_group");
    struct workflow_trigger request =
        workflow_trigger(required->job->file, "pull_request");
    if (!protection->has_merge_queue || group.is_there)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_B23,
                 request.is_there ? request.span : required->job->name_span,
                 STRS(required->name->text));
    diag_label(diag, "this workflow does not run for a merge group", NO_STRS);
    diag_note(diag, protection->merge_queue_span,
              "pull requests to `{}` wait in a queue",
              STRS(protection->branch->text));
    diag_help(diag, "add `merge_group:` under `on`", NO_STRS);
    diag_about(diag, protection->branch->text);
}

void
check_merge_groups(struct check *check)
{
    each_required(check, judge_group);
}

/* ---- B16 ---------------------------------------------------------------- */

/* Actions that commit and push in a workflow's name. */
static bool
is_pushing_action(const struct raw *step)
{
    static const char *const actions[] = {
        "stefanzweifel/git-auto-commit-action@", "EndBug/add-and-commit@",
        "ad-m/github-push-action@"};
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (uses_action(step, actions[i]))
            return true;
    }
    return false;
}

static bool
is_pushing(const struct raw *step)
{
    struct str run = raw_text_at(step, STR("run"));
    return is_pushing_action(step) ||
           (has_text(run, "git commit") && has_text(run, "git push") &&
            !has_text(run, "commit -S") && !has_text(run, "--gpg-sign") &&
            !has_text(run, "gpgsign"));
}

/* It is on the branch, may be started there by hand, or names it. */
static bool
may_push_to(struct check *check, const struct workflow_file *file,
            const struct raw *step, struct str branch)
{
    struct workflow_trigger push = workflow_trigger(file, "push");
    return trigger_takes_branch(check, &push, branch) ||
           workflow_trigger(file, "workflow_dispatch").is_there ||
           has_name(raw_text_at(step, STR("run")), branch);
}

static void
judge_push(struct check *check, const struct workflow_job *job,
           const struct raw *step)
{
    const struct ir *ir = check->ir;
    const struct raw_entry *what = raw_entry_find(step, STR("run"));
    if (!is_pushing(step))
        return;
    if (what == NULL)
        what = raw_entry_find(step, STR("uses"));
    for (size_t i = 0; i < ir->protection_count; i++) {
        const struct protection *protection = &ir->protections[i];
        if (!protection->is_signed || !is_value_known(protection->branch) ||
            !may_push_to(check, job->file, step, protection->branch->text))
            continue;
        struct diag *diag = diag_add(check->sink, DIAG_B16, what->key_span,
                                     STRS(job->name, protection->branch->text));
        diag_label(diag, "it commits and pushes without a signature", NO_STRS);
        diag_note(diag, protection->branch->span, "commits here must be signed",
                  NO_STRS);
        diag_help(
            diag,
            "commit through the API, which signs, or sign with `git commit -S`",
            NO_STRS);
        diag_about(diag, protection->branch->text);
        return;
    }
}

void
check_unsigned_pushes(struct check *check)
{
    each_workflow_step(check, judge_push);
}
