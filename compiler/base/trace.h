/*
 * Which text came from which, by where they lie in memory: a text never moves
 * and never changes, so its address says where it came from. Kept only in an
 * arena that is told to keep it; a `buf` notes each text that it takes up.
 */
#ifndef BASE_TRACE_H
#define BASE_TRACE_H

#include "base/buf.h"
#include "base/vec.h"

/* A buf's bytes from `offset` on are `from`, or tell of it. */
struct trace_mark {
    bool is_copy; /* byte for byte */
    uint32_t buf; /* its number in this arena */
    size_t offset;
    struct str from;
};

/* This text is what was in that buf. */
struct trace_text {
    struct str text;
    uint32_t buf;
};

struct trace {
    struct vec marks; /* of struct trace_mark */
    struct vec texts; /* of struct trace_text */
    uint32_t buf_count;
};

/* From now on; before the first text that matters. */
void trace_begin(struct arena *arena);
/* NULL when the arena keeps none. */
struct trace *arena_trace(const struct arena *arena);
void arena_set_trace(struct arena *arena, struct trace *trace);
/* `text` was made of `from`. */
void trace_derived(struct arena *arena, struct str text, struct str from,
                   bool is_copy);
/* What comes next into `buf` is `from`. */
void trace_copy(struct buf *buf, struct str from);
/* For trace_mark(), where there is a trace. */
void trace_add_mark(struct buf *buf, struct str from);

/* What comes next into `buf` tells of `from`, spelled in another way. */
static inline void
trace_mark(struct buf *buf, struct str from)
{
    if (buf->arena->trace != NULL)
        trace_add_mark(buf, from);
}

#endif
