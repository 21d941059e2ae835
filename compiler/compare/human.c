/*
 * A differences for people at a terminal: a line a change.
 */
#include "compare/told.h"

#include "base/printable.h"

static void
write_risk_marks(struct buf *buf, unsigned risks)
{
    if (risks == 0)
        return;
    buf_add(buf, STR("  ["));
    for (unsigned risk = 0, count = 0; risk < RISK_COUNT; risk++) {
        if ((risks >> risk & 1U) == 0)
            continue;
        if (count++ > 0)
            buf_add(buf, STR(", "));
        buf_add(buf, str_from(risk_name((enum risk)risk)));
    }
    buf_byte(buf, ']');
}

/* What a terminal would obey is spelled out. */
static void
write_text(struct buf *buf, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t code_point = printable_next(text, &at);
        if (is_printable(code_point)) {
            buf_add(buf, str_slice(text, start, at));
            continue;
        }
        buf_add(buf, STR("\\u{"));
        printable_hex(buf, code_point, 4);
        buf_byte(buf, '}');
    }
}

static void
write_what(struct buf *buf, const struct change *change)
{
    bool has_field = !is_str_empty(change->field);
    if (has_field)
        write_text(buf, change->field);
    if (change->kind == CHANGE_CHANGED) {
        buf_add(buf, has_field ? STR(" ") : STR(""));
        write_text(buf, change->before);
        buf_add(buf, STR(" → "));
        write_text(buf, change->after);
        return;
    }
    bool is_added = change->kind == CHANGE_ADDED;
    struct str text = is_added ? change->after : change->before;
    buf_add(buf, has_field ? STR(" ") : STR(""));
    buf_add(buf, is_added ? STR("added") : STR("removed"));
    if (!is_str_empty(text)) {
        buf_add(buf, STR(": "));
        write_text(buf, text);
    }
}

static void
write_change(struct buf *buf, const struct change *change)
{
    static const char marks[] = {'+', '-', '~'};
    buf_add(buf, STR("  "));
    buf_byte(buf, marks[change->kind]);
    buf_byte(buf, ' ');
    struct str object = change_object(buf->arena, change);
    if (!is_str_empty(object)) {
        write_text(buf, object);
        buf_add(buf, STR(": "));
    }
    write_what(buf, change);
    if (!is_str_empty(change->note)) {
        buf_add(buf, change->kind == CHANGE_CHANGED ? STR(", ") : STR("; "));
        buf_add(buf, change->note);
    }
    write_risk_marks(buf, change->risks);
    buf_byte(buf, '\n');
}

void
differences_write(struct buf *buf, const struct differences *differences)
{
    for (size_t i = 0; i < differences->changes.count; i++) {
        const struct change *change = change_at(differences, i);
        if (begins_group(differences, i)) {
            buf_add(buf, i == 0 ? STR("") : STR("\n"));
            buf_add(buf, group_title(change));
            buf_byte(buf, '\n');
        }
        write_change(buf, change);
    }
    if (differences->changes.count + differences->files.count == 0)
        return;
    buf_add(buf, differences->changes.count > 0 ? STR("\n") : STR(""));
    write_counts(buf, differences);
    buf_byte(buf, '\n');
}
