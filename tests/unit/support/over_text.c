#include "support/over_text.h"

#include <assert.h>

static enum brx_status
read_text(void *context, struct brx_text path, struct brx_text *text)
{
    (void)path;
    *text = brx_text(context);
    return BRX_OK;
}

struct brx *
open_over_text(const char *text)
{
    struct brx_options options = brx_default_options();
    options.read = read_text;
    options.read_context = (void *)text;
    struct brx *brx = brx_open(&options);
    assert(brx != NULL);
    return brx;
}
