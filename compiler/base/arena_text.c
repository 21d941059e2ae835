/*
 * Texts that lie in an arena.
 */
#include "base/arena.h"

#include "base/buf.h"
#include "base/trace.h"

#include <string.h>

struct str
arena_copy(struct arena *arena, struct str text)
{
    if (text.len == 0)
        return STR("");
    char *at = arena_grow(arena, NULL, 0, text.len);
    memcpy(at, text.at, text.len);
    struct str copy = {at, text.len};
    if (arena_trace(arena) != NULL)
        trace_derived(arena, copy, text, true);
    return copy;
}

char *
arena_cstr(struct arena *arena, struct str text)
{
    char *at = arena_grow(arena, NULL, 0, text.len + 1);
    if (text.len > 0)
        memcpy(at, text.at, text.len);
    at[text.len] = '\0';
    return at;
}

struct str
arena_format(struct arena *arena, const char *template_text, struct strs texts)
{
    struct buf buf;
    size_t len = strlen(template_text); /* at least what stands between texts */
    for (size_t i = 0; i < texts.count; i++)
        len += texts.at[i].len;
    buf_init_sized(&buf, arena, len - 2 * texts.count);
    buf_format(&buf, template_text, texts);
    return buf_str(&buf);
}

struct str
arena_number(struct arena *arena, int64_t number)
{
    struct buf buf;
    buf_init_sized(&buf, arena, NUMBER_DIGITS_MAX);
    buf_number(&buf, number);
    return buf_str(&buf);
}
