/*
 * What a thing that came or went says, in some words: what the program says of
 * it beyond the defaults.
 */
#include "compare/walk.h"

#include "compare/text.h"

enum { PIECES_MAX = 12 };

struct description {
    struct buf text;
    size_t count;
};

struct str
range_name(struct arena *arena, const char *name, size_t part)
{
    struct str rest = str_from(name);
    struct str low = str_cut(&rest, '|');
    (void)arena;
    return part == 0 ? low : rest;
}

/* `memory request|memory limit` is `memory`; without a word that both begin or
 * end with, both with a dash. */
struct str
whole_name(struct arena *arena, const char *name)
{
    struct str high = str_from(name);
    struct str low = str_cut(&high, '|');
    size_t same = 0;
    if (is_str_empty(high))
        return low;
    for (size_t i = 0; i < low.len && i < high.len && low.at[i] == high.at[i];
         i++) {
        if (low.at[i] == ' ')
            same = i;
    }
    if (same > 0)
        return str_slice(low, 0, same);
    return arena_format(arena, "{}, {}", STRS(low, high));
}

static void
add_piece(struct description *into, struct str name, struct str text)
{
    if (into->count > PIECES_MAX)
        return;
    if (into->count > 0)
        buf_add(&into->text, STR(", "));
    if (into->count++ == PIECES_MAX)
        buf_add(&into->text, STR("…"));
    else
        buf_add(&into->text, joined(into->text.arena, name,
                                    short_text(into->text.arena, text)));
}

static bool
is_said(const struct value *value)
{
    return value != NULL && value->origin != NULL &&
           value->origin->layer != LAYER_DEFAULT;
}

static void
add_list(struct description *into, const struct field *field, const void *item)
{
    const void *const *items = field_pointer(field, item);
    for (size_t i = 0; i < field_count(field, item); i++)
        add_piece(into, str_from(field->name),
                  shape_key(into->text.arena, field->of, items[i]));
}

static void
add_field(struct description *into, const struct field *field, const void *item)
{
    struct arena *arena = into->text.arena;
    struct str name = whole_name(arena, field->name);
    struct str text = field_text(arena, field, item);
    switch (field->form) {
    case FORM_VALUE:
        if (is_said(field_pointer(field, item)))
            add_piece(into, name, text);
        break;
    case FORM_VALUE_ROW:
    case FORM_VALUES:
        add_piece(into, name, text);
        break;
    case FORM_FLAG:
        if (is_str_equal(text, STR("yes")))
            add_piece(into, name, STR(""));
        break;
    case FORM_REFS:
    case FORM_KEYS:
        add_list(into, field, item);
        break;
    case FORM_TEXT:
    case FORM_NUMBER:
    case FORM_WORD:
    case FORM_NAME:
    case FORM_PART:
    case FORM_ONE:
    case FORM_LIST:
    case FORM_SETTINGS:
    case FORM_RAW:
    case FORM_SKIP:
        break;
    }
}

struct str
describe(struct arena *arena, enum shape_id id, const void *item)
{
    struct rows shape = shape_of(id);
    struct description into = {.count = 0};
    buf_init(&into.text, arena);
    for (size_t i = 0; i < shape.count; i++) {
        if (!shape.fields[i].is_key)
            add_field(&into, &shape.fields[i], item);
    }
    return buf_str(&into.text);
}
