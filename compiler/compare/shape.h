/*
 * The table of fields (fields.def) as data: for each struct of the IR its
 * members, what a user calls them, and what a change of them may do.
 */
#ifndef COMPARE_SHAPE_H
#define COMPARE_SHAPE_H

#include "base/buf.h"

#include <stdint.h>

enum shape_id {
    SHAPE_NONE,
#define SHAPE(id) SHAPE_##id,
#define END(id)
#define FIELD(id, member, ...)
#include "compare/rows.h"
    SHAPE_COUNT
};

enum form {
    FORM_VALUE,
    FORM_VALUE_ROW, /* an array of values in the struct */
    FORM_VALUES,    /* a pointer to pointers to values, and a count */
    FORM_TEXT,
    FORM_FLAG,
    FORM_NUMBER,
    FORM_WORD, /* an enum */
    FORM_NAME, /* a pointer to what is declared elsewhere */
    FORM_PART,
    FORM_ONE,
    FORM_LIST,
    FORM_REFS,
    FORM_KEYS,
    FORM_SETTINGS, /* a list, one item a config key of the program */
    FORM_RAW,
    FORM_SKIP,
};

enum level { LEVEL_IN, LEVEL_OBJECT, LEVEL_UNDER, LEVEL_GROUP };

/* What a change comes to, and the risks of that. `part` is the range's end, 0
 * or 1. */
typedef unsigned write_note(struct buf *buf, const void *before,
                            const void *after, size_t part);

/* Beside the bits of enum risk. */
enum { RISK_BITS = 0xFFFF, UNWRITTEN = 1 << 16, ANY_ORDER = 1 << 17 };

struct field {
    const char *name;
    const char *words; /* of a WORD, with `|` between */
    write_note *note;  /* or NULL */
    uint32_t at;
    uint32_t size;
    uint32_t count_at; /* of the count, for lists */
    enum form form : 8;
    enum shape_id of : 16;
    enum level level : 8;
    unsigned risks;
    unsigned risks_of_end;
    bool is_key;
};

struct rows {
    const struct field *fields;
    size_t count;
};

struct rows shape_of(enum shape_id id);
const void *field_pointer(const struct field *field, const void *item);
size_t field_count(const struct field *field, const void *item);
/* What an item of a list is found by; may be empty. */
struct str shape_key(struct arena *arena, enum shape_id id, const void *item);
/* What a simple field says: a value, a text, a flag …; empty when nothing. */
struct str field_text(struct arena *arena, const struct field *field,
                      const void *item);

#endif
