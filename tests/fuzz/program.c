/*
 * Files in memory, and all that is asked of a program.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const struct brx_text main_path = {"main.brx", sizeof "main.brx" - 1};

struct arena *
input_arena(void)
{
    static struct arena *arena;

    if (arena)
        arena_reset(arena);
    else
        arena = arena_open();
    if (!arena)
        abort();
    return arena;
}

void
expect(bool holds)
{
    if (!holds)
        abort();
}

static bool
is_same(struct brx_text a, struct brx_text b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

static enum brx_status
read_program(void *context, struct brx_text path, struct brx_text *text)
{
    const struct files *files = context;

    *text = is_same(path, main_path) ? files->program : files->other;
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
files_open(const struct files *files)
{
    struct brx_options options = brx_default_options();

    options.profile = BRX_HARDENED;
    options.today = brx_text("2026-01-31");
    options.read = read_program;
    options.list = list_folder;
    options.read_context = (void *)files;

    struct brx *brx = brx_open(&options);
    if (!brx)
        abort();
    return brx;
}

struct brx *
files_compile(const struct files *files)
{
    struct brx *brx = files_open(files);

    brx_compile(brx, main_path);
    return brx;
}

/* A document has a path that stays below its folder. */
static void
expect_inside(struct brx_text path)
{
    if (path.len == 0 || path.at[0] == '/')
        abort();
    for (size_t i = 0; i + 1 < path.len; i++)
        if (path.at[i] == '.' && path.at[i + 1] == '.' &&
            (i == 0 || path.at[i - 1] == '/') &&
            (i + 2 == path.len || path.at[i + 2] == '/'))
            abort();
}

void
program_show(struct brx *brx)
{
    struct brx_selection selection = {.size = sizeof selection,
                                      .is_flat = true};

    for (int format = BRX_HUMAN; format <= BRX_JSON; format++)
        brx_messages(brx, (enum brx_format)format, BRX_TAGS);
    brx_message_counts(brx);
    if (brx_error_count(brx) == 0 && brx_failure(brx).len == 0)
        brx_emit(brx, &selection);
    for (size_t i = 0; i < brx_document_count(brx); i++)
        expect_inside(brx_document(brx, i).path);
}
