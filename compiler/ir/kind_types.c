/*
 * The table's spelling of types, read once each.
 */
#include "ir/kind_types.h"

#include <assert.h>

enum { FIELDS_WITHOUT_MAP = 16, VERSION_MINOR_BASE = 1000 };

struct field_since {
    struct str shape;
    struct str name;
    int64_t since;
};

static const struct field_since field_versions[] = {
#define FIELD(shape, name, since) {STR_INIT(shape), STR_INIT(name), since},
#include "ir/kubernetes_versions.def"
#undef FIELD
};

struct choice_since {
    struct str shape;
    struct str field;
    struct str word;
    int64_t since;
};

static const struct choice_since choice_versions[] = {
#define CHOICE(shape, field, word, since)                                      \
    {STR_INIT(shape), STR_INIT(field), STR_INIT(word), since},
#include "ir/kubernetes_versions.def"
#undef CHOICE
};

static const struct kube_service services[] = {
#define SERVED(api_version, kind, since, gone, instead)                        \
    {STR_INIT(api_version), STR_INIT(kind), since, gone, STR_INIT(instead)},
#include "ir/kubernetes_versions.def"
#undef SERVED
};

/* The words that kubernetes.def says types with, beside shapes. */
struct word_type {
    struct str word;
    struct str wanted;
    uint32_t kinds;
    bool is_quantity;
};

#define TAKES(kind) RAW_KIND_BIT(RAW_##kind)

static const struct word_type word_types[] = {
    {STR_INIT("any"), STR_INIT("anything"), RAW_KINDS_ALL, false},
    {STR_INIT("bool"), STR_INIT("a bool"), TAKES(BOOL), false},
    {STR_INIT("bytes"), STR_INIT("a text"), TAKES(TEXT), false},
    {STR_INIT("integer"), STR_INIT("a whole number"), TAKES(INTEGER), false},
    {STR_INIT("integer-or-text"), STR_INIT("a whole number or a text"),
     TAKES(INTEGER) | TAKES(TEXT), false},
    {STR_INIT("number"), STR_INIT("a number"), TAKES(INTEGER) | TAKES(NUMBER),
     false},
    {STR_INIT("quantity"), STR_INIT("a quantity"),
     TAKES(INTEGER) | TAKES(NUMBER) | TAKES(TEXT), true},
    {STR_INIT("text"), STR_INIT("a text"), TAKES(TEXT), false},
};

#undef TAKES

static void fill_type(struct kind_types *types, struct raw_type *type,
                      struct str text);

struct kind_types *
kind_types_new(struct arena *arena)
{
    struct kind_types *types = arena_new(arena, sizeof *types);
    types->arena = arena;
    types->range = kube_range_of(NULL);
    map_init(&types->table, arena);
    vec_init(&types->schemas, arena, sizeof(struct kind_type));
    return types;
}

/* ---- kinds -------------------------------------------------------------- */

static bool
is_schema_of(const struct kind_type *schema, struct str kind)
{
    return schema->is_folded ? is_str_equal_nocase(schema->kind, kind)
                             : is_str_equal(schema->kind, kind);
}

const struct kind_type *
kind_schema_find(const struct kind_types *types, struct str api_version,
                 struct str kind)
{
    for (size_t i = 0; i < types->schemas.count; i++) {
        const struct kind_type *schema = vec_at(&types->schemas, i);
        if (is_schema_of(schema, kind) &&
            is_str_equal(schema->api_version, api_version))
            return schema;
    }
    return NULL;
}

static const struct raw_type *
type_of_kind(struct kind_types *types, const struct kube_kind *kind)
{
    if (kind == NULL || is_str_empty(kind->shape))
        return NULL;
    return table_type(types, kind->shape);
}

const struct raw_type *
kind_type_find(struct kind_types *types, struct str api_version,
               struct str kind)
{
    const struct kind_type *schema = kind_schema_find(types, api_version, kind);
    if (schema != NULL)
        return schema->type;
    return type_of_kind(types, kube_kind_find(api_version, kind));
}

const struct raw_type *
kind_type_find_named(struct kind_types *types, struct str kind,
                     struct str *api_version)
{
    const struct kube_kind *known = kube_kind_find_named(kind);
    const struct kind_type *best = NULL;
    for (size_t i = 0; i < types->schemas.count; i++) {
        const struct kind_type *schema = vec_at(&types->schemas, i);
        if (is_schema_of(schema, kind) &&
            (best == NULL ||
             is_kube_version_newer(schema->api_version, best->api_version)))
            best = schema;
    }
    if (best != NULL) {
        *api_version = best->api_version;
        return best->type;
    }
    *api_version = known == NULL ? STR("") : known->api_version;
    return type_of_kind(types, known);
}

/* ---- types of the table ------------------------------------------------- */

const struct raw_type *
table_type(struct kind_types *types, struct str text)
{
    struct raw_type *type = map_find(&types->table, text);
    if (type != NULL)
        return type;
    type = arena_new(types->arena, sizeof *type);
    /* Before its fields, for a shape may hold itself. */
    map_put(&types->table, text, type);
    fill_type(types, type, text);
    return type;
}

