/*
 * One line a message, as editors and grep like it:
 * path:line:column: error[L01]: headline
 */
#include "diag/render.h"

#include "diag/message.h"

void
render_short(struct buf *buf, const struct render *render)
{
    struct messages messages = messages_of(render);
    const struct diag *diag = message_next(&messages);
    for (; diag; diag = message_next(&messages))
        add_message_head(buf, render, diag);
    add_hidden_count(buf, &messages);
}
