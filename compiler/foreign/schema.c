/*
 * One schema as a type. Of JSON Schema what the API server takes in a
 * CustomResourceDefinition: expressions (x-kubernetes-validations) and formats
 * are its own business. Where a schema leaves open what it means, all is taken.
 */
#include "foreign/schema.h"

#include "base/vec.h"

/* What nests deeper, or leads further, may be anything. */
enum { REFERENCES_FOLLOWED = 32, SCHEMAS_NESTED = 200 };

/* How a schema stands in another one. */
enum schema_role {
    ROLE_PLAIN,
    ROLE_WAY, /* of allOf and its like: it names no fields, but rules */
};

static const struct raw_type *read_schema(struct schema_reading *reading,
                                          const struct raw *schema,
                                          enum schema_role role);
static void fill_schema(struct schema_reading *reading, struct raw_type *type,
                        const struct raw *schema, enum schema_role role,
                        bool has_head);

void
schema_reading_init(struct schema_reading *reading, struct kind_types *types,
                    const struct raw *document)
{
    *reading = (struct schema_reading){.types = types, .document = document};
    map_init(&reading->read, types->arena);
}

/* ---- references --------------------------------------------------------- */

/* `~1` is a slash in a part of a JSON pointer (RFC 6901 4), `~0` a tilde. */
static struct str
pointer_part(struct arena *arena, struct str part)
{
    char *text = arena_new(arena, part.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < part.len; i++) {
        bool is_escape = part.at[i] == '~' && i + 1 < part.len;
        if (is_escape)
            i++;
        text[len++] = !is_escape ? part.at[i] : part.at[i] == '1' ? '/' : '~';
    }
    return (struct str){text, len};
}

/* `#/definitions/NAME`, in this document; NULL when it leads out of it. */
static const struct raw *
follow_pointer(const struct schema_reading *reading, struct str pointer)
{
    const struct raw *at = reading->document;
    if (!has_prefix(pointer, STR("#")))
        return NULL;
    str_cut(&pointer, '/');
    while (at != NULL && !is_str_empty(pointer))
        at = raw_find(
            at, pointer_part(reading->types->arena, str_cut(&pointer, '/')));
    return at;
}

/* `{allOf: [{$ref: …}]}` is how OpenAPI adds a default to a reference. */
static const struct raw *
wrapped(const struct raw *schema)
{
    const struct raw *all = raw_find(schema, STR("allOf"));
    bool is_wrapper = all != NULL && all->kind == RAW_LIST &&
                      all->entry_count == 1 &&
                      raw_find(schema, STR("properties")) == NULL &&
                      raw_find(schema, STR("type")) == NULL;
    return is_wrapper ? all->entries[0].value : NULL;
}

/* The schema that is meant; NULL when that lies elsewhere, or is none. */
static const struct raw *
follow(const struct schema_reading *reading, const struct raw *schema)
{
    for (size_t i = 0; schema != NULL && i < REFERENCES_FOLLOWED; i++) {
        struct str pointer = raw_text_at(schema, STR("$ref"));
        if (is_str_empty(pointer) && wrapped(schema) == NULL)
            return schema->kind == RAW_MAP ? schema : NULL;
        schema = is_str_empty(pointer) ? wrapped(schema)
                                       : follow_pointer(reading, pointer);
    }
    return NULL;
}

/* ---- kinds of values ---------------------------------------------------- */

static bool
is_true(const struct raw *schema, const char *key)
{
    const struct raw *found = raw_find(schema, str_from(key));
    return found != NULL && found->kind == RAW_BOOL &&
           is_str_equal(found->text, STR("true"));
}

static bool
is_false(const struct raw *schema, const char *key)
{
    const struct raw *found = raw_find(schema, str_from(key));
    return found != NULL && found->kind == RAW_BOOL &&
           is_str_equal(found->text, STR("false"));
}

static bool
is_integer_or_text(const struct raw *schema)
{
    return is_true(schema, "x-kubernetes-int-or-string") ||
           is_str_equal(raw_text_at(schema, STR("format")),
                        STR("int-or-string"));
}

struct type_word {
    struct str word;
    struct str wanted;
    uint32_t kinds;
};

