/*
 * Messages for people: the place, what is wrong, the guilty line, the way out.
 */
#include "diag/render.h"

#include "diag/excerpt.h"
#include "diag/message.h"
#include "diag/paint.h"

static void add_message(struct buf *buf, const struct render *render,
                        const struct diag *diag);
static void add_remark(struct buf *buf, const struct render *render,
                       const struct diag *diag, enum style style,
                       struct str text);
static void add_place_note(struct buf *buf, const struct render *render,
                           const struct diag_note *note);

void
render_human(struct buf *buf, const struct render *render)
{
    struct messages messages = messages_of(render);
    const struct diag *diag = message_next(&messages);
    while (diag) {
        add_message(buf, render, diag);
        diag = message_next(&messages);
        if (diag || messages.hidden_count > 0)
            buf_byte(buf, '\n');
    }
    add_hidden_count(buf, &messages);
}

static void
add_message(struct buf *buf, const struct render *render,
            const struct diag *diag)
{
    bool has_place = !is_span_nowhere(diag->span);
    add_message_head(buf, render, diag);
    if (has_place)
        add_excerpt(buf, render,
                    &(struct excerpt){diag->span, diag->label,
                                      style_of(diag->severity)});
    else if (!is_str_empty(diag->label))
        add_remark(buf, render, diag, STYLE_NOTE, diag->label);
    for (const struct diag_note *note = diag->notes; note; note = note->next)
        if (!note->has_span)
            add_remark(buf, render, diag, STYLE_NOTE, note->text);
    for (const struct diag_note *help = diag->helps; help; help = help->next)
        add_remark(buf, render, diag, STYLE_HELP, help->text);
    for (const struct diag_note *note = diag->notes; note; note = note->next)
        if (note->has_span)
            add_place_note(buf, render, note);
}

/*    = help: the nearest word is `branch`
 * Further lines, as those of a diff, stand below it. */
static void
add_remark(struct buf *buf, const struct render *render,
           const struct diag *diag, enum style style, struct str text)
{
    add_gutter(buf, render, diag->span);
    buf_byte(buf, ' ');
    paint(buf, render->color, STYLE_GUTTER, STR("="));
    buf_byte(buf, ' ');
    paint(buf, render->color, style,
          style == STYLE_HELP ? STR("help") : STR("note"));
    buf_add(buf, STR(": "));
    add_visible(buf, str_cut(&text, '\n'));
    buf_byte(buf, '\n');
    while (text.len > 0) {
        add_gutter(buf, render, diag->span);
        buf_add(buf, STR("   "));
        add_visible(buf, str_cut(&text, '\n'));
        buf_byte(buf, '\n');
    }
}

static void
add_place_note(struct buf *buf, const struct render *render,
               const struct diag_note *note)
{
    paint(buf, render->color, STYLE_NOTE, STR("note"));
    buf_add(buf, STR(": "));
    add_visible(buf, note->text);
    buf_add(buf, STR("\n  "));
    paint(buf, render->color, STYLE_GUTTER, STR("-->"));
    buf_byte(buf, ' ');
    add_place(buf, render, note->span);
    buf_byte(buf, '\n');
    add_excerpt(buf, render,
                &(struct excerpt){note->span, STR(""), STYLE_NOTE});
}
