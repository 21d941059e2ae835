/*
 * Each script is written once, whichever workflows run it.
 */
#include "emit/workflows/scripts.h"

#include "emit/runtime.h"
#include "emit/text/shell.h"

static void write_script(struct scripts *scripts, struct str name,
                         struct str path);

void
scripts_init(struct scripts *scripts, struct documents *documents,
             struct embedded runtime, struct str root, struct span span)
{
    scripts->documents = documents;
    scripts->target = TARGET_CI;
    scripts->runtime = runtime;
    scripts->root = root;
    scripts->span = span;
    map_init(&scripts->paths, documents->arena);
}

/* Does a shell read the path as one word, without quotes? */
static bool
is_plain_path(struct str path)
{
    for (size_t i = 0; i < path.len; i++) {
        char byte = path.at[i];
        if (!is_ascii_alnum(byte) && byte != '/' && byte != '.' &&
            byte != '-' && byte != '_')
            return false;
    }
    return true;
}

struct str
scripts_use(struct scripts *scripts, struct str name)
{
    struct arena *arena = scripts->documents->scratch;
    struct str path = arena_format(arena, "{}/{}", STRS(scripts->root, name));
    struct buf word;
    if (map_find(&scripts->paths, name) == NULL) {
        map_put(&scripts->paths, arena_copy(scripts->documents->arena, name),
                scripts);
        write_script(scripts, name, path);
    }
    if (is_plain_path(path))
        return path;
    buf_init(&word, arena);
    shell_word(&word, path);
    return buf_str(&word);
}

static struct document *
add_file(struct scripts *scripts, struct str path, bool is_executable)
{
    struct document *document =
        document_add(scripts->documents, path, scripts->target);
    document->is_executable = is_executable;
    document_origin(document, scripts->span);
    return document;
}

static void
write_library(struct scripts *scripts, struct str name)
{
    if (map_find(&scripts->paths, name) != NULL)
        return;
    map_put(&scripts->paths, arena_copy(scripts->documents->arena, name),
            scripts);
    struct str path = arena_format(scripts->documents->scratch, "{}/{}",
                                   STRS(scripts->root, name));
    struct document *document = add_file(scripts, path, false);
    struct buf *text = &document->content;
    buf_add(text, STR("# Made by broxc from its own runtime. Scripts beside "
                      "this folder read it.\n"));
    buf_add(text, runtime_get(&scripts->runtime, name));
    document_end(scripts->documents, document);
}

/* `# needs: lib/log.sh lib/retry.sh` in its first line: these are read first,
 * from the folder beside the script's. */
static void
read_libraries(struct scripts *scripts, struct buf *text, struct str script)
{
    struct str rest = script;
    struct str line = str_cut(&rest, '\n');
    struct str mark = STR("# needs: ");
    if (!has_prefix(line, mark))
        return;
    struct str names = str_slice(line, mark.len, line.len);
    while (!is_str_empty(names)) {
        struct str name = str_cut(&names, ' ');
        write_library(scripts, name);
        buf_format(text,
                   "# shellcheck source=../{}\n"
                   ". \"$(dirname \"${{BASH_SOURCE[0]}\")/../{}\"\n",
                   STRS(name, name));
    }
}

static void
write_script(struct scripts *scripts, struct str name, struct str path)
{
    struct str script = runtime_get(&scripts->runtime, name);
    struct document *document = add_file(scripts, path, true);
    struct buf *text = &document->content;
    buf_add(text, STR("#!/usr/bin/env bash\n"
                      "# Made by broxc from its own runtime. A step of a "
                      "workflow runs it.\n"));
    read_libraries(scripts, text, script);
    buf_add(text, script);
    document_end(scripts->documents, document);
}
