/*
 * Family K: the secrets of workflows that somebody wrote by hand.
 */
#include "base/buf.h"
#include "base/map.h"
#include "check/raw_values.h"
#include "check/workflow_jobs.h"

/* What a walk over a job's texts looks for. */
struct secret_walk {
    const struct workflow_job *job;
    struct map *known; /* names that somebody sets */
    struct map *used;  /* names that a text names */
};

static workflow_job_visit judge_environment, judge_inherit, judge_credentials,
    judge_structures;
static workflow_text_visit judge_declared, mark_used, judge_structure;
static void collect_known(struct check *check, struct map *known);
static bool has_inherit(const struct ir *ir);
static void judge_unused_names(struct check *check, const struct map *used);

/* K08, and K17 of what is declared */
void
check_workflow_secrets(struct check *check)
{
    struct map known;
    map_init(&known, check->arena);
    collect_known(check, &known);
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        struct workflow_job job = {.file = file, .text = file->path};
        struct secret_walk walk = {.job = &job, .known = &known};
        each_workflow_text(check, file->root, judge_declared, &walk);
    }
}

/* K17, with check_secrets_unused */
void
check_workflow_secrets_unused(struct check *check)
{
    struct map used;
    if (has_inherit(check->ir))
        return;
    map_init(&used, check->arena);
    for (size_t i = 0; i < check->ir->workflow_file_count; i++)
        each_workflow_text(check, check->ir->workflow_files[i]->root, mark_used,
                           &used);
    judge_unused_names(check, &used);
}

/* K09 */
void
check_workflow_environments(struct check *check)
{
    each_workflow_job(check, judge_environment);
}

/* K10 */
void
check_workflow_inherit(struct check *check)
{
    each_workflow_job(check, judge_inherit);
}

/* K11 */
void
check_workflow_credentials(struct check *check)
{
    each_workflow_job(check, judge_credentials);
}

/* K16 */
void
check_workflow_structures(struct check *check)
{
    each_workflow_job(check, judge_structures);
}

/* ---- K08, K17 ----------------------------------------------------------- */

/* What broxc's own workflows ask for, by docs/workflows.md. */
static struct str
webhook_name(struct check *check, struct str channel)
{
    struct buf name;
    buf_init(&name, check->arena);
    buf_add(&name, STR("SLACK_WEBHOOK_"));
    for (size_t i = 0; i < channel.len; i++) {
        char byte = channel.at[i];
        bool is_small = byte >= 'a' && byte <= 'z';
        buf_byte(&name, is_small ? (char)(byte - 'a' + 'A')
                                 : (byte == '-' ? '_' : byte));
    }
    return buf_str(&name);
}

static void
collect_known(struct check *check, struct map *known)
{
    const struct project *project = check->ir->project;
    const struct value *names = project->workflow_secrets;
    map_put(known, STR("GITHUB_TOKEN"), project);
    map_put(known, STR("BRX_PROMETHEUS_TOKEN"), project);
    for (size_t i = 0; i < project->channel_count; i++)
        map_put(known, webhook_name(check, project->channels[i].name), project);
    for (size_t i = 0; names != NULL && i < names->item_count; i++)
        map_put(known, names->items[i].text, names);
}

/* A workflow that others call gets what it says under `on`. */
static bool
is_handed_over(const struct workflow_file *file, struct str name)
{
    const struct raw *secrets = raw_at(file->root, "on.workflow_call.secrets");
    return raw_find(secrets, name) != NULL;
}

static void
judge_declared(struct check *check, const struct raw *text, void *context)
{
    const struct secret_walk *walk = context;
    struct str rest = text->text;
    struct str name;
    while (secret_name_next(&rest, &name)) {
        if (map_find(walk->known, name) != NULL ||
            is_handed_over(walk->job->file, name))
            continue;
        struct diag *diag = workflow_report(
            check, DIAG_K08, workflow_text_span(check, text, name), walk->job,
            STRS(walk->job->file->path, name));
        diag_label(diag, "an empty text, unless somebody has set it", NO_STRS);
        diag_note(diag, walk->job->file->span,
                  "the program names the workflow here", NO_STRS);
        diag_help(
            diag,
            "write `workflow-secret {}` in `project`, and set it at the hosting",
            STRS(name));
    }
}

static void
mark_used(struct check *check, const struct raw *text, void *context)
{
    struct map *used = context;
    struct str rest = text->text;
    struct str name;
    (void)check;
    while (secret_name_next(&rest, &name))
        map_put(used, name, text);
}

/* Then any secret may be read behind it. */
static bool
has_inherit(const struct ir *ir)
{
    for (size_t i = 0; i < ir->workflow_file_count; i++) {
        const struct raw *jobs =
            raw_find(ir->workflow_files[i]->root, STR("jobs"));
        for (size_t j = 0; j < jobs->entry_count; j++) {
            if (is_raw_text(raw_find(jobs->entries[j].value, STR("secrets")),
                            "inherit"))
                return true;
        }
    }
    return false;
}

