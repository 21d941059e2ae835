/*
 * Serves the fuzzed bytes as every file that the compiler asks for. Nothing
 * here touches the disk.
 */
#include "program.h"

#include <stdlib.h>

static enum brx_status
read_program(void *context, struct brx_text path, struct brx_text *text)
{
    const struct brx_text *program = context;

    (void)path;
    *text = *program;
    return BRX_OK;
}

static enum brx_status
list_folder(void *context, struct brx_text folder,
            void (*add)(void *to, struct brx_text name), void *to)
{
    (void)context;
    (void)folder;
    add(to, brx_text("main.brx"));
    add(to, brx_text("other.brx"));
    return BRX_OK;
}

struct brx *
program_compile(const struct brx_text *program)
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
    brx_compile(brx, brx_text("main.brx"));
    return brx;
}
