/*
 * Family G, how jobs of the user's own run: for how long, beside which others,
 * where, and what becomes of a failure.
 */
#include "check/workflow_jobs.h"

#include "check/raw_values.h"
#include "check/walk.h"

enum {
    INPUTS_MAX = 25,
    MATRIX_MAX = 256,
    JOB_MINUTES_MAX = 6 * 60, /* on GitHub's own machines */
};

static bool
is_call(const struct workflow_job *job)
{
    return raw_find(job->raw, STR("uses")) != NULL;
}

static bool
is_deploying(const struct workflow_job *job)
{
    return has_step(job, is_deploying_step);
}

/* ---- G07, G29 ----------------------------------------------------------- */

static void
judge_timeout(struct check *check, const struct workflow_job *job)
{
    if (is_call(job) || raw_find(job->raw, STR("timeout-minutes")) != NULL)
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G07, job->name_span, job, STRS(job->name));
    diag_label(diag, "GitHub ends it after six hours", NO_STRS);
    diag_help(diag, "write `timeout-minutes` with twice what it takes",
              NO_STRS);
}

void
check_job_timeouts(struct check *check)
{
    each_workflow_job(check, judge_timeout);
}

static void
judge_long_job(struct check *check, const struct workflow_job *job)
{
    const struct raw *limit = raw_find(job->raw, STR("timeout-minutes"));
    int64_t minutes;
    if (limit == NULL || !str_to_number(limit->text, &minutes) ||
        minutes <= JOB_MINUTES_MAX ||
        has_raw_word(raw_find(job->raw, STR("runs-on")), STR("self-hosted")))
        return;
    struct diag *diag = workflow_report(check, DIAG_G29, limit->span, job,
                                        STRS(job->name, STR("six hours")));
    diag_label(diag, "GitHub ends a job on its own machines before", NO_STRS);
    diag_help(diag, "make two jobs of it", NO_STRS);
}

void
check_long_jobs(struct check *check)
{
    each_workflow_job(check, judge_long_job);
}

/* ---- G09, G10, G11 ------------------------------------------------------ */

static void
judge_group(struct check *check, const struct workflow_job *job)
{
    if (!is_deploying(job) || job_concurrency(job) != NULL)
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G09, job->name_span, job, STRS(job->name));
    diag_label(diag, "a second run deploys over the first", NO_STRS);
    diag_help(diag,
              "write `concurrency:` with a `group` of the environment's name",
              NO_STRS);
}

void
check_deploy_groups(struct check *check)
{
    each_workflow_job(check, judge_group);
}

static void
judge_cancelling(struct check *check, const struct workflow_job *job)
{
    const struct raw *groups[] = {
        raw_find(job->raw, STR("concurrency")),
        raw_find(job->file->root, STR("concurrency"))};
    for (size_t i = 0; is_deploying(job) && i < 2; i++) {
        const struct raw *cancels =
            raw_find(groups[i], STR("cancel-in-progress"));
        if (cancels == NULL || is_raw_text(cancels, "false") ||
            is_reported_at(check, DIAG_G10, cancels->span))
            continue;
        struct diag *diag = workflow_report(check, DIAG_G10, cancels->span, job,
                                            STRS(job->name));
        diag_label(diag, "what it leaves is half of each release", NO_STRS);
        diag_note(diag, job->name_span, "this job deploys", NO_STRS);
        diag_help(diag, "write `cancel-in-progress: false`", NO_STRS);
        return;
    }
}

void
check_cancelled_deploys(struct check *check)
{
    each_workflow_job(check, judge_cancelling);
}

static void
judge_queue(struct check *check, const struct workflow_job *job)
{
    const struct raw *group = job_concurrency(job);
    const struct raw *cancels = raw_find(group, STR("cancel-in-progress"));
    if (!is_deploying(job) || group == NULL ||
        raw_find(group, STR("queue")) != NULL ||
        (cancels != NULL && !is_raw_text(cancels, "false")) ||
        is_reported_at(check, DIAG_G11, group->span))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G11, group->span, job, STRS(job->name));
    diag_label(diag, "one run may wait, and a third takes its place", NO_STRS);
    diag_help(
        diag,
        "write `queue: max` when each release must run, `queue: single` when only the newest counts",
        NO_STRS);
}

void
check_waiting_releases(struct check *check)
{
    each_workflow_job(check, judge_queue);
}

/* ---- G15, G16 ----------------------------------------------------------- */

