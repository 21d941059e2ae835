/*
 * Family G, whom a workflow of the user's own trusts: actions that may change
 * under it, rights that it does not need, texts that strangers wrote.
 */
#include "check/workflow_jobs.h"

#include "check/raw_values.h"

enum { COMMIT_DIGITS = 40 };

/* ---- G01 ---------------------------------------------------------------- */

static bool
is_commit(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (!is_ascii_digit(byte) && (byte < 'a' || byte > 'f'))
            return false;
    }
    return text.len == COMMIT_DIGITS;
}

/* An image by its digest, what lies in this repository, or a commit. */
static bool
is_pinned(struct str uses)
{
    if (has_prefix(uses, STR("./")))
        return true;
    if (has_prefix(uses, STR("docker://")))
        return has_text(uses, "@sha256:");
    struct str commit = uses;
    str_cut(&commit, '@');
    return is_commit(commit);
}

static void
judge_pin(struct check *check, const struct workflow_job *job,
          const struct raw *part)
{
    const struct raw *uses = raw_find(part, STR("uses"));
    if (uses == NULL || uses->kind != RAW_TEXT || is_pinned(uses->text))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G01, uses->span, job, STRS(uses->text));
    diag_label(diag, "whoever can move that name runs code in this job",
               NO_STRS);
    diag_help(diag,
              "name the commit, and the version behind it: `@COMMIT # v4.2.1`",
              NO_STRS);
}

static void
judge_called_pin(struct check *check, const struct workflow_job *job)
{
    judge_pin(check, job, job->raw);
}

void
check_unpinned_actions(struct check *check)
{
    each_workflow_job(check, judge_called_pin);
    each_workflow_step(check, judge_pin);
}

/* ---- G03 ---------------------------------------------------------------- */

static void
judge_permissions(struct check *check, const struct workflow_job *job)
{
    const struct raw_entry *permissions = job_permissions(job);
    bool is_all =
        permissions != NULL && is_raw_text(permissions->value, "write-all");
    if (permissions != NULL && !is_all)
        return;
    struct diag *diag = workflow_report(
        check, DIAG_G03, is_all ? permissions->value->span : job->name_span,
        job, STRS(job->name));
    diag_label(diag,
               is_all ? "its token may change everything in the repository"
                      : "its token has what the repository gives when nothing "
                        "is said",
               NO_STRS);
    diag_help(
        diag,
        "write `permissions:` with what it needs, such as `contents: read`",
        NO_STRS);
}

void
check_workflow_permissions(struct check *check)
{
    each_workflow_job(check, judge_permissions);
}

/* ---- G04 ---------------------------------------------------------------- */

/* What a shell, or a script of JavaScript, reads as its own text. */
static const struct raw *
script_of(const struct raw *step)
{
    const struct raw *run = raw_find(step, STR("run"));
    if (run != NULL)
        return run;
    return uses_action(step, "actions/github-script@")
               ? raw_at(step, "with.script")
               : NULL;
}

/* A choice is among what the workflow itself says. */
static bool
is_free_input(const struct workflow_file *file, struct str name)
{
    static const char *const places[] = {"on.workflow_dispatch.inputs",
                                         "on.workflow_call.inputs"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const struct raw *input = raw_find(raw_at(file->root, places[i]), name);
        struct str type = raw_text_at(input, STR("type"));
        if (input != NULL)
            return is_str_empty(type) || is_str_equal(type, STR("string"));
    }
    return true;
}

static struct str
free_input(const struct workflow_file *file, struct str expression)
{
    struct str mark = STR("inputs.");
    if (!has_prefix(expression, mark))
        return STR("");
    size_t end = mark.len;
    while (end < expression.len &&
           (is_ascii_alnum(expression.at[end]) || expression.at[end] == '_' ||
            expression.at[end] == '-'))
        end++;
    struct str name = str_slice(expression, mark.len, end);
    return is_free_input(file, name) ? str_slice(expression, 0, end) : STR("");
}

static void
judge_script(struct check *check, const struct workflow_job *job,
             const struct raw *step)
{
    const struct raw *script = script_of(step);
    struct str rest = script == NULL ? STR("") : script->text;
    struct str expression;
    while (expression_next(&rest, &expression)) {
        struct str part = untrusted_part(expression);
        if (is_str_empty(part))
            part = free_input(job->file, expression);
        if (is_str_empty(part))
            continue;
        struct diag *diag = workflow_report(
            check, DIAG_G04, workflow_text_span(check, script, part), job,
            STRS(part));
        diag_label(diag, "it is put in before the shell reads the line",
                   NO_STRS);
        diag_help(diag,
                  "say it under `env`, and write `\"$NAME\"` in the script",
                  NO_STRS);
        return;
    }
}

void
check_script_injection(struct check *check)
{
    each_workflow_step(check, judge_script);
}

/* ---- G05, G06 ----------------------------------------------------------- */

static bool
is_checkout(const struct raw *step)
{
    return has_prefix(raw_text_at(step, STR("uses")), STR("actions/checkout@"));
}

