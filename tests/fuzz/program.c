/*
 * Serves the fuzzed bytes as main.brx, which may include itself, and nothing
 * as every other file. Nothing here touches the disk.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const struct brx_text main_path = {"main.brx", sizeof "main.brx" - 1};

static bool
is_same(struct brx_text a, struct brx_text b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

static enum brx_status
read_program(void *context, struct brx_text path, struct brx_text *text)
{
    const struct brx_text *program = context;

    *text = is_same(path, main_path) ? *program : brx_text("");
    return BRX_OK;
}

static enum brx_status
list_folder(void *context, struct brx_text folder,
            void (*add)(void *to, struct brx_text name), void *to)
{
    (void)context;
    (void)folder;
    add(to, main_path);
    add(to, brx_text("other.brx"));
    return BRX_OK;
}

struct brx *
program_open(const struct brx_text *program)
{
    struct brx_options options = brx_default_options();

    options.profile = BRX_HARDENED;
    options.today = brx_text("2026-01-31");
    options.read = read_program;
    options.list = list_folder;
    options.read_context = (void *)program;

    struct brx *brx = brx_open(&options);
    if (!brx)
        abort();
    return brx;
}

struct brx *
program_compile(const struct brx_text *program)
{
    struct brx *brx = program_open(program);

    brx_compile(brx, main_path);
    return brx;
}
