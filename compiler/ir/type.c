/*
 * The names of types.
 */
#include "ir/type.h"

const char *
type_name(enum type_kind kind)
{
    static const char *const names[] = {
#define TYPE(id, name, example) [TYPE_##id] = name,
#include "ir/types.def"
#undef TYPE
    };
    return names[kind];
}

const char *
type_example(enum type_kind kind)
{
    static const char *const examples[] = {
#define TYPE(id, name, example) [TYPE_##id] = example,
#include "ir/types.def"
#undef TYPE
    };
    return examples[kind];
}
