/*
 * Bytes that grow, in an arena. The only way that stages build text.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

#include <string.h>

struct buf {
    struct arena *arena;
    char *at;
    size_t len;
    size_t capacity;
    uint32_t number; /* in its arena's trace; 0: there is none */
};

/* A sign and the 19 digits of INT64_MIN. */
enum { NUMBER_DIGITS_MAX = 20 };

void buf_init(struct buf *buf, struct arena *arena);
/* For so many bytes, or a few more: it takes no more memory than they need. */
void buf_init_sized(struct buf *buf, struct arena *arena, size_t len);
void buf_add(struct buf *buf, struct str text);
/* Makes room for `count` more bytes. */
void buf_enlarge(struct buf *buf, size_t count);
void buf_repeat(struct buf *buf, char byte, size_t count);
void buf_number(struct buf *buf, int64_t number);
/* `{}` stands for the next text, `{{` for `{`: see arena_format. */
void buf_format(struct buf *buf, const char *template_text, struct strs texts);
/* What is in it; valid until the next addition. */
struct str buf_str(const struct buf *buf);

/* Where `count` more bytes may be written; buf_grew says how many were. */
static inline char *
buf_room(struct buf *buf, size_t count)
{
    if (count > buf->capacity - buf->len)
        buf_enlarge(buf, count);
    return buf->at + buf->len;
}

static inline void
buf_grew(struct buf *buf, size_t count)
{
    buf->len += count;
}

/* The text with `with` for each `what`, in its order; trace_mark() told of it,
 * or it needs not be told. */
void buf_replace(struct buf *buf, struct str text, struct str what,
                 struct str with);
/* A part of a text of which trace_mark() told, or needs not tell. */
static inline void
buf_add_run(struct buf *buf, struct str run)
{
    if (run.len == 0)
        return;
    memcpy(buf_room(buf, run.len), run.at, run.len);
    buf_grew(buf, run.len);
}

static inline void
buf_byte(struct buf *buf, char byte)
{
    *buf_room(buf, 1) = byte;
    buf_grew(buf, 1);
}

#endif
