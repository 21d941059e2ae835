/*
 * What a piece of raw data must be. The table of Kubernetes kinds and the
 * schemas that a program brings both become this one form, so that one
 * validator serves them.
 */
#ifndef IR_RAW_TYPE_H
#define IR_RAW_TYPE_H

#include "base/map.h"
#include "ir/raw.h"

#define RAW_KIND_BIT(kind) (UINT32_C(1) << (kind))
#define RAW_KINDS_ALL (RAW_KIND_BIT(RAW_MAP + 1) - 1)

struct raw_type;

struct raw_field {
    struct str name;
    struct str shape;            /* of the table of Kubernetes; else empty */
    const struct raw_type *type; /* NULL: anything */
    int64_t since; /* Kubernetes 1.SINCE brought it; 0: none is without it */
    bool is_required;
};

struct raw_choice {
    enum raw_kind kind;
    struct str text;
};

/* Both ends are inside. */
struct raw_bounds {
    bool has_least;
    bool has_most;
    int64_t least;
    int64_t most;
};

/* Types that the same piece is held against, too. */
enum raw_way { RAW_EVERY_OF, RAW_ANY_OF, RAW_ONE_OF, RAW_NONE_OF };

struct raw_ways {
    enum raw_way way;
    const struct raw_type *const *at;
    size_t count;
};

struct raw_type {
    struct str wanted; /* "a text", for messages */
    uint32_t kinds;    /* RAW_KIND_BIT of each that it takes; null always */
    bool is_quantity;  /* a text of it must be one */
    bool is_open;      /* a map takes entries that `fields` does not name */
    /* A list's items, and a map's entries without a name of their own; NULL:
     * anything. */
    const struct raw_type *inner;
    const struct raw_field *fields;
    size_t field_count;
    const struct map *by_name;        /* to the fields, or NULL for a few */
    const struct raw_choice *choices; /* none: any value */
    size_t choice_count;
    struct str pattern;       /* empty: none; it may match a part */
    struct raw_bounds number; /* of a whole number */
    struct raw_bounds size;   /* characters, items or entries */
    const struct raw_ways *ways;
    size_t way_count;
};

/* NULL when there is none. */
const struct raw_field *raw_field_find(const struct raw_type *type,
                                       struct str name);
bool is_raw_kind_taken(const struct raw_type *type, enum raw_kind kind);

#endif
