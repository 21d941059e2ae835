/*
 * A typed value and the chain of places it came from. Values are immutable
 * once made and live in the compile's arena.
 */
#ifndef IR_VALUE_H
#define IR_VALUE_H

#include "base/packed.h"
#include "ir/type.h"
#include "source/source.h"

/* From weakest to strongest: design 1.2. */
enum layer {
    LAYER_DEFAULT, /* of the language */
    LAYER_PROJECT,
    LAYER_PROFILE,
    LAYER_SERVICE,
    LAYER_LIKE, /* the environment that ours is like */
    LAYER_ENVIRONMENT,
    LAYER_RUN,
    LAYER_GIVEN, /* what fills a hole */
};

struct origin {
    struct span span;
    enum layer layer;
    const struct origin *weaker; /* what it replaced, or the filled hole */
    const struct origin *folded; /* for a text: what its ${path} came from */
};

enum PACKED value_kind {
    VALUE_POISON, /* was not understood, and that was said: accept silently */
    VALUE_HOLE,   /* ?NAME, not filled; `text` is NAME */
    VALUE_TEXT, /* hosts, names, addresses …: `text`, as it is to be written */
    VALUE_NUMBER,     /* `number`; `text` is as the user wrote it */
    VALUE_BOOL,       /* `number` is 0 or 1 */
    VALUE_RANGE,      /* two items */
    VALUE_LIST,       /* `item_count` items */
    VALUE_COMPARISON, /* `comparison` and one item */
};

enum PACKED comparison {
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    EQUAL,
    NOT_EQUAL
};

/* A piece of a text whose value only the pipeline knows wholly. */
struct text_part {
    bool is_name; /* `text` is a run-time name, such as git.sha */
    struct str text;
};

struct text_parts {
    size_t count;
    const struct text_part *at;
};

/* There are many, and each is looked into again and again: one has the 64 bytes
 * of a line of the cache, and what is asked first lies together. Its counts are
 * small, since a program has fewer bytes than 2^32.
 * Units of `number`: CPU millicores, MEMORY bytes, DURATION milliseconds,
 * PERCENT thousandths of a percent, PRICE millionths a month, VERSION major *
 * 1000 + minor. */
struct value {
    enum value_kind kind;
    enum type_kind type; /* of the items, for a range, list or comparison */
    enum comparison comparison;
    bool is_quoted; /* stood in quotes, so that no other type was meant */
    uint32_t item_count;
    int64_t number;
    struct str text;
    const struct value *items;
    const struct text_parts *parts; /* NULL unless it holds run-time names */
    struct span span;
    const struct origin *origin;
};

_Static_assert(sizeof(struct value) <= 64, "a line of the cache");

/* How many parts; none when it holds no run-time names. */
static inline size_t
value_part_count(const struct value *value)
{
    return value->parts != NULL ? value->parts->count : 0;
}

/* Is there something to emit: not NULL, no hole, no poison, also inside. Here,
 * so that whoever reads one file sees that what is known is not NULL, and since
 * rules ask nothing as often. */
bool is_items_known(const struct value *value);
static inline bool
is_value_whole(const struct value *value)
{
    return value->kind != VALUE_HOLE && value->kind != VALUE_POISON &&
           (value->item_count == 0 || is_items_known(value));
}
static inline bool
is_value_known(const struct value *value)
{
    return value != NULL && is_value_whole(value);
}
bool is_value_poison(const struct value *value);
/* Also where only one of a list's items is. */
bool has_value_poison(const struct value *value);
/* Equal in type and content; places do not count. Two NULLs are equal. */
bool is_value_equal(const struct value *a, const struct value *b);
const char *comparison_text(enum comparison comparison);
/* A number in the one form that every document has: 2Gi for 2048Mi. */
struct str value_number_text(struct arena *arena, const struct value *value);

#endif
