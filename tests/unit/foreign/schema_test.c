#include "base/buf.h"
#include "diag/render.h"
#include "foreign/foreign.h"

#include <criterion/criterion.h>

struct reading {
    struct arena *arena;
    struct source_map *map;
    struct sink *sink;
    struct kind_types *types;
};

static struct reading
open_reading(void)
{
    struct reading reading = {.arena = arena_open()};
    reading.map = source_map_new(reading.arena);
    reading.sink = sink_new(reading.arena, reading.map, PROFILE_STANDARD);
    reading.types = kind_types_new(reading.arena);
    return reading;
}

static struct raw_file
read_text(struct reading *reading, const char *path, struct str text)
{
    return foreign_read_yaml(reading->arena, reading->sink,
                             source_add(reading->map, str_from(path), text));
}

/* The codes of what is said, `Y03 Y05`. */
static struct str
codes_of(struct reading *reading)
{
    struct buf codes;
    buf_init(&codes, reading->arena);
    sink_settle(reading->sink);
    for (size_t i = 0; i < sink_count(reading->sink); i++) {
        if (i > 0)
            buf_byte(&codes, ' ');
        buf_add(&codes,
                str_from(diag_row(sink_at(reading->sink, i)->code)->code));
    }
    return buf_str(&codes);
}

static void
check_object(struct reading *reading, struct str text)
{
    struct raw_file file = read_text(reading, "object.yaml", text);
    struct raw_objects objects = foreign_read_objects(
        reading->arena, reading->sink, reading->types, &file);
    foreign_check_objects(reading->arena, reading->sink, reading->types,
                          &objects);
}

/* What is said of `x: VALUE` when SCHEMA is that of `x`. */
static void
expect_codes(const char *schema, const char *value, const char *wanted)
{
    struct reading reading = open_reading();
    struct str document = arena_format(
        reading.arena,
        "{{properties: {{apiVersion: {{const: a.b/v1}, kind: {{const: Bell}, x: {}}}",
        STRS(str_from(schema)));
    struct raw_file file = read_text(&reading, "schema.yaml", document);
    cr_assert_eq(foreign_read_schemas(reading.types, reading.sink, &file,
                                      STR("schema.yaml")),
                 1, "%s", schema);
    check_object(&reading, arena_format(reading.arena,
                                        "{{apiVersion: a.b/v1, kind: Bell, "
                                        "metadata: {{name: one}, x: {}}",
                                        STRS(str_from(value))));
    struct str said = codes_of(&reading);
    cr_expect(is_str_equal(said, str_from(wanted)),
              "%s: %s: wanted `%s`, found `%.*s`", schema, value, wanted,
              (int)said.len, said.at);
    arena_close(reading.arena);
}

struct example {
    const char *schema;
    const char *right;
    const char *wrong;
    const char *code;
};

static const struct example examples[] = {
    {"{type: string}", "a", "1", "Y04"},
    {"{type: integer}", "1", "1.5", "Y04"},
    {"{type: number}", "1.5", "a", "Y04"},
    {"{type: number}", "1", "true", "Y04"},
    {"{type: boolean}", "true", "'true'", "Y04"},
    {"{type: array, items: {type: integer}}", "[1, 2]", "[1, a]", "Y04"},
    {"{type: [string, 'null']}", "null", "1", "Y04"},
    {"{type: [string, integer]}", "1", "[]", "Y04"},
    {"{x-kubernetes-int-or-string: true}", "50%", "true", "Y04"},
    {"{type: object, properties: {a: {}}}", "{a: 1}", "{b: 1}", "Y03"},
    {"{type: object, required: [a]}", "{a: 1}", "{b: 1}", "Y05"},
    {"{type: object, additionalProperties: {type: string}}", "{a: b}", "{a: 1}",
     "Y04"},
    {"{type: object, additionalProperties: false}", "{}", "{a: 1}", "Y03"},
    {"{enum: [a, 1]}", "1", "'1'", "Y07"},
    {"{const: a}", "a", "b", "Y07"},
    {"{type: string, pattern: '^a+$'}", "aa", "ab", "Y07"},
    {"{type: string, pattern: b}", "abc", "ac", "Y07"},
    {"{type: string, minLength: 2}", "\xC3\xA4\xC3\xB6", "\xC3\xA4", "Y07"},
    {"{type: string, maxLength: 2}", "ab", "abc", "Y07"},
    {"{type: integer, minimum: 2, maximum: 3}", "3", "4", "Y07"},
    {"{type: integer, minimum: -2}", "-2", "-3", "Y07"},
    {"{type: integer, minimum: 2, exclusiveMinimum: true}", "3", "2", "Y07"},
    {"{type: array, minItems: 1, maxItems: 2}", "[1]", "[]", "Y19"},
    {"{type: object, maxProperties: 1}", "{a: 1}", "{a: 1, b: 2}", "Y19"},
    {"{oneOf: [{required: [a]}, {required: [b]}]}", "{a: 1}", "{a: 1, b: 2}",
     "Y19"},
    {"{oneOf: [{required: [a]}, {required: [b]}]}", "{b: 1}", "{c: 1}", "Y05"},
    {"{anyOf: [{required: [a]}, {required: [b]}]}", "{a: 1, b: 1}", "{c: 1}",
     "Y05"},
    {"{anyOf: [{type: string}, {type: integer}]}", "1", "true", "Y04"},
    {"{allOf: [{required: [a]}, {required: [b]}]}", "{a: 1, b: 1}", "{a: 1}",
     "Y05"},
    {"{not: {required: [a, b]}}", "{a: 1}", "{a: 1, b: 1}", "Y19"},
    {"{not: {type: string}}", "1", "a", "Y19"},
    {"{properties: {a: {}}, oneOf: [{properties: {b: {type: integer}}}]}",
     "{b: 1}", "{b: c}", "Y04"},
    {"{$ref: '#/properties/kind'}", "Bell", "Horn", "Y07"},
    {"{x-kubernetes-embedded-resource: true, properties: {spec: {}}}",
     "{kind: Pod, metadata: {name: a}}", "{metadata: {nam: a}}", "Y03"},
};