static void
judge_inputs(struct check *check, const struct workflow_file *file)
{
    const struct raw *dispatch = raw_at(file->root, "on.workflow_dispatch");
    const struct raw_entry *inputs = raw_entry_find(dispatch, STR("inputs"));
    size_t count = inputs == NULL ? 0 : raw_key_count(inputs->value);
    if (count <= INPUTS_MAX)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_G15, inputs->key_span,
                 STRS(file->path, arena_number(check->arena, (int64_t)count)));
    diag_label(diag, "GitHub takes 25", NO_STRS);
    diag_help(diag, "put several into one text, or let the program say them",
              NO_STRS);
    diag_about(diag, file->path);
}

void
check_dispatch_inputs(struct check *check)
{
    each_workflow_file(check, judge_inputs);
}

/* How many jobs it makes at the least; 0 where that is worked out when it
 * runs. */
static int64_t
matrix_size(const struct raw *matrix)
{
    int64_t size = 1;
    for (size_t i = 0; i < raw_key_count(matrix); i++) {
        const struct raw_entry *entry = &matrix->entries[i];
        if (is_str_equal(entry->key, STR("include")))
            continue;
        if (is_str_equal(entry->key, STR("exclude")) ||
            entry->value->kind != RAW_LIST)
            return 0;
        if (size <= MATRIX_MAX)
            size *= (int64_t)entry->value->entry_count;
    }
    return size;
}

static void
judge_matrix(struct check *check, const struct workflow_job *job)
{
    const struct raw_entry *matrix =
        raw_entry_find(raw_find(job->raw, STR("strategy")), STR("matrix"));
    if (matrix == NULL || matrix_size(matrix->value) <= MATRIX_MAX)
        return;
    struct diag *diag = workflow_report(check, DIAG_G16, matrix->key_span, job,
                                        STRS(job->name));
    diag_label(diag, "GitHub takes 256 jobs of one matrix", NO_STRS);
    diag_help(diag, "take a list out of it, or make two jobs", NO_STRS);
}

void
check_matrix_sizes(struct check *check)
{
    each_workflow_job(check, judge_matrix);
}

/* ---- G17 ---------------------------------------------------------------- */

static bool
is_in(struct str text, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (is_str_equal(text, str_from(words[i])))
            return true;
    }
    return false;
}

/* What is wrong with a label of GitHub's own kind, or NULL. */
static const char *
label_fault(struct str label)
{
    static const char *const gone[] = {"ubuntu-16.04", "ubuntu-18.04",
                                       "ubuntu-20.04", "windows-2016",
                                       "windows-2019", "macos-10.15",
                                       "macos-11",     "macos-12",
                                       "macos-13",     NULL};
    static const char *const known[] = {"ubuntu-latest",
                                        "ubuntu-slim",
                                        "ubuntu-26.04",
                                        "ubuntu-24.04",
                                        "ubuntu-22.04",
                                        "ubuntu-26.04-arm",
                                        "ubuntu-24.04-arm",
                                        "ubuntu-22.04-arm",
                                        "windows-latest",
                                        "windows-2025",
                                        "windows-2022",
                                        "windows-11-arm",
                                        "macos-latest",
                                        "macos-26",
                                        "macos-15",
                                        "macos-14",
                                        NULL};
    if (is_in(label, gone))
        return "GitHub has taken this image away, and the job waits for ever";
    if (is_in(label, known) || has_prefix(label, STR("macos-")) ||
        (!has_prefix(label, STR("ubuntu-")) &&
         !has_prefix(label, STR("windows-"))))
        return NULL;
    return "GitHub has no such image";
}

static void
judge_label(struct check *check, const struct workflow_job *job)
{
    const struct raw *runs_on = raw_find(job->raw, STR("runs-on"));
    if (has_raw_word(runs_on, STR("self-hosted")))
        return;
    for (size_t i = 0; i < raw_word_count(runs_on); i++) {
        const struct raw *label = raw_word(runs_on, i);
        const char *fault = label_fault(label->text);
        if (fault == NULL)
            continue;
        struct diag *diag = workflow_report(check, DIAG_G17, label->span, job,
                                            STRS(job->name, label->text));
        diag_label(diag, fault, NO_STRS);
        diag_help(
            diag,
            "write `ubuntu-24.04`, or allow it when it is a runner of your own",
            NO_STRS);
    }
}

void
check_runner_labels(struct check *check)
{
    each_workflow_job(check, judge_label);
}

/* ---- G18 ---------------------------------------------------------------- */

static const struct raw *
shell_of(const struct workflow_job *job, const struct raw *step)
{
    const struct raw *shell = raw_find(step, STR("shell"));
    if (shell == NULL)
        shell = raw_at(job->raw, "defaults.run.shell");
    return shell != NULL ? shell
                         : raw_at(job->file->root, "defaults.run.shell");
}

