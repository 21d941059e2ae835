#include "base/trace.h"

void
trace_begin(struct arena *arena)
{
    struct trace *trace = arena_new(arena, sizeof *trace);
    vec_init(&trace->marks, arena, sizeof(struct trace_mark));
    vec_init(&trace->texts, arena, sizeof(struct trace_text));
    arena_set_trace(arena, trace);
}

static void
add_mark(struct trace *trace, struct trace_mark mark)
{
    if (mark.buf != 0)
        *(struct trace_mark *)vec_add(&trace->marks) = mark;
}

void
trace_derived(struct arena *arena, struct str text, struct str from,
              bool is_copy)
{
    struct trace *trace = arena_trace(arena);
    if (trace == NULL)
        return;
    uint32_t number = ++trace->buf_count;
    *(struct trace_text *)vec_add(&trace->texts) =
        (struct trace_text){text, number};
    add_mark(trace, (struct trace_mark){is_copy, number, 0, from});
}

void
trace_copy(struct buf *buf, struct str from)
{
    struct trace *trace = arena_trace(buf->arena);
    if (trace != NULL)
        add_mark(trace, (struct trace_mark){true, buf->number, buf->len, from});
}

void
trace_add_mark(struct buf *buf, struct str from)
{
    add_mark(arena_trace(buf->arena),
             (struct trace_mark){false, buf->number, buf->len, from});
}
