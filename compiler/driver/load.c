/*
 * Includes are relative to the file that names them and stay below the main
 * file's folder. A file is loaded once; one that is still open when it is
 * named again includes itself.
 */
#include "driver/loading.h"

#include "base/buf.h"
#include "base/sort.h"
#include "lexer/lexer.h"
#include "parser/parser.h"

static void include_file(struct loading *loading, struct str path,
                         const struct argument *name);
static void follow_statement(struct loading *loading, struct str from,
                             const struct statement *statement);

struct str
folder_of(struct str path)
{
    for (size_t i = path.len; i > 0; i--) {
        if (path.at[i - 1] == '/')
            return str_slice(path, 0, i);
    }
    return STR("");
}

/* `a/./b/../c` is `a/c`. False when `..` leads above the root. */
static bool
normalize(struct arena *arena, struct str path, struct str *out)
{
    struct vec parts;
    struct buf buf;
    vec_init(&parts, arena, sizeof(struct str));
    buf_init(&buf, arena);
    while (!is_str_empty(path)) {
        struct str part = str_cut(&path, '/');
        if (is_str_empty(part) || is_str_equal(part, STR(".")))
            continue;
        if (!is_str_equal(part, STR(".."))) {
            *(struct str *)vec_add(&parts) = part;
            continue;
        }
        if (parts.count == 0)
            return false;
        parts.count--;
    }
    const struct str *items = parts.items;
    for (size_t i = 0; i < parts.count; i++) {
        if (i > 0)
            buf_byte(&buf, '/');
        buf_add(&buf, items[i]);
    }
    *out = buf_str(&buf);
    return true;
}

/* `*` stands for any bytes but `/`. */
static bool
matches(struct str pattern, struct str name)
{
    size_t at = 0;
    size_t star = pattern.len;
    size_t star_name = 0;
    size_t i = 0;
    while (i < name.len) {
        if (at < pattern.len && pattern.at[at] == '*') {
            star = at++;
            star_name = i;
        } else if (at < pattern.len && pattern.at[at] == name.at[i]) {
            at++;
            i++;
        } else if (star < pattern.len) {
            at = star + 1;
            i = ++star_name;
        } else {
            return false;
        }
    }
    while (at < pattern.len && pattern.at[at] == '*')
        at++;
    return at == pattern.len;
}

struct diag *
report_include(struct loading *loading, enum diag_code code,
               const struct argument *name)
{
    return diag_add(loading->load->sink, code, name->span, STRS(name->text));
}

struct listing {
    struct vec names;
    struct str pattern;
};

static void
add_match(void *to, struct str name)
{
    struct listing *listing = to;
    if (!has_prefix(name, STR(".")) && matches(listing->pattern, name))
        *(struct str *)vec_add(&listing->names) = name;
}

