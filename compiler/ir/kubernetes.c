#include "ir/kubernetes.h"

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
#include "ir/kubernetes.def"
#undef KIND
};

static const struct kube_shape shapes[] = {
#define SHAPE(name, fields) {STR_INIT(name), STR_INIT(fields)},
#include "ir/kubernetes.def"
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

bool
is_kube_version_newer(struct str api_version, struct str than)
{
    struct str a = api_version;
    struct str b = than;
    if (has_byte(a, '/'))
        str_cut(&a, '/');
    if (has_byte(b, '/'))
        str_cut(&b, '/');
    bool is_stable = !has_byte(a, 'a');
    if (is_stable == has_byte(b, 'a'))
        return is_stable;
    return str_compare(a, b) > 0;
}

const struct kube_kind *
kube_kind_find_named(struct str name)
{
    const struct kube_kind *best = NULL;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (!is_str_equal(kinds[i].name, name))
            continue;
        bool has_more = best != NULL && is_str_empty(best->shape) &&
                        !is_str_empty(kinds[i].shape);
        if (best == NULL || has_more ||
            is_kube_version_newer(kinds[i].api_version, best->api_version))
            best = &kinds[i];
    }
    return best;
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

bool
kube_field_find(struct str shape, struct str name, struct kube_field *field)
{
    struct str rest = kube_fields(shape);
    while (kube_field_next(&rest, field)) {
        if (is_str_equal(field->name, name) ||
            is_str_equal(field->name, STR("*")))
            return true;
    }
    return false;
}

static bool
is_word(struct str type)
{
    static const struct str words[] = {
        STR_INIT("any"),     STR_INIT("bool"),     STR_INIT("bytes"),
        STR_INIT("integer"), STR_INIT("number"),   STR_INIT("integer-or-text"),
        STR_INIT("text"),    STR_INIT("quantity"),
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (is_str_equal(words[i], type))
            return true;
    }
    return false;
}

static struct kube_type
list_type(struct str inside)
{
    struct kube_type type = {.form = KUBE_LIST,
                             .is_merged = has_byte(inside, '@')};
    type.inner = str_cut(&inside, '@');
    type.keys = inside;
    return type;
}

struct kube_type
kube_type_of(struct str type)
{
    assert(!is_str_empty(type));
    struct str inside = str_slice(type, 1, type.len);
    struct str shorter = str_slice(type, 1, type.len - 1);
    if (type.at[0] == '[')
        return list_type(shorter);
    if (type.at[0] == '{')
        return (struct kube_type){.form = KUBE_MAP, .inner = shorter};
    if (type.at[0] == '=')
        return (struct kube_type){.form = KUBE_CHOICE, .inner = inside};
    return (struct kube_type){.form = is_word(type) ? KUBE_WORD : KUBE_SHAPE,
                              .inner = type};
}

bool
is_kube_builtin(struct str api_version)
{
    struct str group = group_of(api_version);
    return !has_byte(group, '.') ||
           (has_suffix(group, STR(".k8s.io")) &&
            !is_str_equal(group, STR("gateway.networking.k8s.io")));
}
