#include "check/workflow_jobs.h"

#include "check/raw_values.h"

bool
uses_action(const struct raw *step, const char *beginning)
{
    struct str uses = raw_text_at(step, STR("uses"));
    struct str wanted = str_from(beginning);
    return uses.len >= wanted.len &&
           is_str_equal_nocase(str_slice(uses, 0, wanted.len), wanted);
}

static bool
uses_any(const struct raw *step, const char *const *beginnings)
{
    for (size_t i = 0; beginnings[i] != NULL; i++) {
        if (uses_action(step, beginnings[i]))
            return true;
    }
    return false;
}

static bool
starts_with_any(struct str text, const char *const *beginnings)
{
    for (size_t i = 0; beginnings[i] != NULL; i++) {
        if (has_prefix(text, str_from(beginnings[i])))
            return true;
    }
    return false;
}

static bool
has_any(struct str text, const char *const *parts)
{
    for (size_t i = 0; parts[i] != NULL; i++) {
        if (has_text(text, parts[i]))
            return true;
    }
    return false;
}

/* ---- steps -------------------------------------------------------------- */

/* What kubectl does without a cluster. */
static bool
is_local_command(struct str command)
{
    static const char *const parts[] = {
        "kubectl kustomize",  "kubectl version",  "kubectl explain",
        "kubectl completion", "--dry-run=client", NULL};
    return has_any(command, parts);
}

static bool
is_reaching_script(struct str run)
{
    static const char *const commands[] = {"kubectl ",
                                           "helm upgrade",
                                           "helm install",
                                           "helm rollback",
                                           "terraform apply",
                                           "az aks ",
                                           NULL};
    while (!is_str_empty(run)) {
        struct str line = str_trim(str_cut(&run, '\n'));
        if (!has_prefix(line, STR("#")) && has_any(line, commands) &&
            !is_local_command(line))
            return true;
    }
    return false;
}

bool
is_deploying_step(const struct raw *step)
{
    static const char *const actions[] = {
        "azure/login@",
        "azure/aks-set-context@",
        "azure/k8s-",
        "aws-actions/configure-aws-credentials@",
        "google-github-actions/auth@",
        NULL};
    return uses_any(step, actions) ||
           is_reaching_script(raw_text_at(step, STR("run")));
}

bool
is_publishing_step(const struct raw *step)
{
    static const char *const actions[] = {
        "docker/build-push-action@", "softprops/action-gh-release@",
        "pypa/gh-action-pypi-publish@", "ncipollo/release-action@", NULL};
    static const char *const commands[] = {"docker push",
                                           "npm publish",
                                           "gh release create",
                                           "twine upload",
                                           "cargo publish",
                                           "helm push",
                                           "gem push",
                                           "oras push",
                                           "crane push",
                                           "buildx build --push",
                                           NULL};
    return uses_any(step, actions) ||
           has_any(raw_text_at(step, STR("run")), commands);
}

bool
has_step(const struct workflow_job *job, step_question *question)
{
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    for (size_t i = 0; i < raw_item_count(steps); i++) {
        if (question(steps->entries[i].value))
            return true;
    }
    return false;
}

/* ---- permissions -------------------------------------------------------- */

const struct raw_entry *
job_permissions(const struct workflow_job *job)
{
    const struct raw_entry *own = raw_entry_find(job->raw, STR("permissions"));
    return own != NULL ? own
                       : raw_entry_find(job->file->root, STR("permissions"));
}

int
permission_level(const struct raw *permissions, struct str scope)
{
    struct str level = raw_text_at(permissions, scope);
    if (permissions != NULL && permissions->kind == RAW_TEXT)
        level = is_str_equal(permissions->text, STR("write-all"))
                    ? STR("write")
                    : (is_str_equal(permissions->text, STR("read-all"))
                           ? STR("read")
                           : STR(""));
    if (is_str_equal(level, STR("write")))
        return 2;
    return is_str_equal(level, STR("read")) ? 1 : 0;
}

/* ---- expressions -------------------------------------------------------- */

static size_t
find_from(struct str text, const char *part, size_t from)
{
    struct str wanted = str_from(part);
    for (size_t i = from; i + wanted.len <= text.len; i++) {
        if (has_prefix(str_slice(text, i, text.len), wanted))
            return i;
    }
    return text.len;
}

bool
expression_next(struct str *rest, struct str *expression)
{
    size_t start = find_from(*rest, "${{", 0);
    size_t end = find_from(*rest, "}}", start);
    if (end == rest->len) {
        *rest = STR("");
        return false;
    }
    *expression = str_trim(str_slice(*rest, start + 3, end));
    *rest = str_slice(*rest, end + 2, rest->len);
    return true;
}

static bool
is_path_byte(char byte)
{
    return is_ascii_alnum(byte) || byte == '_' || byte == '-' || byte == '.' ||
           byte == '*';
}

/* Numbers, digests and what GitHub itself chooses among. */
static bool
is_harmless(struct str path)
{
    static const char *const ends[] = {
        ".number", ".id",    ".sha",   ".action", ".node_id",
        ".before", ".after", ".draft", ".merged", NULL};
    for (size_t i = 0; ends[i] != NULL; i++) {
        if (has_suffix(path, str_from(ends[i])))
            return true;
    }
    return false;
}

static bool
is_untrusted_path(struct str path)
{
    static const char *const contexts[] = {"github.event.", "github.head_ref",
                                           "github.ref_name", NULL};
    return starts_with_any(path, contexts) && !is_harmless(path);
}

struct str
untrusted_part(struct str expression)
{
    size_t at = 0;
    while (at < expression.len) {
        size_t end = at;
        while (end < expression.len && is_path_byte(expression.at[end]))
            end++;
        struct str path = str_slice(expression, at, end);
        if (is_untrusted_path(path))
            return path;
        at = end > at ? end : at + 1;
    }
    return STR("");
}

struct str
untrusted_in(struct str text)
{
    struct str expression;
    while (expression_next(&text, &expression)) {
        struct str part = untrusted_part(expression);
        if (!is_str_empty(part))
            return part;
    }
    return STR("");
}

/* ---- workflows ---------------------------------------------------------- */

bool
has_strange_trigger(const struct workflow_file *file)
{
    static const char *const events[] = {
        "pull_request_target", "workflow_run",
        "issue_comment",       "issues",
        "discussion",          "discussion_comment",
        "pull_request_review", "pull_request_review_comment"};
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        if (workflow_trigger(file, events[i]).is_there)
            return true;
    }
    return false;
}

const struct raw *
job_concurrency(const struct workflow_job *job)
{
    const struct raw *own = raw_find(job->raw, STR("concurrency"));
    return own != NULL ? own : raw_find(job->file->root, STR("concurrency"));
}
