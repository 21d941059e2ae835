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
    buf_replace(buf, text, STR("'"), STR("'\\''"));
    buf_byte(buf, '\'');
}
