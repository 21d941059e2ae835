/*
 * dump tokens|ast|ir FILE: runs the stages up to that one and prints what it
 * gave, then the messages. For the golden tests alone. Exit: 0, or 2 when the
 * file cannot be read or the usage is wrong.
 */
#include "dump.h"

#include "diag/render.h"
#include "driver/load.h"
#include "parser/parser.h"
#include "resolve/resolve.h"
#include "source/read.h"

#include <stdio.h>
#include <string.h>

struct run {
    struct arena *arena;
    struct source_map *map;
    struct sink *sink;
    struct dump dump;
};

static struct status
read_path(void *context, struct arena *arena, struct str path, struct str *text)
{
    (void)context;
    return read_file(arena, path, text);
}

static struct status
list_path(void *context, struct arena *arena, struct str folder,
          void (*add)(void *to, struct str name), void *to)
{
    (void)context;
    return list_folder(arena, folder, add, to);
}

static struct status
run_one_file(struct run *run, struct str path, bool wants_tree)
{
    struct str text;
    struct status status = read_file(run->arena, path, &text);
    if (status.kind != STATUS_OK)
        return status;
    struct tokens tokens =
        lex_file(run->arena, run->sink, source_add(run->map, path, text));
    if (wants_tree)
        dump_block(&run->dump,
                   parse_file(run->arena, run->sink, run->map, tokens));
    else
        dump_tokens(&run->dump, tokens);
    return status;
}

static struct status
run_program(struct run *run, struct str path)
{
    struct file_access access = {.read = read_path, .list = list_path};
    struct load load = {.arena = run->arena,
                        .sink = run->sink,
                        .map = run->map,
                        .access = &access};
    struct status status = load_program(&load, path);
    if (status.kind != STATUS_OK)
        return status;
    struct resolve_input input = {.map = run->map,
                                  .files = load.blocks.items,
                                  .file_count = load.blocks.count,
                                  .manifests = load.manifests.items,
                                  .manifest_count = load.manifests.count,
                                  .project_files = load.files.items,
                                  .project_file_count = load.files.count,
                                  .patch_texts = load.patch_texts.items,
                                  .patch_text_count = load.patch_texts.count,
                                  .live_zones = load.live_zones.items,
                                  .live_zone_count = load.live_zones.count};
    dump_ir(&run->dump, resolve_program(run->arena, run->sink, &input));
    return status;
}

static void
add_messages(struct run *run)
{
    struct render render = {.map = run->map, .sink = run->sink};
    sink_settle(run->sink);
    if (sink_count(run->sink) == 0)
        return;
    buf_add(&run->dump.out, STR("messages\n"));
    render_short(&run->dump.out, &render);
}

static struct status
run_stage(struct run *run, const char *stage, struct str path)
{
    if (strcmp(stage, "tokens") == 0)
        return run_one_file(run, path, false);
    if (strcmp(stage, "ast") == 0)
        return run_one_file(run, path, true);
    return run_program(run, path);
}

int
main(int count, char **arguments)
{
    if (count != 3) {
        fputs("usage: dump tokens|ast|ir FILE\n", stderr);
        return 2;
    }
    struct run run = {.arena = arena_open()};
    run.map = source_map_new(run.arena);
    run.sink = sink_new(run.arena, run.map, PROFILE_STANDARD);
    run.dump.map = run.map;
    buf_init(&run.dump.out, run.arena);
    struct status status =
        run_stage(&run, arguments[1], str_from(arguments[2]));
    add_messages(&run);
    fwrite(run.dump.out.at, 1, run.dump.out.len, stdout);
    if (status.kind != STATUS_OK)
        fprintf(stderr, "%.*s\n", (int)status.message.len, status.message.at);
    arena_close(run.arena);
    return status.kind == STATUS_OK ? 0 : 2;
}
