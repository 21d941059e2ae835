/*
 * The JSON writer.
 */
#include "base/json.h"

#include <assert.h>

#include "base/utf8.h"
#include "base/printable.h"
#include "base/trace.h"

static void entry_start(struct json *json, bool is_array);
static void line_start(struct json *json);
static void add_key(struct json *json, struct str key);
static void level_open(struct json *json, bool is_array);
static void add_code_point(struct buf *buf, uint32_t code_point);
static void add_unit(struct buf *buf, uint32_t unit);

void
json_init(struct json *json, struct buf *buf)
{
    *json = (struct json){.buf = buf};
    json->levels[0] = (struct json_level){.is_array = true, .is_empty = true};
}

void
json_object(struct json *json, const char *key)
{
    json_object_named(json, str_from(key));
}

void
json_object_named(struct json *json, struct str key)
{
    add_key(json, key);
    level_open(json, false);
}

void
json_array(struct json *json, const char *key)
{
    json_array_named(json, str_from(key));
}

void
json_array_named(struct json *json, struct str key)
{
    add_key(json, key);
    level_open(json, true);
}

void
json_item_object(struct json *json)
{
    entry_start(json, true);
    level_open(json, false);
}

void
json_item_array(struct json *json)
{
    entry_start(json, true);
    level_open(json, true);
}

void
json_end(struct json *json)
{
    assert(json->depth > 0);
    struct json_level closed = json->levels[json->depth];
    json->depth--;
    if (!closed.is_empty) {
        line_start(json);
    }
    buf_byte(json->buf, closed.is_array ? ']' : '}');
    if (json->depth == 0) {
        buf_byte(json->buf, '\n');
    }
}

void
json_text(struct json *json, const char *key, struct str text)
{
    json_text_named(json, str_from(key), text);
}

void
json_text_named(struct json *json, struct str key, struct str text)
{
    add_key(json, key);
    json_string(json->buf, text);
}

void
json_number(struct json *json, const char *key, int64_t number)
{
    add_key(json, str_from(key));
    buf_number(json->buf, number);
}

void
json_bool(struct json *json, const char *key, bool value)
{
    add_key(json, str_from(key));
    buf_add(json->buf, value ? STR("true") : STR("false"));
}

void
json_null(struct json *json, const char *key)
{
    add_key(json, str_from(key));
    buf_add(json->buf, STR("null"));
}

void
json_item_text(struct json *json, struct str text)
{
    entry_start(json, true);
    json_string(json->buf, text);
}

void
json_item_number(struct json *json, int64_t number)
{
    entry_start(json, true);
    buf_number(json->buf, number);
}

void
json_string(struct buf *buf, struct str text)
{
    trace_mark(buf, text);
    buf_byte(buf, '"');
    for (size_t i = 0; i < text.len;) {
        size_t run = quotable_run(text, i);
        buf_add_run(buf, str_slice(text, i, i + run));
        i += run;
        if (i < text.len)
            add_code_point(buf, printable_next(text, &i));
    }
    buf_byte(buf, '"');
}

static void
entry_start(struct json *json, bool is_array)
{
    struct json_level *level = &json->levels[json->depth];
    assert(level->is_array == is_array);
    assert(json->depth > 0 || level->is_empty);
    if (!level->is_empty) {
        buf_byte(json->buf, ',');
    }
    level->is_empty = false;
    if (json->depth > 0) {
        line_start(json);
    }
}

static void
line_start(struct json *json)
{
    buf_byte(json->buf, '\n');
    buf_repeat(json->buf, ' ', 2 * (size_t)json->depth);
}

static void
add_key(struct json *json, struct str key)
{
    entry_start(json, false);
    json_string(json->buf, key);
    buf_add(json->buf, STR(": "));
}

static void
level_open(struct json *json, bool is_array)
{
    assert(json->depth + 1 < JSON_DEPTH_MAX);
    json->depth++;
    json->levels[json->depth] =
        (struct json_level){.is_array = is_array, .is_empty = true};
    buf_byte(json->buf, is_array ? '[' : '{');
}

static void
add_code_point(struct buf *buf, uint32_t code_point)
{
    if (code_point == '"' || code_point == '\\') {
        buf_byte(buf, '\\');
        buf_byte(buf, (char)code_point);
    } else if (is_printable(code_point)) {
        utf8_add(buf, code_point);
    } else if (code_point == '\n') {
        buf_add(buf, STR("\\n"));
    } else if (code_point == '\t') {
        buf_add(buf, STR("\\t"));
    } else if (code_point == '\r') {
        buf_add(buf, STR("\\r"));
    } else if (code_point <= 0xFFFF) {
        add_unit(buf, code_point);
    } else {
        add_unit(buf, 0xD800 + ((code_point - 0x10000) >> 10));
        add_unit(buf, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    }
}

/* A unit of UTF-16, which is what `\u` counts in. */
static void
add_unit(struct buf *buf, uint32_t unit)
{
    buf_add(buf, STR("\\u"));
    printable_hex(buf, unit, 4);
}
