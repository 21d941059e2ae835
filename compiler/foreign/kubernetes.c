#include "foreign/kubernetes.h"

#include <assert.h>

struct kube_shape {
    struct str name;
    struct str fields;
};

enum kube_scope { NAMESPACED, CLUSTER };

static const struct kube_kind kinds[] = {
#define KIND(api_version, name, shape, scope)                                  \
    {STR_INIT(api_version), STR_INIT(name), STR_INIT(shape),                   \
     (scope) == NAMESPACED},
#include "foreign/kubernetes.def"
#undef KIND
};

static const struct kube_shape shapes[] = {
#define SHAPE(name, fields) {STR_INIT(name), STR_INIT(fields)},
#include "foreign/kubernetes.def"
#undef SHAPE
};

enum {
    KIND_COUNT = sizeof kinds / sizeof kinds[0],
    SHAPE_COUNT = sizeof shapes / sizeof shapes[0],
};

const struct kube_kind *
kube_kind_find(struct str api_version, struct str name)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (is_str_equal(kinds[i].name, name) &&
            is_str_equal(kinds[i].api_version, api_version))
            return &kinds[i];
    }
    return NULL;
}

/* `apps` of `apps/v1`; empty for the core's `v1`. */
static struct str
group_of(struct str api_version)
{
    return has_byte(api_version, '/') ? str_cut(&api_version, '/') : STR("");
}

const struct kube_kind *
kube_kind_find_other(struct str api_version, struct str name)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (is_str_equal(kinds[i].name, name) &&
            is_str_equal(group_of(kinds[i].api_version), group_of(api_version)))
            return &kinds[i];
    }
    return NULL;
}

struct str
kube_fields(struct str shape)
{
    size_t low = 0;
    size_t high = SHAPE_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(shapes[middle].name, shape) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    assert(low < SHAPE_COUNT && is_str_equal(shapes[low].name, shape));
    return shapes[low].fields;
}

bool
kube_field_next(struct str *fields, struct kube_field *field)
{
    if (is_str_empty(*fields))
        return false;
    struct str type = str_trim(str_cut(fields, ','));
    struct str name = str_cut(&type, ':');
    field->is_required = has_suffix(name, STR("!"));
    field->name = str_slice(name, 0, name.len - (field->is_required ? 1 : 0));
    field->type = type;
    return true;
}
