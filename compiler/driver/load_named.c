/*
 * Files that statements name beside includes: Kubernetes manifests, patches of
 * YAML, and what containers read.
 */
#include "driver/loading.h"

#include "foreign/foreign.h"
#include "parser/text.h"

/* ---- manifests ---------------------------------------------------------- */

static struct manifest_read *
read_manifest(struct loading *loading, struct str path,
              const struct argument *name)
{
    struct load *load = loading->load;
    struct str text;
    struct manifest_read *read = arena_new(load->arena, sizeof *read);
    map_put(&loading->manifests, path, read);
    if (is_over_limit(loading, name) ||
        !read_named(loading, path, name, DIAG_Y10, &text))
        return read;
    const struct source_file *file = add_source(load, path, text);
    if (file == NULL)
        return read;
    read->file = foreign_read_yaml(load->arena, load->sink, file);
    read->manifest.path = str_slice(path, loading->root.len, path.len);
    read->manifest.file_span = read->file.span;
    if (!read->file.is_broken && read->file.document_count == 0)
        diag_add(load->sink, DIAG_Y11, name->span, STRS(name->text));
    foreign_take_definitions(load->types, &read->file);
    return read;
}

bool
is_plain_path(struct loading *loading, const struct argument *name,
              enum diag_code code)
{
    if (name->piece_count > 0 || name->kind == ARGUMENT_HOLE) {
        diag_label(report_include(loading, code, name),
                   "files are read before any ${{path} or ?HOLE is known",
                   NO_STRS);
        return false;
    }
    return name->kind == ARGUMENT_ATOM || name->kind == ARGUMENT_TEXT;
}

static void
follow_manifest(struct loading *loading, struct str from,
                const struct argument *name)
{
    struct str path;
    if (!is_plain_path(loading, name, DIAG_Y10) ||
        !include_path(loading, from, name, &path))
        return;
    const struct manifest_read *read = map_find(&loading->manifests, path);
    if (read == NULL)
        read = read_manifest(loading, path, name);
    if (is_str_empty(read->manifest.path))
        return;
    struct raw_manifest *manifest = vec_add(&loading->load->manifests);
    *manifest = read->manifest;
    manifest->span = name->span;
}

/* A file that is named twice is read once. */
void
read_objects(struct loading *loading)
{
    struct load *load = loading->load;
    for (size_t i = 0; i < load->manifests.count; i++) {
        struct raw_manifest *manifest = vec_at(&load->manifests, i);
        struct str path = arena_format(load->arena, "{}{}",
                                       STRS(loading->root, manifest->path));
        struct manifest_read *read = map_find(&loading->manifests, path);
        if (read->manifest.objects.at == NULL)
            read->manifest.objects = foreign_read_objects(
                load->arena, load->sink, load->types, &read->file);
        manifest->objects = read->manifest.objects;
    }
}

/* ---- patches ------------------------------------------------------------ */

/* A text of several lines is YAML; any other is a file's name. */
static struct raw_file
read_patch_text(struct load *load, const struct argument *text)
{
    struct yaml_text yaml = {
        .text = text->text, .shown = STR("the patch"), .span = text->span};
    yaml.lines =
        text_lines(load->arena, text, source_text(load->map, text->span),
                   &yaml.line_count);
    return foreign_read_yaml_text(load->arena, load->sink, &yaml);
}

static struct raw_file
read_patch_file(struct loading *loading, struct str from,
                const struct argument *name)
{
    struct load *load = loading->load;
    struct str path;
    struct str text;
    const struct source_file *file = NULL;
    if (include_path(loading, from, name, &path) &&
        !is_over_limit(loading, name) &&
        read_named(loading, path, name, DIAG_Y10, &text))
        file = add_source(load, path, text);
    return file == NULL ? (struct raw_file){.is_broken = true}
                        : foreign_read_yaml(load->arena, load->sink, file);
}

