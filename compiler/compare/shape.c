/*
 * The table as data, and what is read through it.
 */
#include "compare/shape.h"

#include "compare/capacity.h"
#include "compare/risks.h"
#include "compare/text.h"

#include <assert.h>
#include <string.h>

/* A row's number, and between the rows of each struct its first and last. */
enum row {
#define SHAPE(id) FIRST_##id, BEFORE_##id = FIRST_##id - 1,
#define END(id) END_##id, LAST_##id = END_##id - 1,
#define FIELD(id, member, ...) ROW_##id##_##member,
#include "compare/rows.h"
    ROW_COUNT
};

#define TYPE(id, name, example) name "|"
static const char type_words[] =
#include "ir/types.def"
    ;
#undef TYPE

#define RECORD(id, ...) #id "|"
static const char record_words[] =
#include "ir/records.def"
    ;
#undef RECORD

#define TYPE_WORDS type_words
#define RECORD_WORDS record_words
#define COUNT_OF(id, count) offsetof(struct id, count)

static const struct field fields[] = {
#define SHAPE(id)
#define END(id)
#define FIELD(id, member, form_, name_, of_, level_, is_key_, risks_, end_,    \
              words_, count_, note_)                                           \
    {.name = name_,                                                            \
     .words = words_,                                                          \
     .note = note_,                                                            \
     .at = offsetof(struct id, member),                                        \
     .size = sizeof(((const struct id *)NULL)->member),                        \
     .count_at = count_,                                                       \
     .form = FORM_##form_,                                                     \
     .of = SHAPE_##of_,                                                        \
     .level = LEVEL_##level_,                                                  \
     .risks = risks_,                                                          \
     .risks_of_end = end_,                                                     \
     .is_key = is_key_},
#include "compare/rows.h"
};

static const size_t firsts[] = {
    [SHAPE_NONE] = 0,
#define SHAPE(id) [SHAPE_##id] = FIRST_##id,
#define END(id)
#define FIELD(id, member, ...)
#include "compare/rows.h"
};

static const size_t ends[] = {
    [SHAPE_NONE] = 0,
#define SHAPE(id)
#define END(id) [SHAPE_##id] = END_##id,
#define FIELD(id, member, ...)
#include "compare/rows.h"
};

struct rows
shape_of(enum shape_id id)
{
    return (struct rows){&fields[firsts[id]], ends[id] - firsts[id]};
}

static const char *
member_at(const struct field *field, const void *item)
{
    return (const char *)item + field->at;
}

const void *
field_pointer(const struct field *field, const void *item)
{
    const void *pointer;
    assert(field->size == sizeof pointer);
    memcpy(&pointer, member_at(field, item), sizeof pointer);
    return pointer;
}

size_t
field_count(const struct field *field, const void *item)
{
    size_t count;
    memcpy(&count, (const char *)item + field->count_at, sizeof count);
    return count;
}

struct str
shape_key(struct arena *arena, enum shape_id id, const void *item)
{
    struct rows shape = shape_of(id);
    struct buf key;
    buf_init(&key, arena);
    for (size_t i = 0; i < shape.count; i++) {
        if (!shape.fields[i].is_key)
            continue;
        struct str text = field_text(arena, &shape.fields[i], item);
        if (key.len > 0 && text.len > 0)
            buf_add(&key, str_from(shape.fields[i].name));
        buf_add(&key, text);
    }
    return buf_str(&key);
}

static int64_t
number_of(const struct field *field, const void *item)
{
    int64_t wide;
    uint16_t narrow;
    if (field->size == sizeof wide) {
        memcpy(&wide, member_at(field, item), sizeof wide);
        return wide;
    }
    assert(field->size == sizeof narrow);
    memcpy(&narrow, member_at(field, item), sizeof narrow);
    return narrow;
}

/* An enum, which may be packed. */
static unsigned
choice_of(const struct field *field, const void *item)
{
    unsigned wide;
    unsigned char narrow;
    if (field->size == sizeof narrow) {
        memcpy(&narrow, member_at(field, item), sizeof narrow);
        return narrow;
    }
    assert(field->size == sizeof wide);
    memcpy(&wide, member_at(field, item), sizeof wide);
    return wide;
}

static struct str
word_of(const struct field *field, const void *item)
{
    unsigned word = choice_of(field, item);
    struct str rest = str_from(field->words);
    while (word-- > 0)
        str_cut(&rest, '|');
    return str_cut(&rest, '|');
}

static struct str
name_of(struct arena *arena, const struct field *field, const void *item)
{
    const void *thing = field_pointer(field, item);
    return thing == NULL ? STR("") : shape_key(arena, field->of, thing);
}

static struct str
row_text(struct arena *arena, const struct field *field, const void *item)
{
    const struct value *const *values = (const void *)member_at(field, item);
    return values_text(arena, values, field->size / sizeof *values);
}

struct str
field_text(struct arena *arena, const struct field *field, const void *item)
{
    switch (field->form) {
    case FORM_VALUE:
        return value_text(arena, field_pointer(field, item));
    case FORM_VALUE_ROW:
        return row_text(arena, field, item);
    case FORM_VALUES:
        return values_text(arena, field_pointer(field, item),
                           field_count(field, item));
    case FORM_TEXT:
        return *(const struct str *)(const void *)member_at(field, item);
    case FORM_FLAG:
        return *(const bool *)member_at(field, item) ? STR("yes") : STR("no");
    case FORM_NUMBER:
        return arena_number(arena, number_of(field, item));
    case FORM_WORD:
        return word_of(field, item);
    case FORM_NAME:
        return name_of(arena, field, item);
    case FORM_PART:
    case FORM_ONE:
    case FORM_LIST:
    case FORM_REFS:
    case FORM_KEYS:
    case FORM_SETTINGS:
    case FORM_RAW:
    case FORM_SKIP:
        break;
    }
    return STR("");
}
