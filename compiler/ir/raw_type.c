#include "ir/raw_type.h"

const struct raw_field *
raw_field_find(const struct raw_type *type, struct str name)
{
    if (type->by_name != NULL)
        return map_find(type->by_name, name);
    for (size_t i = 0; i < type->field_count; i++) {
        if (is_str_equal(type->fields[i].name, name))
            return &type->fields[i];
    }
    return NULL;
}

bool
is_raw_kind_taken(const struct raw_type *type, enum raw_kind kind)
{
    return kind == RAW_NULL || (type->kinds & RAW_KIND_BIT(kind)) != 0;
}