static void
follow_patch(struct loading *loading, struct str from,
             const struct argument *text)
{
    struct load *load = loading->load;
    if (!is_plain_path(loading, text, DIAG_Y10))
        return;
    struct raw_file raw = has_byte(text->text, '\n')
                              ? read_patch_text(load, text)
                              : read_patch_file(loading, from, text);
    if (raw.is_broken)
        return;
    if (raw.document_count != 1 || raw.documents[0]->kind != RAW_MAP) {
        diag_label(
            diag_add(load->sink, DIAG_Y15, text->span, STRS(STR("this text"))),
            "a patch is one document, and that a map", NO_STRS);
        return;
    }
    struct patch_text *patch = vec_add(&load->patch_texts);
    *patch = (struct patch_text){text->span, raw.documents[0]};
}

static void
follow_workflow(struct loading *loading, struct str from,
                const struct argument *name)
{
    struct load *load = loading->load;
    struct str path;
    struct str text;
    if (!is_plain_path(loading, name, DIAG_Y10) ||
        !include_path(loading, from, name, &path) ||
        is_over_limit(loading, name) ||
        !read_named(loading, path, name, DIAG_Y10, &text))
        return;
    const struct source_file *file = add_source(load, path, text);
    const struct raw *root =
        file == NULL ? NULL
                     : foreign_read_workflow(load->arena, load->sink, file);
    if (root == NULL)
        return;
    *(struct workflow_file *)vec_add(&load->workflows) = (struct workflow_file){
        str_slice(path, loading->root.len, path.len), name->span, root};
}

void
follow_yaml(struct loading *loading, struct str from,
            const struct statement *statement)
{
    const struct argument *arguments = statement->arguments;
    if (is_statement_of(statement, STR("manifest")) &&
        statement->argument_count == 1)
        follow_manifest(loading, from, &arguments[0]);
    if (is_statement_of(statement, STR("workflow")) &&
        statement->argument_count == 1)
        follow_workflow(loading, from, &arguments[0]);
    if (is_statement_of(statement, STR("patch")) &&
        statement->argument_count == 3)
        follow_patch(loading, from, &arguments[2]);
}

/* ---- files for containers ----------------------------------------------- */

static const struct project_file *
read_project_file(struct loading *loading, struct str path,
                  const struct argument *name)
{
    struct load *load = loading->load;
    struct project_file *file = arena_new(load->arena, sizeof *file);
    map_put(&loading->files, path, file);
    if (!is_over_limit(loading, name) &&
        read_named(loading, path, name, DIAG_L30, &file->content))
        file->path = str_slice(path, loading->root.len, path.len);
    return file;
}

static void
follow_file(struct loading *loading, struct str from,
            const struct argument *name)
{
    struct str path;
    if (!is_plain_path(loading, name, DIAG_L30) ||
        !include_path(loading, from, name, &path))
        return;
    const struct project_file *read = map_find(&loading->files, path);
    if (read == NULL)
        read = read_project_file(loading, path, name);
    if (is_str_empty(read->path))
        return;
    struct project_file *file = vec_add(&loading->load->files);
    *file = *read;
    file->span = name->span;
}

static bool
is_atom(const struct argument *argument, struct str text)
{
    return argument->kind == ARGUMENT_ATOM &&
           is_str_equal(argument->text, text);
}

void
follow_files(struct loading *loading, struct str from,
             const struct statement *statement)
{
    bool is_file = is_statement_of(statement, STR("file"));
    const struct block *block = statement->block;
    for (size_t i = 0; i + 1 < statement->argument_count; i++) {
        const struct argument *word = &statement->arguments[i];
        if (is_file && is_atom(word, STR("from")))
            follow_file(loading, from, &statement->arguments[i + 1]);
        is_file = is_file || is_atom(word, STR("file"));
    }
    if (block == NULL || !is_statement_of(statement, STR("file")))
        return;
    for (size_t i = 0; i < block->statement_count; i++) {
        if (is_statement_of(&block->statements[i], STR("from")) &&
            block->statements[i].argument_count == 1)
            follow_file(loading, from, &block->statements[i].arguments[0]);
    }
}