static bool
is_git_push(const struct raw *step)
{
    return has_text(raw_text_at(step, STR("run")), "git push");
}

static void
judge_checkout(struct check *check, const struct workflow_job *job,
               const struct raw *step)
{
    const struct raw *kept = raw_at(step, "with.persist-credentials");
    if (!is_checkout(step) || is_raw_text(kept, "false") ||
        has_step(job, is_git_push))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G05, raw_find(step, STR("uses"))->span, job,
                        STRS(job->name));
    diag_label(diag, "every later step can read it in `.git/config`", NO_STRS);
    diag_help(diag, "write `persist-credentials: false` under `with`", NO_STRS);
}

void
check_kept_credentials(struct check *check)
{
    each_workflow_step(check, judge_checkout);
}

/* Does it fetch what the pull request brings? */
static bool
is_strange_checkout(const struct raw *step)
{
    struct str run = raw_text_at(step, STR("run"));
    struct str ref = raw_text_at(raw_find(step, STR("with")), STR("ref"));
    struct str from =
        raw_text_at(raw_find(step, STR("with")), STR("repository"));
    return (is_checkout(step) &&
            (has_text(ref, "head") || has_text(ref, "pull/") ||
             has_text(ref, "merge") || has_text(from, "head"))) ||
           has_text(run, "gh pr checkout") || has_text(run, "pull/");
}

static void
judge_strange_checkout(struct check *check, const struct workflow_job *job,
                       const struct raw *step)
{
    static const char *const events[] = {"pull_request_target", "workflow_run"};
    const struct raw_entry *what = raw_entry_find(step, STR("uses"));
    if (!is_strange_checkout(step))
        return;
    if (what == NULL)
        what = raw_entry_find(step, STR("run"));
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        struct workflow_trigger trigger =
            workflow_trigger(job->file, events[i]);
        if (!trigger.is_there)
            continue;
        struct diag *diag =
            workflow_report(check, DIAG_G06, trigger.span, job,
                            STRS(job->name, str_from(events[i])));
        diag_label(diag, "it runs with the repository's secrets and rights",
                   NO_STRS);
        diag_note(diag, what->value->span,
                  "and this step fetches what a stranger wrote", NO_STRS);
        diag_help(
            diag,
            "run it on `pull_request`, which has neither secrets nor rights",
            NO_STRS);
        return;
    }
}

void
check_dangerous_triggers(struct check *check)
{
    each_workflow_step(check, judge_strange_checkout);
}

/* ---- G19 ---------------------------------------------------------------- */

/* An expression in the script or in what `env` gives it. */
static struct str
untrusted_data(const struct workflow_job *job, const struct raw *step)
{
    const struct raw *environments[] = {raw_find(step, STR("env")),
                                        raw_find(job->raw, STR("env")),
                                        raw_find(job->file->root, STR("env"))};
    struct str run = raw_text_at(step, STR("run"));
    struct str part = untrusted_in(run);
    for (size_t i = 0; i < sizeof environments / sizeof environments[0]; i++) {
        const struct raw *map = environments[i];
        for (size_t j = 0; j < raw_key_count(map) && is_str_empty(part); j++) {
            if (has_name(run, map->entries[j].key))
                part = untrusted_in(map->entries[j].value->text);
        }
    }
    return part;
}

static void
judge_environment_file(struct check *check, const struct workflow_job *job,
                       const struct raw *step)
{
    const struct raw_entry *run = raw_entry_find(step, STR("run"));
    if (run == NULL)
        return;
    struct str text = run->value->text;
    bool is_path = has_name(text, STR("GITHUB_PATH"));
    if (!is_path && !has_name(text, STR("GITHUB_ENV")))
        return;
    struct str part = untrusted_data(job, step);
    if (is_str_empty(part))
        return;
    struct str file = is_path ? STR("GITHUB_PATH") : STR("GITHUB_ENV");
    struct diag *diag = workflow_report(
        check, DIAG_G19, workflow_text_span(check, run->value, file), job,
        STRS(part, file));
    diag_label(diag, "a line of its own sets any variable of later steps",
               NO_STRS);
    diag_help(diag, "write it to `GITHUB_OUTPUT`, and look at it first",
              NO_STRS);
}

void
check_environment_files(struct check *check)
{
    each_workflow_step(check, judge_environment_file);
}

/* ---- G20 ---------------------------------------------------------------- */

static bool
is_cached(const struct raw *step)
{
    struct str uses = raw_text_at(step, STR("uses"));
    const struct raw *with = raw_find(step, STR("with"));
    return has_prefix(uses, STR("actions/cache@")) ||
           has_prefix(uses, STR("actions/cache/restore@")) ||
           (has_prefix(uses, STR("actions/setup-")) &&
            !is_str_empty(raw_text_at(with, STR("cache")))) ||
           has_text(raw_text_at(with, STR("cache-from")), "type=gha");
}

