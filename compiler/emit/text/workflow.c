/*
 * Text where GitHub evaluates expressions. An expression ends at the first
 * `}}` outside single quotes; what is around it is text.
 */
#include "emit/text/workflow.h"

void
workflow_text(struct buf *buf, struct str text)
{
    size_t start = 0;
    while (start < text.len) {
        struct str rest = str_slice(text, start, text.len);
        if (has_prefix(rest, STR("${{"))) {
            buf_add(buf, STR("${{ '${{' }}"));
            start += 3;
        } else {
            buf_byte(buf, text.at[start]);
            start++;
        }
    }
}

void
workflow_string(struct buf *buf, struct str text)
{
    buf_byte(buf, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'') {
            buf_byte(buf, '\'');
        }
        buf_byte(buf, text.at[i]);
    }
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