/* Without a workflow file there may be any that reads it. */
static void
judge_unused_names(struct check *check, const struct map *used)
{
    const struct value *names = check->ir->project->workflow_secrets;
    for (size_t i = 0; names != NULL && check->ir->workflow_file_count > 0 &&
                       i < names->item_count;
         i++) {
        const struct value *name = &names->items[i];
        if (!is_value_known(name) || map_find(used, name->text) != NULL)
            continue;
        struct diag *diag =
            diag_add(check->sink, DIAG_K17, name->span, STRS(name->text));
        diag_label(diag, "no workflow that the program names reads it",
                   NO_STRS);
        diag_help(diag, "take it out, also at the hosting", NO_STRS);
        diag_about(diag, name->text);
    }
}

/* ---- K09 ---------------------------------------------------------------- */

/* The first text that names a secret, and that secret. */
struct first_secret {
    const struct raw *text;
    struct str name;
};

static void
find_secret(struct check *check, const struct raw *text, void *context)
{
    struct first_secret *first = context;
    struct str rest = text->text;
    struct str name;
    (void)check;
    while (first->text == NULL && secret_name_next(&rest, &name)) {
        if (!is_str_equal(name, STR("GITHUB_TOKEN")) &&
            !has_prefix(name, STR("SLACK_WEBHOOK"))) {
            first->text = text;
            first->name = name;
        }
    }
}

static void
judge_environment(struct check *check, const struct workflow_job *job)
{
    struct first_secret first = {NULL, STR("")};
    if (!has_step(job, is_deploying_step) ||
        raw_find(job->raw, STR("environment")) != NULL)
        return;
    each_workflow_text(check, job->raw, find_secret, &first);
    if (first.text == NULL)
        return;
    struct diag *diag = workflow_report(
        check, DIAG_K09, workflow_text_span(check, first.text, first.name), job,
        STRS(job->name, first.name));
    diag_label(diag, "any branch's workflow may read it", NO_STRS);
    diag_note(diag, job->name_span, "it names no `environment`", NO_STRS);
    diag_help(
        diag,
        "move it to the hosting's environment, and write `environment:` in the job",
        NO_STRS);
}

/* ---- K10, K11 ----------------------------------------------------------- */

static void
judge_inherit(struct check *check, const struct workflow_job *job)
{
    const struct raw *secrets = raw_find(job->raw, STR("secrets"));
    if (!is_raw_text(secrets, "inherit"))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_K10, secrets->span, job, STRS(job->name));
    diag_label(diag, "also those that it does not need", NO_STRS);
    diag_help(diag, "name them one by one", NO_STRS);
}

static void
judge_step(struct check *check, const struct workflow_job *job,
           const struct raw *step)
{
    static const struct {
        const char *action;
        const char *input;
        const char *help;
    } inputs[] = {
        {"azure/login@", "creds",
         "write `client-id`, `tenant-id` and `subscription-id`"},
        {"aws-actions/configure-aws-credentials@", "aws-secret-access-key",
         "write `role-to-assume`"},
        {"google-github-actions/auth@", "credentials_json",
         "write `workload_identity_provider`"},
    };
    struct str uses = raw_text_at(step, STR("uses"));
    const struct raw *with = raw_find(step, STR("with"));
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        const struct raw_entry *entry =
            raw_entry_find(with, str_from(inputs[i].input));
        if (!has_prefix(uses, str_from(inputs[i].action)) || entry == NULL)
            continue;
        struct diag *diag = workflow_report(check, DIAG_K11, entry->key_span,
                                            job, STRS(job->name));
        diag_label(
            diag,
            "a password that works from anywhere until somebody changes it",
            NO_STRS);
        diag_help(diag, inputs[i].help, NO_STRS);
        diag_help(diag, "let the job have `permissions: id-token: write`",
                  NO_STRS);
    }
}

static void
judge_credentials(struct check *check, const struct workflow_job *job)
{
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    for (size_t i = 0; i < raw_item_count(steps); i++)
        judge_step(check, job, steps->entries[i].value);
}

/* ---- K16 ---------------------------------------------------------------- */

/* `fromJSON(secrets.NAME`, in any case. */
static void
judge_structure(struct check *check, const struct raw *text, void *context)
{
    const struct workflow_job *job = context;
    struct str function = STR("fromjson(");
    for (size_t at = 0; at + function.len <= text->text.len; at++) {
        struct str rest =
            str_slice(text->text, at + function.len, text->text.len);
        struct str name;
        if (!is_str_equal_nocase(str_slice(text->text, at, at + function.len),
                                 function) ||
            !has_prefix(str_trim(rest), STR("secrets")) ||
            !secret_name_next(&rest, &name))
            continue;
        struct diag *diag = workflow_report(
            check, DIAG_K16, workflow_text_span(check, text, name), job,
            STRS(name));
        diag_label(diag, "logs hide the whole of it, and not its parts",
                   NO_STRS);
        diag_help(diag, "make one secret of each value", NO_STRS);
        return;
    }
}

static void
judge_structures(struct check *check, const struct workflow_job *job)
{
    struct workflow_job copy = *job;
    each_workflow_text(check, job->raw, judge_structure, &copy);
}