static void
judge_cache(struct check *check, const struct workflow_job *job,
            const struct raw *step)
{
    if (!is_cached(step) || (!has_step(job, is_publishing_step) &&
                             !has_step(job, is_deploying_step)))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G20, raw_find(step, STR("uses"))->span, job,
                        STRS(job->name));
    diag_label(diag, "any workflow of the repository may have written it",
               NO_STRS);
    diag_help(diag, "build what is released without a cache", NO_STRS);
}

void
check_release_caches(struct check *check)
{
    each_workflow_step(check, judge_cache);
}

/* ---- G21 ---------------------------------------------------------------- */

static const struct workflow_file *
called_file(struct check *check, struct str uses)
{
    if (!has_prefix(uses, STR("./")))
        return NULL;
    struct str path = str_slice(uses, 2, uses.len);
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        if (has_suffix(check->ir->workflow_files[i]->path, path))
            return check->ir->workflow_files[i];
    }
    return NULL;
}

/* The first scope of which the callee's job asks for more than the caller
 * gives. */
static const struct raw_entry *
wanting_scope(const struct raw *asked, const struct raw *given)
{
    for (size_t i = 0; i < raw_key_count(asked); i++) {
        struct str scope = asked->entries[i].key;
        if (permission_level(asked, scope) > permission_level(given, scope))
            return &asked->entries[i];
    }
    return NULL;
}

static void
judge_call(struct check *check, const struct workflow_job *job)
{
    const struct raw *uses = raw_find(job->raw, STR("uses"));
    const struct raw_entry *given = job_permissions(job);
    const struct workflow_file *file =
        uses == NULL ? NULL : called_file(check, uses->text);
    if (file == NULL || given == NULL)
        return;
    const struct raw *jobs = raw_find(file->root, STR("jobs"));
    for (size_t i = 0; i < jobs->entry_count; i++) {
        struct workflow_job callee =
            workflow_job_of(check, file, &jobs->entries[i]);
        const struct raw_entry *asked = job_permissions(&callee);
        const struct raw_entry *scope =
            asked == NULL ? NULL : wanting_scope(asked->value, given->value);
        if (scope == NULL)
            continue;
        struct diag *diag = workflow_report(check, DIAG_G21, uses->span, job,
                                            STRS(job->name, scope->key));
        diag_label(diag, "GitHub refuses to start this workflow", NO_STRS);
        diag_note(diag, scope->key_span, "the called job `{}` asks for it",
                  STRS(callee.name));
        diag_help(diag, "give it in this job's `permissions`", NO_STRS);
        return;
    }
}

void
check_callee_permissions(struct check *check)
{
    each_workflow_job(check, judge_call);
}

/* ---- G25 ---------------------------------------------------------------- */

static bool
is_federated_login(const struct raw *step)
{
    static const struct {
        const char *action;
        const char *input;
    } logins[] = {
        {"azure/login@", "client-id"},
        {"aws-actions/configure-aws-credentials@", "role-to-assume"},
        {"google-github-actions/auth@", "workload_identity_provider"},
    };
    struct str uses = raw_text_at(step, STR("uses"));
    const struct raw *with = raw_find(step, STR("with"));
    for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++) {
        if (has_prefix(uses, str_from(logins[i].action)) &&
            raw_find(with, str_from(logins[i].input)) != NULL)
            return true;
    }
    return false;
}

static void
judge_token(struct check *check, const struct workflow_job *job,
            const struct raw *step)
{
    const struct raw_entry *permissions = job_permissions(job);
    if (!is_federated_login(step) || permissions == NULL ||
        permission_level(permissions->value, STR("id-token")) == 2)
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G25, raw_find(step, STR("uses"))->span, job,
                        STRS(job->name));
    diag_label(diag, "it asks GitHub for a token, and is refused", NO_STRS);
    diag_note(diag, permissions->key_span, "these are all that it may",
              NO_STRS);
    diag_help(diag, "add `id-token: write`", NO_STRS);
}

void
check_identity_tokens(struct check *check)
{
    each_workflow_step(check, judge_token);
}

/* ---- G31 ---------------------------------------------------------------- */

static void
judge_runner(struct check *check, const struct workflow_job *job)
{
    const struct value *visibility = check->ir->project->visibility;
    const struct raw *runs_on = raw_find(job->raw, STR("runs-on"));
    struct workflow_trigger trigger =
        workflow_trigger(job->file, "pull_request");
    if (!trigger.is_there)
        trigger = workflow_trigger(job->file, "pull_request_target");
    if (!trigger.is_there || !has_raw_word(runs_on, STR("self-hosted")) ||
        (is_value_known(visibility) &&
         !is_str_equal(visibility->text, STR("public"))))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G31, runs_on->span, job, STRS(job->name));
    diag_label(diag, "what it leaves there, the next job finds", NO_STRS);
    diag_note(diag, trigger.span, "a pull request from a fork starts it",
              NO_STRS);
    diag_help(
        diag,
        "run it on GitHub's own machines, or say that the repository is not public: `repository O/N visibility private`",
        NO_STRS);
}

void
check_fork_runners(struct check *check)
{
    each_workflow_job(check, judge_runner);
}
