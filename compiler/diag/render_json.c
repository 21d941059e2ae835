/*
 * All messages as one JSON object (RFC 8259), for programs. Text that is not
 * UTF-8 is repaired, so that every reader takes it.
 */
#include "diag/render.h"

#include "base/utf8.h"

#include <assert.h>

/* A writer that knows where commas go. Keys are ours and need no escapes. */
struct json {
    struct buf *buf;
    const struct source_map *map;
    bool is_first; /* nothing stands in the innermost object or list yet */
};

static void add_diagnostic(struct json *json, const struct diag *diag);
static void add_place_fields(struct json *json, struct span span);
static void add_span_fields(struct json *json, struct span span);
static void add_notes(struct json *json, const struct diag_note *notes);
static void add_helps(struct json *json, const struct diag_note *helps);
static void add_fixes(struct json *json, const struct diag_fix *fixes);
static uint32_t end_in_file(const struct source_file *file, struct span span);
static void json_open(struct json *json, const char *key, char bracket);
static void json_close(struct json *json, char bracket);
static void json_key(struct json *json, const char *key);
static void json_text(struct json *json, const char *key, struct str text);
static void json_number(struct json *json, const char *key, size_t number);
static void add_quoted(struct buf *buf, struct str text);
static void add_character(struct buf *buf, uint32_t code_point);
static void add_escape(struct buf *buf, uint32_t unit);

void
render_json(struct buf *buf, const struct render *render)
{
    struct json json = {buf, render->map, true};
    json_open(&json, NULL, '{');
    json_number(&json, "version", 1);
    json_open(&json, "diagnostics", '[');
    for (size_t i = 0; i < sink_count(render->sink); i++)
        add_diagnostic(&json, sink_at(render->sink, i));
    json_close(&json, ']');
    json_number(&json, "errors", sink_error_count(render->sink));
    json_number(&json, "warnings", sink_warning_count(render->sink));
    json_close(&json, '}');
    buf_byte(buf, '\n');
}

static void
add_diagnostic(struct json *json, const struct diag *diag)
{
    const struct diag_row *row = diag_row(diag->code);
    json_open(json, NULL, '{');
    json_text(json, "code", str_from(row->code));
    json_text(json, "name", str_from(row->name));
    json_text(json, "severity", severity_name(diag->severity));
    json_text(json, "message", diag->headline);
    json_text(json, "label", diag->label);
    add_place_fields(json, diag->span);
    json_text(json, "object", diag->object);
    add_notes(json, diag->notes);
    add_helps(json, diag->helps);
    add_fixes(json, diag->fixes);
    json_close(json, '}');
}

/* Nothing at all when the span has no place. */
static void
add_place_fields(struct json *json, struct span span)
{
    struct source_position start = source_locate(json->map, span.start);
    if (!start.file)
        return;
    struct source_position end =
        source_locate(json->map, end_in_file(start.file, span));
    json_text(json, "file", start.file->path);
    json_number(json, "line", start.line);
    json_number(json, "column", start.column);
    json_number(json, "endLine", end.line);
    json_number(json, "endColumn", end.column);
    add_span_fields(json, span);
}

static void
add_span_fields(struct json *json, struct span span)
{
    const struct source_file *file = source_find(json->map, span.start);
    assert(file);
    json_number(json, "start", span.start - file->start);
    json_number(json, "end", end_in_file(file, span) - file->start);
}

static void
add_notes(struct json *json, const struct diag_note *notes)
{
    json_open(json, "notes", '[');
    for (; notes; notes = notes->next) {
        json_open(json, NULL, '{');
        json_text(json, "text", notes->text);
        if (notes->has_span)
            add_place_fields(json, notes->span);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void
add_helps(struct json *json, const struct diag_note *helps)
{
    json_open(json, "helps", '[');
    for (; helps; helps = helps->next)
        json_text(json, NULL, helps->text);
    json_close(json, ']');
}

static void
add_fixes(struct json *json, const struct diag_fix *fixes)
{
    json_open(json, "fixes", '[');
    for (; fixes; fixes = fixes->next) {
        const struct source_file *file =
            source_find(json->map, fixes->span.start);
        json_open(json, NULL, '{');
        json_text(json, "file", file->path);
        add_span_fields(json, fixes->span);
        json_text(json, "text", fixes->text);
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* A guess of a span may run over its file's end, or backwards. */
static uint32_t
end_in_file(const struct source_file *file, struct span span)
{
    uint32_t end = file->start + (uint32_t)file->text.len;
    if (span.end < span.start)
        return span.start;
    return span.end < end ? span.end : end;
}

static void
json_open(struct json *json, const char *key, char bracket)
{
    json_key(json, key);
    buf_byte(json->buf, bracket);
    json->is_first = true;
}

static void
json_close(struct json *json, char bracket)
{
    buf_byte(json->buf, bracket);
    json->is_first = false;
}

/* What stands before any value; NULL in a list. */
static void
json_key(struct json *json, const char *key)
{
    if (!json->is_first)
        buf_byte(json->buf, ',');
    json->is_first = false;
    if (!key)
        return;
    buf_byte(json->buf, '"');
    buf_add(json->buf, str_from(key));
    buf_add(json->buf, STR("\":"));
}

static void
json_text(struct json *json, const char *key, struct str text)
{
    json_key(json, key);
    add_quoted(json->buf, text);
}

static void
json_number(struct json *json, const char *key, size_t number)
{
    json_key(json, key);
    buf_number(json->buf, (int64_t)number);
}

static void
add_quoted(struct buf *buf, struct str text)
{
    buf_byte(buf, '"');
    size_t offset = 0;
    while (offset < text.len)
        add_character(buf, utf8_next(text, &offset));
    buf_byte(buf, '"');
}

/* RFC 8259 section 7. What cannot be seen is escaped too, since people read
 * JSON on terminals. */
static void
add_character(struct buf *buf, uint32_t code_point)
{
    bool is_hidden = code_point < 0x20 ||
                     (code_point >= 0x7F && code_point <= 0x9F) ||
                     (code_point <= 0xFFFF && is_invisible(code_point));
    if (code_point == UTF8_INVALID) {
        utf8_add(buf, 0xFFFD);
    } else if (is_hidden) {
        add_escape(buf, code_point);
    } else if (code_point > 0xFFFF && is_invisible(code_point)) {
        add_escape(buf, 0xD800 + ((code_point - 0x10000) >> 10));
        add_escape(buf, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    } else {
        if (code_point == '"' || code_point == '\\')
            buf_byte(buf, '\\');
        utf8_add(buf, code_point);
    }
}

static void
add_escape(struct buf *buf, uint32_t unit)
{
    buf_add(buf, STR("\\u"));
    for (unsigned shift = 16; shift > 0; shift -= 4)
        buf_byte(buf, "0123456789abcdef"[unit >> (shift - 4) & 0xF]);
}
