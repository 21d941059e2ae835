/*
 * Text where GitHub evaluates expressions. An expression ends at the first
 * `}}` outside single quotes; what is around it is text.
 */
#include "emit/text/workflow.h"

void
workflow_text(struct buf *buf, struct str text)
{
    buf_replace(buf, text, STR("${{"), STR("${{ '${{' }}"));
}

void
workflow_string(struct buf *buf, struct str text)
{
    buf_byte(buf, '\'');
    buf_replace(buf, text, STR("'"), STR("''"));
    buf_byte(buf, '\'');
}

/* GitHub, "Filter pattern cheat sheet". */
void
workflow_branch(struct buf *buf, struct str branch)
{
    for (size_t i = 0; i < branch.len; i++) {
        if (has_byte(STR("*?+[!\\"), branch.at[i]))
            buf_byte(buf, '\\');
        buf_byte(buf, branch.at[i]);
    }
}