/* Lines that do something. */
static size_t
command_count(struct str run)
{
    size_t count = 0;
    while (!is_str_empty(run)) {
        struct str line = str_trim(str_cut(&run, '\n'));
        if (!is_str_empty(line) && line.at[0] != '#')
            count++;
    }
    return count;
}

static bool
has_pipe(struct str run)
{
    for (size_t i = str_index(run, '|', 0); i < run.len;
         i = str_index(run, '|', i + 1)) {
        bool is_double = (i + 1 < run.len && run.at[i + 1] == '|') ||
                         (i > 0 && run.at[i - 1] == '|');
        if (!is_double)
            return true;
    }
    return false;
}

/* GitHub's own default is `bash -e`; `shell: bash` adds `pipefail`. */
static void
judge_shell(struct check *check, const struct workflow_job *job,
            const struct raw *step)
{
    const struct raw_entry *run = raw_entry_find(step, STR("run"));
    const struct raw *shell = shell_of(job, step);
    const struct raw *runs_on = raw_find(job->raw, STR("runs-on"));
    if (run == NULL || shell != NULL ||
        has_text(run->value->text, "pipefail") ||
        (runs_on != NULL && has_text(runs_on->text, "windows")) ||
        (command_count(run->value->text) < 2 && !has_pipe(run->value->text)))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G18, run->key_span, job, STRS(job->name));
    diag_label(diag, "a command that fails before a `|` is not seen", NO_STRS);
    diag_help(diag, "begin it with `set -euo pipefail`, or write `shell: bash`",
              NO_STRS);
}

void
check_strict_shells(struct check *check)
{
    each_workflow_step(check, judge_shell);
}

/* ---- G28 ---------------------------------------------------------------- */

static bool
is_notification(const struct raw *step)
{
    struct str uses = raw_text_at(step, STR("uses"));
    struct str run = raw_text_at(step, STR("run"));
    return has_text(uses, "slack") || has_text(uses, "teams-notif") ||
           has_text(uses, "discord") || has_text(run, "hooks.slack.com") ||
           has_text(run, "SLACK_WEBHOOK");
}

/* Does it run when something before it fails? Somebody who writes another
 * condition has thought of it. */
static void
judge_notification(struct check *check, const struct workflow_job *job,
                   const struct raw *step)
{
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    const struct raw_entry *what = raw_entry_find(step, STR("uses"));
    if (!is_notification(step) || raw_find(step, STR("if")) != NULL ||
        raw_find(job->raw, STR("if")) != NULL ||
        (steps->entries[0].value == step &&
         raw_find(job->raw, STR("needs")) == NULL))
        return;
    if (what == NULL)
        what = raw_entry_find(step, STR("run"));
    struct diag *diag =
        workflow_report(check, DIAG_G28, what->key_span, job, STRS(job->name));
    diag_label(diag, "it runs only when all before it went well", NO_STRS);
    diag_help(diag, "write `if: ${{{{ always() }}`, or `failure()`", NO_STRS);
}

void
check_notifications(struct check *check)
{
    each_workflow_step(check, judge_notification);
}

/* ---- G33 ---------------------------------------------------------------- */

static bool
is_moving(struct str version)
{
    static const char *const words[] = {"latest", "stable", "*", NULL};
    return is_str_empty(version) || is_in(version, words);
}

static void
judge_tool(struct check *check, const struct workflow_job *job,
           const struct raw *step)
{
    static const struct {
        const char *action;
        const char *input;
    } tools[] = {
        {"azure/setup-kubectl@", "version"},
        {"azure/setup-helm@", "version"},
        {"azure/use-kubelogin@", "kubelogin-version"},
        {"imranismail/setup-kustomize@", "kustomize-version"},
        {"hashicorp/setup-terraform@", "terraform_version"},
    };
    const struct raw *uses = raw_find(step, STR("uses"));
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        struct str input = str_from(tools[i].input);
        const struct raw *version =
            raw_find(raw_find(step, STR("with")), input);
        if (!uses_action(step, tools[i].action) ||
            (version != NULL && !is_moving(version->text)))
            continue;
        struct diag *diag = workflow_report(
            check, DIAG_G33, version != NULL ? version->span : uses->span, job,
            STRS(job->name));
        diag_label(diag, "tomorrow's run may use another one", NO_STRS);
        diag_help(diag, "write its number under `{}`", STRS(input));
    }
}

void
check_tool_versions(struct check *check)
{
    each_workflow_step(check, judge_tool);
}
