/*
 * One workflow command a message: GitHub shows it on the guilty line of the
 * pull request. A step shows ten errors and ten warnings, so the gravest come
 * first.
 */
#include "diag/render.h"

/* What would end a command's text, or one of its properties, is escaped. */
static void
add_escaped(struct buf *buf, struct str text, bool is_property)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '%')
            buf_add(buf, STR("%25"));
        else if (byte == '\r')
            buf_add(buf, STR("%0D"));
        else if (byte == '\n')
            buf_add(buf, STR("%0A"));
        else if (is_property && byte == ':')
            buf_add(buf, STR("%3A"));
        else if (is_property && byte == ',')
            buf_add(buf, STR("%2C"));
        else
            buf_byte(buf, byte);
    }
}

static const char *
command_of(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_INFO:
    case SEVERITY_OFF:
        break;
    }
    return "notice";
}

static void
add_place_of(struct buf *buf, const struct render *render, struct span span)
{
    struct source_position start = source_locate(render->map, span.start);
    struct source_position end = source_locate(render->map, span.end);
    if (is_span_nowhere(span) || start.file == NULL)
        return;
    buf_add(buf, STR("file="));
    add_escaped(buf, start.file->path, true);
    buf_add(buf, STR(",line="));
    buf_number(buf, (int64_t)start.line);
    buf_add(buf, STR(",col="));
    buf_number(buf, (int64_t)start.column);
    if (end.line == start.line && end.column > start.column) {
        buf_add(buf, STR(",endColumn="));
        buf_number(buf, (int64_t)end.column);
    }
    buf_byte(buf, ',');
}

static void
add_command(struct buf *buf, const struct render *render,
            const struct diag *diag)
{
    const struct diag_row *row = diag_row(diag->code);
    buf_format(buf, "::{} ", STRS(str_from(command_of(diag->severity))));
    add_place_of(buf, render, diag->span);
    buf_format(buf,
               "title={} {}::", STRS(str_from(row->code), str_from(row->name)));
    add_escaped(buf, diag->headline, false);
    if (!is_str_empty(diag->label)) {
        buf_add(buf, STR("%0A"));
        add_escaped(buf, diag->label, false);
    }
    for (const struct diag_note *help = diag->helps; help != NULL;
         help = help->next) {
        buf_add(buf, STR("%0Ahelp: "));
        add_escaped(buf, help->text, false);
    }
    buf_byte(buf, '\n');
}

void
render_github(struct buf *buf, const struct render *render)
{
    static const enum severity order[] = {SEVERITY_ERROR, SEVERITY_WARNING,
                                          SEVERITY_INFO};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        for (size_t j = 0; j < sink_count(render->sink); j++) {
            const struct diag *diag = sink_at(render->sink, j);
            if (diag->severity == order[i])
                add_command(buf, render, diag);
        }
    }
}