static void
fill_word(struct raw_type *type, struct str word)
{
    for (size_t i = 0; i < sizeof word_types / sizeof word_types[0]; i++) {
        if (!is_str_equal(word_types[i].word, word))
            continue;
        type->wanted = word_types[i].wanted;
        type->kinds = word_types[i].kinds;
        type->is_quantity = word_types[i].is_quantity;
        type->is_open = true;
        return;
    }
    assert(false && "a word of kubernetes.def that is none");
}

static void
fill_choices(struct kind_types *types, struct raw_type *type, struct str words)
{
    struct vec choices;
    vec_init(&choices, types->arena, sizeof(struct raw_choice));
    while (!is_str_empty(words))
        *(struct raw_choice *)vec_add(&choices) =
            (struct raw_choice){RAW_TEXT, str_cut(&words, '|')};
    fill_word(type, STR("text"));
    type->choices = choices.items;
    type->choice_count = choices.count;
}

static int64_t
since_of(struct str shape, struct str name)
{
    for (size_t i = 0; i < sizeof field_versions / sizeof field_versions[0];
         i++) {
        if (is_str_equal(field_versions[i].shape, shape) &&
            is_str_equal(field_versions[i].name, name))
            return field_versions[i].since;
    }
    return 0;
}

int64_t
kube_choice_since(const struct raw_field *field, struct str word)
{
    for (size_t i = 0; i < sizeof choice_versions / sizeof choice_versions[0];
         i++) {
        const struct choice_since *choice = &choice_versions[i];
        if (is_str_equal(choice->shape, field->shape) &&
            is_str_equal(choice->field, field->name) &&
            is_str_equal(choice->word, word))
            return choice->since;
    }
    return 0;
}

static void
add_by_name(struct kind_types *types, struct raw_type *type)
{
    struct map *by_name = arena_new(types->arena, sizeof *by_name);
    map_init(by_name, types->arena);
    for (size_t i = 0; i < type->field_count; i++)
        map_put(by_name, type->fields[i].name, &type->fields[i]);
    type->by_name = by_name;
}

static void
fill_shape(struct kind_types *types, struct raw_type *type, struct str shape)
{
    struct vec fields;
    struct str rest = kube_fields(shape);
    struct kube_field known;
    vec_init(&fields, types->arena, sizeof(struct raw_field));
    type->wanted = STR("a map");
    type->kinds = RAW_KIND_BIT(RAW_MAP);
    while (kube_field_next(&rest, &known)) {
        if (is_str_equal(known.name, STR("*"))) {
            type->is_open = true;
            continue;
        }
        struct raw_field field = {.name = known.name,
                                  .shape = shape,
                                  .type = table_type(types, known.type),
                                  .since = since_of(shape, known.name),
                                  .is_required = known.is_required};
        *(struct raw_field *)vec_add(&fields) = field;
    }
    type->fields = fields.items;
    type->field_count = fields.count;
    if (fields.count > FIELDS_WITHOUT_MAP)
        add_by_name(types, type);
}

static void
fill_type(struct kind_types *types, struct raw_type *type, struct str text)
{
    struct kube_type known = kube_type_of(text);
    switch (known.form) {
    case KUBE_WORD:
        fill_word(type, text);
        return;
    case KUBE_CHOICE:
        fill_choices(types, type, known.inner);
        return;
    case KUBE_SHAPE:
        fill_shape(types, type, text);
        return;
    case KUBE_LIST:
    case KUBE_MAP:
        type->wanted =
            raw_kind_name(known.form == KUBE_LIST ? RAW_LIST : RAW_MAP);
        type->kinds =
            RAW_KIND_BIT(known.form == KUBE_LIST ? RAW_LIST : RAW_MAP);
        type->is_open = true;
        type->inner = table_type(types, known.inner);
        return;
    }
}

/* ---- versions ----------------------------------------------------------- */

struct kube_range
kube_range_of(const struct value *versions)
{
    struct kube_range range = {KUBE_NEWEST_KNOWN, KUBE_NEWEST_KNOWN};
    if (versions == NULL || !is_value_known(versions))
        return range;
    bool is_range = versions->kind == VALUE_RANGE;
    const struct value *oldest = is_range ? &versions->items[0] : versions;
    const struct value *newest = is_range ? &versions->items[1] : versions;
    return (struct kube_range){oldest->number % VERSION_MINOR_BASE,
                               newest->number % VERSION_MINOR_BASE};
}

const struct kube_service *
kube_unserved_find(const struct kube_range *range, struct str api_version,
                   struct str kind)
{
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        const struct kube_service *service = &services[i];
        bool is_served = range->oldest >= service->since &&
                         (service->gone == 0 || range->newest < service->gone);
        if (!is_served && is_str_equal(service->kind, kind) &&
            is_str_equal(service->api_version, api_version))
            return service;
    }
    return NULL;
}
