/*
 * Bytes that grow in an arena: the capacity doubles, so that building a text
 * takes time in proportion to its length.
 */
#include "base/buf.h"

#include "base/trace.h"

#include <assert.h>
#include <string.h>

enum { BUF_FIRST = 32 };

static const char *add_hole(struct buf *buf, const char *hole,
                            struct strs texts, size_t *next);

void
buf_init(struct buf *buf, struct arena *arena)
{
    struct trace *trace = arena_trace(arena);
    *buf = (struct buf){.arena = arena};
    if (trace != NULL)
        buf->number = ++trace->buf_count;
}

void
buf_init_sized(struct buf *buf, struct arena *arena, size_t len)
{
    buf_init(buf, arena);
    if (len == 0)
        return;
    buf->at = arena_grow(arena, NULL, 0, len);
    buf->capacity = len;
}

void
buf_add(struct buf *buf, struct str text)
{
    if (text.len == 0)
        return;
    if (buf->number != 0)
        trace_copy(buf, text);
    memcpy(buf_room(buf, text.len), text.at, text.len);
    buf->len += text.len;
}

void
buf_repeat(struct buf *buf, char byte, size_t count)
{
    if (count == 0)
        return;
    memset(buf_room(buf, count), byte, count);
    buf->len += count;
}

void
buf_number(struct buf *buf, int64_t number)
{
    char digits[NUMBER_DIGITS_MAX];
    size_t start = sizeof digits;
    /* Unsigned, since INT64_MIN has no positive counterpart. */
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--start] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--start] = '-';
    buf_add(buf, (struct str){digits + start, sizeof digits - start});
}

void
buf_format(struct buf *buf, const char *template_text, struct strs texts)
{
    size_t next = 0;
    const char *at = template_text;
    while (*at != '\0') {
        const char *hole = strchr(at, '{');
        size_t plain = hole != NULL ? (size_t)(hole - at) : strlen(at);
        buf_add(buf, (struct str){at, plain});
        at += plain;
        if (*at == '{')
            at = add_hole(buf, at, texts, &next);
    }
    assert(next == texts.count);
}

void
buf_replace(struct buf *buf, struct str text, struct str what, struct str with)
{
    size_t from = 0;
    size_t at = str_index(text, what.at[0], 0);
    while (at < text.len) {
        bool is_there = has_prefix(str_slice(text, at, text.len), what);
        if (is_there) {
            buf_add_run(buf, str_slice(text, from, at));
            buf_add_run(buf, with);
            from = at + what.len;
        }
        at = str_index(text, what.at[0], is_there ? from : at + 1);
    }
    buf_add_run(buf, str_slice(text, from, text.len));
}

struct str
buf_str(const struct buf *buf)
{
    struct trace *trace = arena_trace(buf->arena);
    if (trace != NULL && buf->len > 0)
        *(struct trace_text *)vec_add(&trace->texts) =
            (struct trace_text){{buf->at, buf->len}, buf->number};
    return buf->len > 0 ? (struct str){buf->at, buf->len} : STR("");
}

void
buf_enlarge(struct buf *buf, size_t count)
{
    size_t capacity = buf->capacity > 0 ? buf->capacity : BUF_FIRST;
    /* A sum that overflows is left to the arena, which refuses it. */
    size_t wanted = count > SIZE_MAX - buf->len ? SIZE_MAX : buf->len + count;
    while (capacity < wanted)
        capacity = capacity > SIZE_MAX / 2 ? SIZE_MAX : capacity * 2;
    buf->at = arena_grow(buf->arena, buf->at, buf->capacity, capacity);
    buf->capacity = capacity;
}

/* `{}` or `{{` at `hole`; gives what follows it. */
static const char *
add_hole(struct buf *buf, const char *hole, struct strs texts, size_t *next)
{
    if (hole[1] == '}') {
        assert(*next < texts.count);
        if (*next < texts.count)
            buf_add(buf, texts.at[(*next)++]);
        return hole + 2;
    }
    assert(hole[1] == '{');
    buf_byte(buf, '{');
    return hole[1] == '{' ? hole + 2 : hole + 1;
}
