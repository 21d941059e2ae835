/*
 * The types that a word's argument can have. A type says how a bare atom is
 * read: `100m` is CPU under `cpu`, and would be a fault under `memory`.
 */
#ifndef IR_TYPE_H
#define IR_TYPE_H

#include "base/packed.h"
#include "base/str.h"

enum PACKED type_kind {
#define TYPE(id, name, example) TYPE_##id,
#include "ir/types.def"
#undef TYPE
    TYPE_KIND_COUNT
};

/* How often and in which form the type stands in an argument. */
enum shape {
    SHAPE_ONE,
    SHAPE_RANGE,      /* lo..hi, or one value for both ends */
    SHAPE_LIST,       /* [a b c], or one value alone */
    SHAPE_COMPARISON, /* < 1% */
    SHAPE_ARROW,      /* a -> b */
    SHAPE_REST,       /* all that is left of the statement */
};

/* "a memory quantity, such as 256Mi": for messages and the reference. */
const char *type_name(enum type_kind kind);
const char *type_example(enum type_kind kind);

#endif
