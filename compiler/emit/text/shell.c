/*
 * Words of a shell script. Inside single quotes nothing means anything but
 * the quote itself, which is therefore put outside, behind a backslash.
 */
#include "emit/text/shell.h"

#include <assert.h>

#include "base/trace.h"

void
shell_word(struct buf *buf, struct str text)
{
    assert(!has_byte(text, '\0'));
    trace_mark(buf, text);
    buf_byte(buf, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'') {
            buf_add(buf, STR("'\\''"));
        } else {
            buf_byte(buf, text.at[i]);
        }
    }
    buf_byte(buf, '\'');
}