#define TAKES(kind) RAW_KIND_BIT(RAW_##kind)

static const struct type_word type_words[] = {
    {STR_INIT("array"), STR_INIT("a list"), TAKES(LIST)},
    {STR_INIT("boolean"), STR_INIT("a bool"), TAKES(BOOL)},
    {STR_INIT("integer"), STR_INIT("a whole number"), TAKES(INTEGER)},
    {STR_INIT("number"), STR_INIT("a number"), TAKES(INTEGER) | TAKES(NUMBER)},
    {STR_INIT("object"), STR_INIT("a map"), TAKES(MAP)},
    {STR_INIT("string"), STR_INIT("a text"), TAKES(TEXT)},
};

static void
add_type_word(struct arena *arena, struct raw_type *type, struct str word)
{
    for (size_t i = 0; i < sizeof type_words / sizeof type_words[0]; i++) {
        if (!is_str_equal(type_words[i].word, word))
            continue;
        type->kinds |= type_words[i].kinds;
        type->wanted =
            is_str_empty(type->wanted)
                ? type_words[i].wanted
                : arena_format(arena, "{} or {}",
                               STRS(type->wanted, type_words[i].wanted));
    }
}

static void
fill_kinds(struct arena *arena, struct raw_type *type, const struct raw *schema)
{
    const struct raw *said = raw_find(schema, STR("type"));
    if (is_integer_or_text(schema)) {
        type->wanted = STR("a whole number or a text");
        type->kinds = TAKES(INTEGER) | TAKES(TEXT);
        return;
    }
    if (said != NULL && said->kind == RAW_TEXT)
        add_type_word(arena, type, said->text);
    for (size_t i = 0;
         said != NULL && said->kind == RAW_LIST && i < said->entry_count; i++)
        add_type_word(arena, type, said->entries[i].value->text);
    if (type->kinds != 0)
        return;
    type->wanted = STR("anything");
    type->kinds = RAW_KINDS_ALL;
}

#undef TAKES

/* ---- values ------------------------------------------------------------- */

static void
fill_choices(struct arena *arena, struct raw_type *type,
             const struct raw *schema)
{
    const struct raw *words = raw_find(schema, STR("enum"));
    const struct raw *only = raw_find(schema, STR("const"));
    bool is_enum = words != NULL && words->kind == RAW_LIST;
    size_t count = is_enum ? words->entry_count : only != NULL;
    struct raw_choice *choices = arena_array(arena, count, sizeof *choices);
    for (size_t i = 0; i < count; i++) {
        const struct raw *choice = is_enum ? words->entries[i].value : only;
        if (choice->kind >= RAW_LIST)
            return;
        choices[i] = (struct raw_choice){choice->kind, choice->text};
    }
    type->choices = choices;
    type->choice_count = count;
}

/* Bounds with a fraction are none; such are rare, and the API server knows. */
static bool
take_bound(const struct raw *schema, const char *key, int64_t *bound)
{
    const struct raw *said = raw_find(schema, str_from(key));
    if (said == NULL || said->kind != RAW_INTEGER)
        return false;
    bool is_negative = has_prefix(said->text, STR("-"));
    bool is_read = str_to_number(
        str_slice(said->text, is_negative ? 1 : 0, said->text.len), bound);
    *bound = is_negative && is_read ? -*bound : *bound;
    return is_read;
}

static struct raw_bounds
read_bounds(const struct raw *schema, const char *least, const char *most)
{
    struct raw_bounds bounds = {0};
    bounds.has_least = take_bound(schema, least, &bounds.least);
    bounds.has_most = take_bound(schema, most, &bounds.most);
    return bounds;
}

/* `exclusiveMinimum` is a bool in OpenAPI, a number in JSON Schema. */
static void
fill_number(struct raw_type *type, const struct raw *schema)
{
    type->number = read_bounds(schema, "minimum", "maximum");
    if (is_true(schema, "exclusiveMinimum") && type->number.has_least)
        type->number.least += type->number.least < INT64_MAX;
    if (is_true(schema, "exclusiveMaximum") && type->number.has_most)
        type->number.most -= type->number.most > INT64_MIN;
}

