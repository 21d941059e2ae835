#include "ir/patch.h"

struct str
made_name(const struct made_object *object)
{
    return raw_text_at(raw_find(object->root, STR("metadata")), STR("name"));
}

bool
is_patch_of(const struct patch *patch, const struct made_object *object)
{
    return is_str_equal(raw_text_at(object->root, STR("kind")), patch->kind) &&
           (is_str_equal(object->common_name, patch->name) ||
            is_str_equal(object->source_name, patch->name) ||
            is_str_equal(made_name(object), patch->name));
}
