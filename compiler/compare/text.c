#include "compare/text.h"

enum { SHORT_MAX = 160 };

static void add_value(struct buf *buf, const struct value *value);

static void
add_text(struct buf *buf, const struct value *value)
{
    if (value_part_count(value) == 0)
        buf_add(buf, value->text);
    for (size_t i = 0; i < value_part_count(value); i++) {
        const struct text_part *part = &value->parts->at[i];
        if (part->is_name)
            buf_format(buf, "${{{}}", STRS(part->text));
        else
            buf_add(buf, part->text);
    }
}

static void
add_list(struct buf *buf, const struct value *value)
{
    bool is_plain = value->item_count == 1;
    if (!is_plain)
        buf_byte(buf, '[');
    for (size_t i = 0; i < value->item_count; i++) {
        if (i > 0)
            buf_byte(buf, ' ');
        add_value(buf, &value->items[i]);
    }
    if (!is_plain)
        buf_byte(buf, ']');
}

static void
add_range(struct buf *buf, const struct value *value)
{
    add_value(buf, &value->items[0]);
    if (is_value_equal(&value->items[0], &value->items[1]))
        return;
    buf_add(buf, STR(".."));
    add_value(buf, &value->items[1]);
}

static void
add_value(struct buf *buf, const struct value *value)
{
    switch (value->kind) {
    case VALUE_POISON:
        break;
    case VALUE_HOLE:
        buf_byte(buf, '?');
        buf_add(buf, value->text);
        break;
    case VALUE_TEXT:
        add_text(buf, value);
        break;
    case VALUE_NUMBER:
        buf_add(buf, value_number_text(buf->arena, value));
        break;
    case VALUE_BOOL:
        buf_add(buf, value->number != 0 ? STR("true") : STR("false"));
        break;
    case VALUE_RANGE:
        add_range(buf, value);
        break;
    case VALUE_LIST:
        add_list(buf, value);
        break;
    case VALUE_COMPARISON:
        buf_format(buf, "{} ",
                   STRS(str_from(comparison_text(value->comparison))));
        add_value(buf, &value->items[0]);
        break;
    }
}

struct str
value_text(struct arena *arena, const struct value *value)
{
    struct buf buf;
    buf_init(&buf, arena);
    if (value != NULL)
        add_value(&buf, value);
    return buf_str(&buf);
}

struct str
values_text(struct arena *arena, const struct value *const *values,
            size_t count)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < count; i++) {
        struct str text = value_text(arena, values[i]);
        if (buf.len > 0 && text.len > 0)
            buf_byte(&buf, ' ');
        buf_add(&buf, text);
    }
    return buf_str(&buf);
}

static size_t
line_count(struct str text)
{
    size_t count = 0;
    while (text.len > 0) {
        str_cut(&text, '\n');
        count++;
    }
    return count;
}

struct str
short_text(struct arena *arena, struct str text)
{
    if (has_suffix(text, STR("\n")))
        text.len--;
    if (has_byte(text, '\n'))
        return arena_format(
            arena, "{} lines",
            STRS(arena_number(arena, (int64_t)line_count(text))));
    if (text.len <= SHORT_MAX)
        return text;
    size_t end = SHORT_MAX;
    while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    return arena_format(arena, "{}…", STRS(str_slice(text, 0, end)));
}
