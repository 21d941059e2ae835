/*
 * What every call through brx.h stands on.
 */
#include "driver/handle.h"

struct str
str_of(struct brx_text text)
{
    return (struct str){text.at, text.len};
}

struct brx_text
text_of(struct str text)
{
    return (struct brx_text){text.at, text.len};
}

struct brx_text
brx_text(const char *text)
{
    return text_of(str_from(text));
}

static enum brx_status
finish(struct brx *brx, struct status status)
{
    brx->failure = status.message;
    switch (status.kind) {
    case STATUS_OK:
        return BRX_OK;
    case STATUS_NO_MEMORY:
        return BRX_NO_MEMORY;
    case STATUS_CANNOT_READ:
        return BRX_CANNOT_READ;
    case STATUS_CANNOT_WRITE:
        return BRX_CANNOT_WRITE;
    case STATUS_REFUSED:
        return BRX_REFUSED;
    }
    return BRX_OK;
}

static struct status
run_guarded(struct brx *brx, guarded_call *call, const void *argument)
{
    jmp_buf recovery;
    if (setjmp(recovery) != 0) {
        arena_recover(brx->arena, NULL);
        brx->is_out_of_memory = true;
        return (struct status){STATUS_NO_MEMORY,
                               STR("the machine has no memory left")};
    }
    arena_recover(brx->arena, &recovery);
    struct status status = call(brx, argument);
    arena_recover(brx->arena, NULL);
    return status;
}

enum brx_status
guard(struct brx *brx, guarded_call *call, const void *argument)
{
    return finish(brx, run_guarded(brx, call, argument));
}

struct writing_text {
    guarded_text *write;
    const void *argument;
    struct str *text;
};

static struct status
write_text(struct brx *brx, const void *argument)
{
    const struct writing_text *writing = argument;
    struct buf buf;
    buf_init(&buf, brx->arena);
    writing->write(brx, &buf, writing->argument);
    *writing->text = buf_str(&buf);
    return (struct status){STATUS_OK, STR("")};
}

struct brx_text
guard_text(struct brx *brx, guarded_text *write, const void *argument)
{
    struct str text = STR("");
    struct writing_text writing = {write, argument, &text};
    (void)run_guarded(brx, write_text, &writing);
    return text_of(text);
}

bool
brx_is_out_of_memory(const struct brx *brx)
{
    return brx->is_out_of_memory;
}

void
begin_stage(const struct brx *brx, const char *name)
{
    if (brx->options.stage != NULL)
        brx->options.stage(brx->options.stage_context, name);
}