static void
fill_size(struct raw_type *type, const struct raw *schema)
{
    if ((type->kinds & RAW_KIND_BIT(RAW_TEXT)) != 0)
        type->size = read_bounds(schema, "minLength", "maxLength");
    else if ((type->kinds & RAW_KIND_BIT(RAW_LIST)) != 0)
        type->size = read_bounds(schema, "minItems", "maxItems");
    else
        type->size = read_bounds(schema, "minProperties", "maxProperties");
}

/* ---- fields ------------------------------------------------------------- */

static void
put_field(struct vec *fields, struct map *by_name, struct raw_field field)
{
    struct raw_field *known = map_find(by_name, field.name);
    if (known != NULL) {
        known->is_required = known->is_required || field.is_required;
        return;
    }
    struct raw_field *added = arena_new(fields->arena, sizeof *added);
    *added = field;
    map_put(by_name, field.name, added);
    vec_add_pointer(fields, added);
}

static void
add_head(struct schema_reading *reading, struct vec *fields,
         struct map *by_name)
{
    static const struct {
        struct str name;
        struct str type;
    } heads[] = {{STR_INIT("apiVersion"), STR_INIT("text")},
                 {STR_INIT("kind"), STR_INIT("text")},
                 {STR_INIT("metadata"), STR_INIT("ObjectMeta")}};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        struct raw_field field = {
            .name = heads[i].name,
            .type = table_type(reading->types, heads[i].type)};
        put_field(fields, by_name, field);
    }
}

static void
close_fields(struct raw_type *type, const struct vec *fields,
             const struct map *by_name)
{
    struct raw_field *list =
        arena_array(fields->arena, fields->count, sizeof *list);
    for (size_t i = 0; i < fields->count; i++) {
        struct raw_field *const *field = vec_at(fields, i);
        list[i] = **field;
    }
    type->fields = list;
    type->field_count = fields->count;
    type->by_name = by_name;
}

static void
fill_fields(struct schema_reading *reading, struct raw_type *type,
            const struct raw *schema, enum schema_role role, bool has_head)
{
    struct arena *arena = reading->types->arena;
    const struct raw *properties = raw_find(schema, STR("properties"));
    const struct raw *required = raw_find(schema, STR("required"));
    struct vec fields;
    struct map *by_name = arena_new(arena, sizeof *by_name);
    vec_init(&fields, arena, sizeof(struct raw_field *));
    map_init(by_name, arena);
    if (has_head)
        add_head(reading, &fields, by_name);
    for (size_t i = 0; properties != NULL && i < properties->entry_count; i++) {
        struct raw_field field = {
            .name = properties->entries[i].key,
            .type = read_schema(reading, properties->entries[i].value, role)};
        put_field(&fields, by_name, field);
    }
    for (size_t i = 0; required != NULL && i < required->entry_count; i++) {
        struct raw_field field = {.name = required->entries[i].value->text,
                                  .is_required = true};
        put_field(&fields, by_name, field);
    }
    close_fields(type, &fields, by_name);
}

/* ---- more than one schema ----------------------------------------------- */

static const char *const way_words[] = {
    [RAW_EVERY_OF] = "allOf", [RAW_ANY_OF] = "anyOf", [RAW_ONE_OF] = "oneOf"};

/* A field that only one of several schemas names may stand there as well. */
static bool
has_fields_elsewhere(const struct schema_reading *reading,
                     const struct raw *schema)
{
    const struct raw *own = raw_find(schema, STR("properties"));
    for (size_t i = 0; i < sizeof way_words / sizeof way_words[0]; i++) {
        const struct raw *ways = raw_find(schema, str_from(way_words[i]));
        for (size_t j = 0; ways != NULL && j < ways->entry_count; j++) {
            const struct raw *named = raw_find(
                follow(reading, ways->entries[j].value), STR("properties"));
            for (size_t k = 0; named != NULL && k < named->entry_count; k++) {
                if (raw_find(own, named->entries[k].key) == NULL)
                    return true;
            }
        }
    }
    return false;
}

