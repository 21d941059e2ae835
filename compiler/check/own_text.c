/*
 * Family G, how workflows of the user's own are written: comments that name
 * another version, expressions that name nothing, words that are young.
 */
#include "check/workflow_jobs.h"

#include "base/map.h"
#include "check/raw_values.h"

/* ---- G02 ---------------------------------------------------------------- */

/* `v4.2.1` behind `uses: NAME@COMMIT #`, or empty. */
static struct str
version_comment(const struct check *check, const struct raw *uses)
{
    const struct source_file *file = source_find(check->map, uses->span.start);
    if (file == NULL)
        return STR("");
    struct str rest =
        str_slice(file->text, uses->span.end - file->start, file->text.len);
    struct str line = str_trim(str_cut(&rest, '\n'));
    if (!has_prefix(line, STR("#")))
        return STR("");
    line = str_trim(str_slice(line, 1, line.len));
    struct str version = str_cut(&line, ' ');
    return version.len > 1 && version.at[0] == 'v' &&
                   is_ascii_digit(version.at[1])
               ? version
               : STR("");
}

/* `v4` is what `v4.2.1` was when somebody wrote it. */
static bool
may_be_same(struct str a, struct str b)
{
    struct str shorter = a.len < b.len ? a : b;
    struct str longer = a.len < b.len ? b : a;
    return is_str_equal(a, b) ||
           (has_prefix(longer, shorter) && longer.at[shorter.len] == '.');
}

struct pin {
    struct str version;
    struct span span;
};

struct pins {
    struct map known; /* `NAME@COMMIT` -> struct pin */
};

static void
judge_comment(struct check *check, struct pins *pins,
              const struct workflow_job *job, const struct raw *uses)
{
    struct str version = uses == NULL ? STR("") : version_comment(check, uses);
    if (uses == NULL || is_str_empty(version))
        return;
    const struct pin *first = map_find(&pins->known, uses->text);
    if (first == NULL) {
        struct pin *pin = arena_new(check->arena, sizeof *pin);
        *pin = (struct pin){version, uses->span};
        map_put(&pins->known, uses->text, pin);
        return;
    }
    if (may_be_same(first->version, version))
        return;
    struct diag *diag = workflow_report(check, DIAG_G02, uses->span, job,
                                        STRS(version, first->version));
    diag_label(diag, "one commit has one version", NO_STRS);
    diag_note(diag, first->span, "`{}` is what it is called here",
              STRS(first->version));
    diag_help(diag, "look which one it is, and write it in both places",
              NO_STRS);
}

void
check_pin_comments(struct check *check)
{
    struct pins pins;
    map_init(&pins.known, check->arena);
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        const struct raw *jobs = raw_find(file->root, STR("jobs"));
        for (size_t j = 0; j < jobs->entry_count; j++) {
            struct workflow_job job =
                workflow_job_of(check, file, &jobs->entries[j]);
            const struct raw *steps = raw_find(job.raw, STR("steps"));
            for (size_t k = 0; k < raw_item_count(steps); k++)
                judge_comment(check, &pins, &job,
                              raw_find(steps->entries[k].value, STR("uses")));
        }
    }
}

/* In one text: who mends ten of them finds the others, too. */
enum { FAULTS_MAX = 10 };

/* ---- G14 ---------------------------------------------------------------- */

static bool
is_name_start(char byte)
{
    return is_ascii_alpha(byte) || byte == '_';
}

static bool
is_name_part(char byte)
{
    return is_ascii_alnum(byte) || byte == '_' || byte == '-';
}

/* Cuts the next `NAME.NAME` off an expression, past texts in quotes; functions
 * and words such as `true` are left out, as they name no context. */
static bool
path_next(struct str *rest, struct str *path)
{
    size_t at = 0;
    while (at < rest->len) {
        if (rest->at[at] == '\'') {
            at = str_index(*rest, '\'', at + 1) + 1;
            continue;
        }
        if (!is_name_start(rest->at[at])) {
            at++;
            continue;
        }
        size_t end = at;
        while (end < rest->len &&
               (is_name_part(rest->at[end]) || rest->at[end] == '.'))
            end++;
        *path = str_slice(*rest, at, end);
        bool is_property = at > 0 && (rest->at[at - 1] == '.' ||
                                      is_name_part(rest->at[at - 1]));
        bool is_context = has_byte(*path, '.') && !is_property;
        at = end;
        if (!is_context)
            continue;
        *rest = str_slice(*rest, at, rest->len);
        return true;
    }
    *rest = STR("");
    return false;
}

static bool
has_step_id(const struct workflow_job *job, struct str id)
{
    const struct raw *steps = raw_find(job->raw, STR("steps"));
    for (size_t i = 0; i < raw_item_count(steps); i++) {
        if (is_str_equal_nocase(raw_text_at(steps->entries[i].value, STR("id")),
                                id))
            return true;
    }
    return false;
}

static bool
has_matrix_key(const struct workflow_job *job, struct str key)
{
    const struct raw *matrix = raw_at(job->raw, "strategy.matrix");
    const struct raw *more = raw_find(matrix, STR("include"));
    if (matrix == NULL)
        return false;
    if (matrix->kind != RAW_MAP || (more != NULL && more->kind != RAW_LIST) ||
        raw_find(matrix, key) != NULL)
        return true;
    for (size_t i = 0; more != NULL && i < more->entry_count; i++) {
        if (raw_find(more->entries[i].value, key) != NULL)
            return true;
    }
    return false;
}

