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

enum brx_status
guard(struct brx *brx, guarded_call *call, const void *argument)
{
    jmp_buf recovery;
    if (setjmp(recovery) != 0)
        return finish(brx,
                      (struct status){STATUS_NO_MEMORY,
                                      STR("the machine has no memory left")});
    arena_recover(brx->arena, &recovery);
    struct status status = call(brx, argument);
    arena_recover(brx->arena, NULL);
    return finish(brx, status);
}

void
begin_stage(const struct brx *brx, const char *name)
{
    if (brx->options.stage != NULL)
        brx->options.stage(brx->options.stage_context, name);
}