static int
compare_names(const void *a, const void *b, const void *context)
{
    (void)context;
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

bool
list_names(struct loading *loading, struct str folder, struct str pattern,
           const struct argument *name, enum diag_code code, struct vec *names)
{
    struct load *load = loading->load;
    struct listing listing = {.pattern = pattern};
    struct str shown = is_str_empty(folder) ? STR(".") : folder;
    vec_init(&listing.names, load->arena, sizeof(struct str));
    struct status status = load->access->list(
        load->access->context, load->arena, shown, add_match, &listing);
    if (status.kind != STATUS_OK) {
        diag_label(report_include(loading, code, name), "{}",
                   STRS(status.message));
        return false;
    }
    sort_items(load->arena, listing.names.items, listing.names.count,
               sizeof(struct str), compare_names, NULL);
    *names = listing.names;
    return true;
}

static void
include_matches(struct loading *loading, struct str path,
                const struct argument *name)
{
    struct vec names;
    struct str folder = folder_of(path);
    if (!list_names(loading, folder, str_slice(path, folder.len, path.len),
                    name, DIAG_L30, &names))
        return;
    if (names.count == 0)
        diag_label(report_include(loading, DIAG_L30, name), "no file matches",
                   NO_STRS);
    for (size_t i = 0; i < names.count; i++) {
        const struct str *match = vec_at(&names, i);
        include_file(
            loading,
            arena_format(loading->load->arena, "{}{}", STRS(folder, *match)),
            name);
    }
}

bool
include_path(struct loading *loading, struct str from,
             const struct argument *name, struct str *path)
{
    struct arena *arena = loading->load->arena;
    struct str below = str_slice(from, loading->root.len, from.len);
    struct str joined =
        arena_format(arena, "{}{}", STRS(folder_of(below), name->text));
    struct str normal;
    if (has_prefix(name->text, STR("/")) ||
        !normalize(arena, joined, &normal)) {
        struct diag *diag = report_include(loading, DIAG_L32, name);
        diag_help(
            diag,
            "a path is relative to its file and stays below the main file's folder",
            NO_STRS);
        return false;
    }
    *path = arena_format(arena, "{}{}", STRS(loading->root, normal));
    return true;
}

static void
follow_include(struct loading *loading, struct str from,
               const struct argument *name)
{
    struct str path;
    if (name->kind == ARGUMENT_POISON ||
        !include_path(loading, from, name, &path))
        return;
    struct str folder = folder_of(path);
    if (has_byte(folder, '*'))
        diag_label(report_include(loading, DIAG_L30, name),
                   "`*` matches files, not folders", NO_STRS);
    else if (has_byte(path, '*'))
        include_matches(loading, path, name);
    else
        include_file(loading, path, name);
}

const struct source_file *
add_source(struct load *load, struct str path, struct str text)
{
    const struct source_file *file = source_add(load->map, path, text);
    if (file == NULL)
        diag_add(load->sink, DIAG_L33, (struct span){0, 0},
                 STRS(STR("all files together have more than 1 GiB")));
    return file;
}

static const struct block *
parse_text_of(struct load *load, struct str path, struct str text)
{
    const struct source_file *file = add_source(load, path, text);
    if (file == NULL)
        return NULL;
    struct tokens tokens = lex_file(load->arena, load->sink, file);
    load->is_broken = load->is_broken || !tokens.is_readable;
    return parse_file(load->arena, load->sink, load->map, tokens);
}

static void
add_block(struct loading *loading, struct str path, struct str text)
{
    const struct block *block = parse_text_of(loading->load, path, text);
    if (block == NULL)
        return;
    vec_add_pointer(&loading->load->blocks, block);
    loading->open[loading->depth++] = path;
    for (size_t i = 0; i < block->statement_count; i++)
        follow_statement(loading, path, &block->statements[i]);
    loading->depth--;
}

static bool
is_open(const struct loading *loading, struct str path)
{
    for (size_t i = 0; i < loading->depth; i++) {
        if (is_str_equal(loading->open[i], path))
            return true;
    }
    return false;
}

bool
is_over_limit(struct loading *loading, const struct argument *name)
{
    bool is_deep = loading->depth > LIMIT_INCLUDE_DEPTH - 1;
    if (!is_deep && loading->file_count < LIMIT_INCLUDE_FILES)
        return false;
    diag_add(loading->load->sink, DIAG_L33, name->span,
             STRS(is_deep ? STR("includes nest more than 16 deep")
                          : STR("the program has more than 4096 files")));
    return true;
}

/* A symbolic link may lead where `..` may not. */
static bool
leads_away(const struct loading *loading, struct str path)
{
    const struct load *load = loading->load;
    return load->access->is_below != NULL &&
           !load->access->is_below(load->arena, loading->root, path);
}

bool
read_named(struct loading *loading, struct str path,
           const struct argument *name, enum diag_code code, struct str *text)
{
    struct load *load = loading->load;
    loading->file_count++;
    if (leads_away(loading, path)) {
        diag_label(report_include(loading, DIAG_L32, name),
                   "a symbolic link leads out", NO_STRS);
        return false;
    }
    struct status status =
        load->access->read(load->access->context, load->arena, path, text);
    if (status.kind == STATUS_OK)
        return true;
    diag_label(report_include(loading, code, name), "{}", STRS(status.message));
    return false;
}

static void
include_file(struct loading *loading, struct str path,
             const struct argument *name)
{
    struct str text;
    if (is_open(loading, path)) {
        report_include(loading, DIAG_L31, name);
        return;
    }
    if (map_find(&loading->seen, path) != NULL || is_over_limit(loading, name))
        return;
    map_put(&loading->seen, path, loading);
    if (read_named(loading, path, name, DIAG_L30, &text))
        add_block(loading, path, text);
}

bool
is_statement_of(const struct statement *statement, struct str word)
{
    return is_str_equal(statement->word.text, word);
}

/* ---- statements --------------------------------------------------------- */

/* In whose blocks `file` and `run` stand. */
static bool
holds_files(const struct statement *statement)
{
    static const struct str words[] = {
        STR_INIT("project"),  STR_INIT("profile"), STR_INIT("service"),
        STR_INIT("worker"),   STR_INIT("job"),     STR_INIT("task"),
        STR_INIT("stateful"), STR_INIT("env"),     STR_INIT("run")};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_statement_of(statement, words[i]))
            return statement->block != NULL;
    }
    return false;
}