/* Why a path names nothing, or NULL. */
static const char *
path_fault(const struct workflow_job *job, struct str path)
{
    static const struct str contexts[] = {
        STR_INIT("github"), STR_INIT("env"),     STR_INIT("vars"),
        STR_INIT("job"),    STR_INIT("jobs"),    STR_INIT("steps"),
        STR_INIT("runner"), STR_INIT("secrets"), STR_INIT("strategy"),
        STR_INIT("matrix"), STR_INIT("needs"),   STR_INIT("inputs")};
    struct str rest = path;
    struct str context = str_cut(&rest, '.');
    struct str name = str_cut(&rest, '.');
    bool is_known = false;
    for (size_t i = 0; i < sizeof contexts / sizeof contexts[0]; i++)
        is_known = is_known || is_str_equal_nocase(context, contexts[i]);
    if (!is_known)
        return "no context is called so";
    if (is_str_equal(context, STR("needs")) && !is_str_empty(name) &&
        !has_raw_word(raw_find(job->raw, STR("needs")), name))
        return "the job does not need that one, so it is empty";
    if (is_str_equal(context, STR("steps")) && !is_str_empty(name) &&
        !has_step_id(job, name))
        return "no step of the job has that `id`, so it is empty";
    if (is_str_equal(context, STR("matrix")) && !is_str_empty(name) &&
        !has_matrix_key(job, name))
        return "the job's matrix has no such key, so it is empty";
    return NULL;
}

static void
judge_expressions(struct check *check, const struct raw *text, void *context)
{
    const struct workflow_job *job = context;
    struct str rest = text->text;
    struct str expression;
    size_t count = 0;
    while (count < FAULTS_MAX && expression_next(&rest, &expression)) {
        struct str path;
        while (path_next(&expression, &path)) {
            const char *fault = path_fault(job, path);
            if (fault == NULL)
                continue;
            count++;
            struct diag *diag = workflow_report(
                check, DIAG_G14, workflow_text_span(check, text, path), job,
                STRS(job->name, path));
            diag_label(diag, fault, NO_STRS);
            diag_help(diag, "name what this job has", NO_STRS);
        }
    }
}

static void
judge_job_expressions(struct check *check, const struct workflow_job *job)
{
    struct workflow_job copy = *job;
    each_workflow_text(check, job->raw, judge_expressions, &copy);
}

void
check_expressions(struct check *check)
{
    each_workflow_job(check, judge_job_expressions);
}

/* ---- G30 ---------------------------------------------------------------- */

/* Somebody has told the linter already, and says so behind the word. */
static bool
is_known_young(const struct check *check, struct span span)
{
    struct source_position place = source_locate(check->map, span.start);
    return place.file != NULL &&
           has_text(source_line(check->map, place.file, place.line),
                    "actionlint");
}

static void
report_young(struct check *check, const struct workflow_job *job,
             const struct raw *map, struct str key)
{
    const struct raw_entry *entry = raw_entry_find(map, key);
    if (entry == NULL || is_known_young(check, entry->key_span))
        return;
    struct diag *diag =
        workflow_report(check, DIAG_G30, entry->key_span, job, STRS(key));
    diag_label(diag, "actionlint 1.7 takes it for a slip", NO_STRS);
    diag_help(
        diag,
        "tell `.github/actionlint.yaml` to let it pass, and name it in a comment here",
        NO_STRS);
}

static void
judge_young_step(struct check *check, const struct workflow_job *job,
                 const struct raw *step)
{
    static const struct str keys[] = {STR_INIT("wait"), STR_INIT("wait-all"),
                                      STR_INIT("cancel"), STR_INIT("parallel")};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        report_young(check, job, step, keys[i]);
}

static void
judge_young_job(struct check *check, const struct workflow_job *job)
{
    report_young(check, job, raw_find(job->raw, STR("concurrency")),
                 STR("queue"));
    report_young(check, job, raw_find(job->raw, STR("environment")),
                 STR("deployment"));
}

static void
judge_young_file(struct check *check, const struct workflow_file *file)
{
    struct workflow_job job = {.file = file, .text = file->path};
    report_young(check, &job, raw_find(file->root, STR("concurrency")),
                 STR("queue"));
}

void
check_young_words(struct check *check)
{
    each_workflow_file(check, judge_young_file);
    each_workflow_job(check, judge_young_job);
    each_workflow_step(check, judge_young_step);
}

/* ---- G32 ---------------------------------------------------------------- */

/* Where an alias stands, and where what it stands for was written: before. */
struct alias {
    struct span place;
    struct span written;
};

static bool
alias_find(const struct raw *raw, struct alias *alias)
{
    for (size_t i = 0; i < raw->entry_count; i++) {
        const struct raw_entry *entry = &raw->entries[i];
        struct span place = raw->kind == RAW_MAP ? entry->key_span : raw->span;
        *alias = (struct alias){place, entry->value->span};
        if (!is_span_empty(alias->written) &&
            alias->written.start < place.start)
            return true;
        if (alias_find(entry->value, alias))
            return true;
    }
    return false;
}

static void
judge_anchors(struct check *check, const struct workflow_file *file)
{
    struct alias alias;
    if (!alias_find(file->root, &alias))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_G32, alias.place, STRS(file->path));
    diag_label(diag, "what stands here is written elsewhere", NO_STRS);
    diag_note(diag, alias.written, "it is this", NO_STRS);
    diag_help(diag, "write it out, or call a workflow of its own", NO_STRS);
    diag_about(diag, file->path);
}

void
check_anchors(struct check *check)
{
    each_workflow_file(check, judge_anchors);
}
