/*
 * Choosing messages, their first lines, and counts of them.
 */
#include "diag/message.h"

#include "base/limits.h"
#include "diag/paint.h"

static void add_count(struct buf *buf, size_t count, const char *one);

struct messages
messages_of(const struct render *render)
{
    size_t max = render->message_max > 0 ? render->message_max : LIMIT_MESSAGES;
    size_t count = sink_count(render->sink);
    size_t errors = 0;
    for (size_t i = 0; i < count; i++)
        errors += sink_at(render->sink, i)->severity == SEVERITY_ERROR;
    size_t shown = count < max ? count : max;
    struct messages messages = {.sink = render->sink};
    messages.error_room = errors < max ? errors : max;
    messages.other_room = shown - messages.error_room;
    messages.hidden_count = count - shown + sink_overflow_count(render->sink);
    return messages;
}

const struct diag *
message_next(struct messages *messages)
{
    while (messages->index < sink_count(messages->sink)) {
        const struct diag *diag = sink_at(messages->sink, messages->index++);
        size_t *room = diag->severity == SEVERITY_ERROR ? &messages->error_room
                                                        : &messages->other_room;
        if (*room == 0)
            continue;
        --*room;
        return diag;
    }
    return NULL;
}

void
add_message_head(struct buf *buf, const struct render *render,
                 const struct diag *diag)
{
    enum style style = style_of(diag->severity);
    if (!is_span_nowhere(diag->span)) {
        add_place(buf, render, diag->span);
        buf_add(buf, STR(": "));
    }
    paint_open(buf, render->color, style);
    buf_format(buf, "{}[{}]",
               STRS(severity_name(diag->severity),
                    str_from(diag_row(diag->code)->code)));
    paint_close(buf, render->color, style);
    buf_add(buf, STR(": "));
    paint(buf, render->color, STYLE_HEADLINE, diag->headline);
    buf_byte(buf, '\n');
}

void
add_place(struct buf *buf, const struct render *render, struct span span)
{
    struct source_position place = source_locate(render->map, span.start);
    add_visible(buf, place.file->path);
    buf_byte(buf, ':');
    buf_number(buf, (int64_t)place.line);
    buf_byte(buf, ':');
    buf_number(buf, (int64_t)place.column);
}

void
add_hidden_count(struct buf *buf, const struct messages *messages)
{
    if (messages->hidden_count == 0)
        return;
    buf_add(buf, STR("and "));
    add_count(buf, messages->hidden_count, "more message");
    buf_byte(buf, '\n');
}

void
render_summary(struct buf *buf, const struct sink *sink)
{
    size_t errors = sink_error_count(sink);
    size_t warnings = sink_warning_count(sink);
    if (errors > 0 || warnings == 0)
        add_count(buf, errors, "error");
    if (errors > 0 && warnings > 0)
        buf_add(buf, STR(" and "));
    if (warnings > 0)
        add_count(buf, warnings, "warning");
}

/* `no errors`, `1 error`, `2 errors`. */
static void
add_count(struct buf *buf, size_t count, const char *one)
{
    if (count == 0)
        buf_add(buf, STR("no"));
    else
        buf_number(buf, (int64_t)count);
    buf_byte(buf, ' ');
    buf_add(buf, str_from(one));
    if (count != 1)
        buf_byte(buf, 's');
}
