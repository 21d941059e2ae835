/*
 * Schemas of kinds: a file, or every YAML and JSON file of a folder.
 */
#include "driver/loading.h"

#include "foreign/foreign.h"

static bool
is_schema_file(struct str name)
{
    return has_suffix(name, STR(".yaml")) || has_suffix(name, STR(".yml")) ||
           has_suffix(name, STR(".json"));
}

static void
read_schema_file(struct loading *loading, struct str path,
                 const struct argument *name)
{
    struct load *load = loading->load;
    struct str text;
    struct str key = arena_format(load->arena, "schema {}", STRS(path));
    if (map_find(&loading->seen, key) != NULL || is_over_limit(loading, name))
        return;
    map_put(&loading->seen, key, loading);
    if (!read_named(loading, path, name, DIAG_Y10, &text))
        return;
    const struct source_file *file = add_source(load, path, text);
    if (file == NULL)
        return;
    struct raw_file raw = foreign_read_yaml(load->arena, load->sink, file);
    foreign_read_schemas(load->types, load->sink, &raw,
                         str_slice(path, loading->root.len, path.len));
    if (!raw.is_broken && raw.document_count == 0)
        diag_add(load->sink, DIAG_Y17, name->span, STRS(name->text));
}

static void
read_schema_folder(struct loading *loading, struct str folder,
                   const struct argument *name)
{
    struct arena *arena = loading->load->arena;
    struct vec names;
    size_t count = 0;
    if (!list_names(loading, folder, STR("*"), name, DIAG_Y10, &names))
        return;
    for (size_t i = 0; i < names.count; i++) {
        const struct str *file = vec_at(&names, i);
        if (!is_schema_file(*file))
            continue;
        count++;
        read_schema_file(
            loading, arena_format(arena, "{}{}", STRS(folder, *file)), name);
    }
    if (count > 0)
        return;
    struct diag *diag = report_include(loading, DIAG_Y17, name);
    diag_label(diag, "no file of this folder ends in .yaml, .yml or .json",
               NO_STRS);
}

void
follow_schema(struct loading *loading, struct str from,
              const struct statement *statement)
{
    const struct argument *name = statement->arguments;
    struct str path;
    if (!is_statement_of(statement, STR("schema")) ||
        statement->argument_count != 1 ||
        !is_plain_path(loading, name, DIAG_Y10) ||
        !include_path(loading, from, name, &path))
        return;
    if (is_schema_file(path)) {
        read_schema_file(loading, path, name);
        return;
    }
    bool is_root = is_str_equal(path, loading->root);
    read_schema_folder(
        loading,
        is_root ? path : arena_format(loading->load->arena, "{}/", STRS(path)),
        name);
}