/* What a block names; an `env` has `run` blocks inside. */
static void
follow_block(struct loading *loading, struct str from,
             const struct statement *holder)
{
    bool is_environment = is_statement_of(holder, STR("env"));
    bool is_project = is_statement_of(holder, STR("project"));
    for (size_t i = 0; i < holder->block->statement_count; i++) {
        const struct statement *inner = &holder->block->statements[i];
        bool is_run = is_environment && is_statement_of(inner, STR("run"));
        if (is_environment)
            follow_yaml(loading, from, inner);
        if (is_project)
            follow_schema(loading, from, inner);
        if (is_run || is_statement_of(inner, STR("file")))
            follow_files(loading, from, inner);
        if (is_run && inner->block != NULL)
            follow_block(loading, from, inner);
    }
}

static void
follow_statement(struct loading *loading, struct str from,
                 const struct statement *statement)
{
    if (is_statement_of(statement, STR("include")) &&
        statement->argument_count == 1)
        follow_include(loading, from, &statement->arguments[0]);
    follow_yaml(loading, from, statement);
    if (is_statement_of(statement, STR("zone")))
        follow_zone(loading, from, statement);
    if (holds_files(statement))
        follow_block(loading, from, statement);
}

struct status
load_program(struct load *load, struct str path)
{
    struct loading loading = {.load = load, .root = folder_of(path)};
    struct str text;
    vec_init(&load->blocks, load->arena, sizeof(const struct block *));
    vec_init(&load->manifests, load->arena, sizeof(struct raw_manifest));
    vec_init(&load->files, load->arena, sizeof(struct project_file));
    vec_init(&load->workflows, load->arena, sizeof(struct workflow_file));
    vec_init(&load->patch_texts, load->arena, sizeof(struct patch_text));
    vec_init(&load->live_zones, load->arena, sizeof(struct live_zone));
    map_init(&loading.seen, load->arena);
    map_init(&loading.manifests, load->arena);
    map_init(&loading.files, load->arena);
    load->types = kind_types_new(load->arena);
    struct status status =
        load->access->read(load->access->context, load->arena, path, &text);
    if (status.kind == STATUS_OK)
        add_block(&loading, path, text);
    read_objects(&loading);
    return status;
}

struct status
load_file(struct load *load, struct str path)
{
    struct str text;
    struct status status =
        load->access->read(load->access->context, load->arena, path, &text);
    if (status.kind != STATUS_OK)
        return status;
    const struct block *block = parse_text_of(load, path, text);
    if (block != NULL)
        vec_add_pointer(&load->blocks, block);
    return status;
}
