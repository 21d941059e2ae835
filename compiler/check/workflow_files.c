#include "check/workflow_files.h"

#include "check/raw_values.h"

struct workflow_job
workflow_job_of(struct check *check, const struct workflow_file *file,
                const struct raw_entry *entry)
{
    return (struct workflow_job){
        .file = file,
        .name = entry->key,
        .name_span = entry->key_span,
        .raw = entry->value,
        .text =
            arena_format(check->arena, "{}.{}", STRS(file->path, entry->key)),
    };
}

void
each_workflow_file(struct check *check, workflow_file_visit *visit)
{
    for (size_t i = 0; i < check->ir->workflow_file_count; i++)
        visit(check, check->ir->workflow_files[i]);
}

void
each_workflow_job(struct check *check, workflow_job_visit *visit)
{
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        const struct raw *jobs = raw_find(file->root, STR("jobs"));
        for (size_t j = 0; j < jobs->entry_count; j++) {
            struct workflow_job job =
                workflow_job_of(check, file, &jobs->entries[j]);
            visit(check, &job);
        }
    }
}

void
each_workflow_step(struct check *check, workflow_step_visit *visit)
{
    for (size_t i = 0; i < check->ir->workflow_file_count; i++) {
        const struct workflow_file *file = check->ir->workflow_files[i];
        const struct raw *jobs = raw_find(file->root, STR("jobs"));
        for (size_t j = 0; j < jobs->entry_count; j++) {
            struct workflow_job job =
                workflow_job_of(check, file, &jobs->entries[j]);
            const struct raw *steps = raw_find(job.raw, STR("steps"));
            for (size_t k = 0; k < raw_item_count(steps); k++)
                visit(check, &job, steps->entries[k].value);
        }
    }
}

void
each_workflow_text(struct check *check, const struct raw *raw,
                   workflow_text_visit *visit, void *context)
{
    if (raw->kind == RAW_TEXT)
        visit(check, raw, context);
    for (size_t i = 0; i < raw->entry_count; i++)
        each_workflow_text(check, raw->entries[i].value, visit, context);
}

/* ---- expressions -------------------------------------------------------- */

static bool
is_name_byte(char byte)
{
    return is_ascii_alnum(byte) || byte == '_' || byte == '-';
}

bool
has_text(struct str text, const char *part)
{
    return str_contains(text, str_from(part));
}

bool
has_name(struct str text, struct str word)
{
    for (size_t i = 0; word.len > 0 && i + word.len <= text.len; i++) {
        size_t end = i + word.len;
        if (has_prefix(str_slice(text, i, text.len), word) &&
            (i == 0 || !is_name_byte(text.at[i - 1])) &&
            (end == text.len || !is_name_byte(text.at[end])))
            return true;
    }
    return false;
}

/* Behind `secrets.` or `secrets['`, or 0. */
static size_t
name_start(struct str text, size_t at)
{
    static const struct str starts[] = {STR_INIT("secrets."),
                                        STR_INIT("secrets['")};
    if (at > 0 && (is_name_byte(text.at[at - 1]) || text.at[at - 1] == '.'))
        return 0;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (has_prefix(str_slice(text, at, text.len), starts[i]))
            return at + starts[i].len;
    }
    return 0;
}

bool
secret_name_next(struct str *rest, struct str *name)
{
    for (size_t at = str_index(*rest, 's', 0); at < rest->len;
         at = str_index(*rest, 's', at + 1)) {
        size_t start = name_start(*rest, at);
        size_t end = start;
        while (start > 0 && end < rest->len && is_name_byte(rest->at[end]))
            end++;
        if (end == start)
            continue;
        *name = str_slice(*rest, start, end);
        *rest = str_slice(*rest, end, rest->len);
        return true;
    }
    *rest = STR("");
    return false;
}

struct span
workflow_text_span(const struct check *check, const struct raw *text,
                   struct str name)
{
    struct str written = source_text(check->map, text->span);
    for (size_t i = 0; i + name.len <= written.len; i++) {
        bool is_whole = i + name.len == written.len ||
                        !is_name_byte(written.at[i + name.len]);
        if (is_whole && (i == 0 || !is_name_byte(written.at[i - 1])) &&
            has_prefix(str_slice(written, i, written.len), name))
            return (struct span){text->span.start + (uint32_t)i,
                                 text->span.start + (uint32_t)(i + name.len)};
    }
    return text->span;
}

struct diag *
workflow_report(struct check *check, enum diag_code code, struct span span,
                const struct workflow_job *job, struct strs texts)
{
    struct diag *diag = diag_add(check->sink, code, span, texts);
    diag_about(diag, job->text);
    return diag;
}
