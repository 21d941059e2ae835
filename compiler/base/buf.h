/*
 * Bytes that grow, in an arena. The only way that stages build text.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
    struct arena *arena;
    char *at;
    size_t len;
    size_t capacity;
    uint32_t number; /* in its arena's trace; 0: there is none */
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_add(struct buf *buf, struct str text);
void buf_byte(struct buf *buf, char byte);
void buf_repeat(struct buf *buf, char byte, size_t count);
void buf_number(struct buf *buf, int64_t number);
/* `{}` stands for the next text, `{{` for `{`: see arena_format. */
void buf_format(struct buf *buf, const char *template_text, struct strs texts);
/* What is in it; valid until the next addition. */
struct str buf_str(const struct buf *buf);

#endif