static void
add_ways(struct schema_reading *reading, struct vec *list, enum raw_way way,
         const struct raw_entry *entries, size_t count)
{
    struct vec types;
    vec_init(&types, reading->types->arena, sizeof(const struct raw_type *));
    for (size_t i = 0; i < count; i++) {
        const struct raw_type *type =
            read_schema(reading, entries[i].value, ROLE_WAY);
        /* One that takes anything makes the others say nothing. */
        if (type == NULL && way != RAW_EVERY_OF)
            return;
        if (type != NULL)
            vec_add_pointer(&types, type);
    }
    if (types.count > 0)
        *(struct raw_ways *)vec_add(list) =
            (struct raw_ways){way, types.items, types.count};
}

static void
fill_ways(struct schema_reading *reading, struct raw_type *type,
          const struct raw *schema)
{
    struct vec list;
    const struct raw_entry *none = raw_entry_find(schema, STR("not"));
    vec_init(&list, reading->types->arena, sizeof(struct raw_ways));
    for (size_t i = 0; i < sizeof way_words / sizeof way_words[0]; i++) {
        const struct raw *ways = raw_find(schema, str_from(way_words[i]));
        bool is_said = ways != NULL && ways->kind == RAW_LIST;
        if (is_said && !is_integer_or_text(schema))
            add_ways(reading, &list, (enum raw_way)i, ways->entries,
                     ways->entry_count);
    }
    if (none != NULL)
        add_ways(reading, &list, RAW_NONE_OF, none, 1);
    type->ways = list.items;
    type->way_count = list.count;
}

/* ---- the whole ---------------------------------------------------------- */

/* Does a map take what it does not name? */
static bool
is_schema_open(const struct schema_reading *reading, const struct raw *schema,
               enum schema_role role)
{
    const struct raw *others = raw_find(schema, STR("additionalProperties"));
    if (is_false(schema, "additionalProperties"))
        return false;
    return role == ROLE_WAY || others != NULL ||
           is_true(schema, "x-kubernetes-preserve-unknown-fields") ||
           raw_find(schema, STR("properties")) == NULL ||
           raw_find(schema, STR("patternProperties")) != NULL ||
           has_fields_elsewhere(reading, schema);
}

static void
fill_schema(struct schema_reading *reading, struct raw_type *type,
            const struct raw *schema, enum schema_role role, bool has_head)
{
    struct arena *arena = reading->types->arena;
    fill_kinds(arena, type, schema);
    type->is_open = is_schema_open(reading, schema, role);
    const struct raw *inner = raw_find(schema, STR("items"));
    if (inner == NULL)
        inner = raw_find(schema, STR("additionalProperties"));
    if (inner != NULL)
        type->inner = read_schema(reading, inner, role);
    fill_fields(reading, type, schema, role, has_head);
    fill_choices(arena, type, schema);
    type->pattern = raw_text_at(schema, STR("pattern"));
    fill_number(type, schema);
    fill_size(type, schema);
    fill_ways(reading, type, schema);
}

/* One that is being read already stands for itself. */
static const struct raw_type *
read_schema(struct schema_reading *reading, const struct raw *schema,
            enum schema_role role)
{
    struct arena *arena = reading->types->arena;
    const struct raw *meant = follow(reading, schema);
    if (meant == NULL || reading->depth == SCHEMAS_NESTED)
        return NULL;
    struct str key =
        arena_format(arena, "{}{}",
                     STRS((struct str){(const char *)&meant, sizeof meant},
                          role == ROLE_WAY ? STR("w") : STR("p")));
    struct raw_type *type = map_find(&reading->read, key);
    if (type != NULL)
        return type;
    type = arena_new(arena, sizeof *type);
    map_put(&reading->read, key, type);
    reading->depth++;
    fill_schema(reading, type, meant, role,
                is_true(meant, "x-kubernetes-embedded-resource"));
    reading->depth--;
    return type;
}

const struct raw_type *
schema_object_type(struct schema_reading *reading, const struct raw *schema)
{
    const struct raw *meant = follow(reading, schema);
    if (meant == NULL)
        return NULL;
    struct raw_type *type = arena_new(reading->types->arena, sizeof *type);
    fill_schema(reading, type, meant, ROLE_PLAIN, true);
    return type;
}