Test(kind_schema, says_what_a_value_must_be)
{
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        expect_codes(examples[i].schema, examples[i].right, "");
        expect_codes(examples[i].schema, examples[i].wrong, examples[i].code);
    }
}

Test(kind_schema, takes_anything_where_it_says_nothing)
{
    static const char *const open[] = {
        "{}",
        "{type: object, x-kubernetes-preserve-unknown-fields: true}",
        "{type: object}",
        "{type: object, properties: {b: {}}, additionalProperties: true}",
        "{$ref: 'other.json#/definitions/a'}",
        "{$ref: '#/properties/x'}",
        "{pattern: '((('}",
        "{anyOf: [{}, {}]}",
        "{minimum: 1.5, enum: {}, required: 1, allOf: {}, not: []}",
    };
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        expect_codes(open[i], "{a: [1, {b: c}]}", "");
}

Test(kind_schema, ends_where_schemas_lead_back_to_themselves)
{
    expect_codes("{anyOf: [{$ref: '#/properties/x'}, {$ref: '#/properties/x'}],"
                 " properties: {a: {$ref: '#/properties/x'}}}",
                 "{a: {a: {a: {a: {a: {}}}}}}", "");
}

static void
expect_version_code(const char *text, int64_t oldest, int64_t newest,
                    const char *wanted)
{
    struct reading reading = open_reading();
    reading.types->range = (struct kube_range){oldest, newest};
    check_object(&reading, str_from(text));
    struct str said = codes_of(&reading);
    cr_expect(is_str_equal(said, str_from(wanted)),
              "1.%d..1.%d: %s: wanted `%s`, found `%.*s`", (int)oldest,
              (int)newest, text, wanted, (int)said.len, said.at);
    arena_close(reading.arena);
}

Test(kind_schema, knows_which_versions_have_a_field)
{
    static const char pod[] =
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: "
        "{hostnameOverride: b, containers: [{name: a}]}}";
    expect_version_code(pod, 34, 36, "");
    expect_version_code(pod, 33, 36, "Y21");
}

Test(kind_schema, knows_which_versions_serve_a_kind)
{
    static const char budget[] =
        "{apiVersion: policy/v1beta1, kind: PodDisruptionBudget, "
        "metadata: {name: a}}";
    static const char policy[] =
        "{apiVersion: admissionregistration.k8s.io/v1, "
        "kind: MutatingAdmissionPolicy, metadata: {name: a}}";
    expect_version_code(budget, 21, 24, "Y06");
    expect_version_code(budget, 24, 25, "Y22");
    expect_version_code(budget, 33, 36, "Y22");
    expect_version_code(policy, 35, 36, "Y22");
    expect_version_code(policy, 36, 36, "Y06");
}

/* Rows about fields that the table does not have would never be read. */
Test(kind_schema, says_versions_of_fields_that_there_are)
{
    static const struct {
        struct str shape;
        struct str name;
    } rows[] = {
#define FIELD(shape, name, since) {STR_INIT(shape), STR_INIT(name)},
#include "ir/kubernetes_versions.def"
#undef FIELD
    };
    struct reading reading = open_reading();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct raw_type *type = table_type(reading.types, rows[i].shape);
        const struct raw_field *field = raw_field_find(type, rows[i].name);
        cr_expect(field != NULL && field->since > 0, "%.*s",
                  (int)rows[i].name.len, rows[i].name.at);
    }
    arena_close(reading.arena);
}
