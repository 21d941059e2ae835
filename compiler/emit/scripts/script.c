#include "emit/scripts/script.h"

#include "emit/runtime.h"
#include "emit/text/shell.h"

static void add_body(struct script *script, struct str name);

void
script_start(struct script *script, struct scripts *scripts, const char *name,
             const char *purpose, struct span span)
{
    struct arena *arena = scripts->documents->scratch;
    struct document *document = document_add(
        scripts->documents,
        arena_format(arena, "{}/{}", STRS(scripts->root, str_from(name))),
        TARGET_SCRIPTS);
    document->is_executable = true;
    document_origin(document, span);
    script->scripts = scripts;
    script->arena = arena;
    script->document = document;
    script->text = &document->content;
    map_init(&script->bodies, arena);
    buf_format(script->text,
               "#!/usr/bin/env bash\n"
               "# {}\n"
               "#\n"
               "# Made by broxc. Facts come first: edit the program for them, "
               "not this file.\n"
               "# What follows them is broxc's runtime as it is.\n"
               "set -euo pipefail\n"
               "\n"
               "# ---- facts ----\n\n",
               STRS(str_from(purpose)));
}

void
script_fact(struct script *script, const char *name, struct str text)
{
    buf_format(script->text, "readonly {}=", STRS(str_from(name)));
    shell_word(script->text, text);
    buf_byte(script->text, '\n');
}

void
script_table(struct script *script, const char *name, struct str rows)
{
    if (!is_str_empty(rows))
        rows = str_slice(rows, 0, rows.len - 1);
    script_fact(script, name, rows);
}

/* The rest of the first line that begins with `mark`; empty without one. The
 * head of a file is the comment that it begins with. */
static struct str
head_line(struct str text, struct str mark)
{
    while (has_prefix(text, STR("#"))) {
        struct str line = str_cut(&text, '\n');
        if (has_prefix(line, mark))
            return str_slice(line, mark.len, line.len);
    }
    return STR("");
}

/* A file of runtime/ once: what it needs, then itself. The pipelines' scripts
 * that it runs are written beside. */
static void
add_file(struct script *script, struct str name)
{
    if (map_find(&script->bodies, name) != NULL)
        return;
    map_put(&script->bodies, name, script);
    struct str text = runtime_get(&script->scripts->runtime, name);
    struct str needs = head_line(text, STR("# needs: "));
    struct str runs = head_line(text, STR("# runs: "));
    while (!is_str_empty(needs))
        add_file(script, str_cut(&needs, ' '));
    while (!is_str_empty(runs))
        scripts_use(script->scripts, str_cut(&runs, ' '));
    add_body(script, name);
}

static void
add_body(struct script *script, struct str name)
{
    buf_format(script->text, "\n# ---- runtime/{} ----\n\n", STRS(name));
    buf_add(script->text, runtime_get(&script->scripts->runtime, name));
}

void
script_library(struct script *script, struct str name)
{
    add_file(script, name);
}

void
script_end(struct script *script, const char *body, const char *function)
{
    add_file(script, str_from(body));
    buf_format(script->text, "\n# ---- the call ----\n\n{} \"$@\"\n",
               STRS(str_from(function)));
    document_end(script->scripts->documents, script->document);
    documents_clear_scratch(script->scripts->documents);
}

void
table_add(struct buf *table, struct str key, const char *name, struct str lines)
{
    while (!is_str_empty(lines)) {
        struct str line = str_cut(&lines, '\n');
        buf_format(table, "{} {} {}\n", STRS(key, str_from(name), line));
    }
}

void
table_number(struct buf *table, struct str key, const char *name,
             int64_t number)
{
    table_add(table, key, name, arena_number(table->arena, number));
}
