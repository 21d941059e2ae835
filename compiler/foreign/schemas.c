/*
 * The documents that schemas come in, and of which kinds they are:
 * CustomResourceDefinitions, OpenAPI documents, and JSON schemas, one a kind.
 */
#include "foreign/foreign.h"
#include "foreign/schema.h"

/* What a file of schemas is read into. */
struct schemas {
    struct kind_types *types;
    struct sink *sink; /* NULL: what is there already stays, in silence */
    struct str path;
    size_t count;
};

static void read_definition(struct schemas *schemas, const struct raw *object);

/* ---- kinds -------------------------------------------------------------- */

static struct str
joined_version(struct arena *arena, struct str group, struct str version)
{
    return is_str_empty(group)
               ? version
               : arena_format(arena, "{}/{}", STRS(group, version));
}

/* The table knows Kubernetes itself, and its versions, better. */
static bool
is_in_table(const struct kind_type *kind)
{
    const struct kube_kind *known =
        kube_kind_find(kind->api_version, kind->kind);
    return is_kube_builtin(kind->api_version) && known != NULL &&
           !is_str_empty(known->shape);
}

static void
add_kind(struct schemas *schemas, struct kind_type kind)
{
    struct arena *arena = schemas->types->arena;
    const struct kind_type *first =
        kind_schema_find(schemas->types, kind.api_version, kind.kind);
    schemas->count++;
    if (is_in_table(&kind))
        return;
    if (first == NULL) {
        *(struct kind_type *)vec_add(&schemas->types->schemas) = kind;
        return;
    }
    if (schemas->sink == NULL)
        return;
    struct diag *diag = diag_add(
        schemas->sink, DIAG_Y18, kind.span,
        STRS(arena_format(arena, "{} {}", STRS(kind.api_version, kind.kind))));
    diag_note(diag, first->span, "the first one stands here", NO_STRS);
}

/* ---- CustomResourceDefinition ------------------------------------------- */

static bool
is_definition(const struct raw *document)
{
    return has_prefix(raw_text_at(document, STR("apiVersion")),
                      STR("apiextensions.k8s.io/")) &&
           is_str_equal(raw_text_at(document, STR("kind")),
                        STR("CustomResourceDefinition"));
}

static enum kind_scope
definition_scope(const struct raw *spec)
{
    struct str scope = raw_text_at(spec, STR("scope"));
    if (is_str_equal(scope, STR("Namespaced")))
        return KIND_NAMESPACED;
    return is_str_equal(scope, STR("Cluster")) ? KIND_CLUSTER
                                               : KIND_SCOPE_UNKNOWN;
}

static bool
is_unserved(const struct raw *version)
{
    const struct raw *served = raw_find(version, STR("served"));
    return served != NULL && is_str_equal(served->text, STR("false"));
}

static void
read_definition(struct schemas *schemas, const struct raw *object)
{
    const struct raw *spec = raw_find(object, STR("spec"));
    const struct raw *names = raw_find(spec, STR("names"));
    const struct raw *kind = raw_find(names, STR("kind"));
    const struct raw *versions = raw_find(spec, STR("versions"));
    struct schema_reading reading;
    schema_reading_init(&reading, schemas->types, object);
    for (size_t i = 0;
         kind != NULL && versions != NULL && i < versions->entry_count; i++) {
        const struct raw *version = versions->entries[i].value;
        const struct raw *schema =
            raw_find(raw_find(version, STR("schema")), STR("openAPIV3Schema"));
        if (is_unserved(version))
            continue;
        add_kind(schemas,
                 (struct kind_type){
                     .api_version = joined_version(
                         schemas->types->arena, raw_text_at(spec, STR("group")),
                         raw_text_at(version, STR("name"))),
                     .kind = kind->text,
                     .scope = definition_scope(spec),
                     .type = schema_object_type(&reading, schema),
                     .span = kind->span,
                 });
    }
}

/* ---- JSON schemas ------------------------------------------------------- */

/* `x-kubernetes-group-version-kind` has one entry for each. */
static void
read_marked(struct schemas *schemas, struct schema_reading *reading,
            const struct raw *schema)
{
    const struct raw *marks =
        raw_find(schema, STR("x-kubernetes-group-version-kind"));
    for (size_t i = 0; marks != NULL && i < marks->entry_count; i++) {
        const struct raw *mark = marks->entries[i].value;
        struct kind_type kind = {
            .api_version = joined_version(schemas->types->arena,
                                          raw_text_at(mark, STR("group")),
                                          raw_text_at(mark, STR("version"))),
            .kind = raw_text_at(mark, STR("kind")),
            .span = mark->span,
        };
        if (is_str_empty(kind.kind) || is_str_empty(kind.api_version))
            continue;
        /* Of kinds like DeleteOptions every group has one. */
        if (marks->entry_count == 1)
            kind.type = schema_object_type(reading, schema);
        add_kind(schemas, kind);
    }
}

/* What a property must be, when it can be one text alone. */
static struct str
only_text(const struct raw *schema, const char *property)
{
    const struct raw *its =
        raw_find(raw_find(schema, STR("properties")), str_from(property));
    const struct raw *words = raw_find(its, STR("enum"));
    if (words != NULL && words->kind == RAW_LIST && words->entry_count == 1)
        return words->entries[0].value->text;
    return raw_text_at(its, STR("const"));
}

/* `GROUP/KIND_VERSION.json`, as catalogs of schemas call their files: the kind
 * is in small letters there. False when it is no such name. */
static bool
kind_of_path(struct schemas *schemas, struct kind_type *kind)
{
    struct str rest = schemas->path;
    struct str folder = STR("");
    struct str name = str_cut(&rest, '/');
    while (!is_str_empty(rest)) {
        folder = name;
        name = str_cut(&rest, '/');
    }
    struct str stem = str_cut(&name, '.');
    size_t last = stem.len;
    for (size_t i = 0; i < stem.len; i++)
        last = stem.at[i] == '_' ? i : last;
    if (last == stem.len || last == 0 || !has_byte(folder, '.') ||
        !has_prefix(str_slice(stem, last + 1, stem.len), STR("v")))
        return false;
    kind->kind = str_slice(stem, 0, last);
    kind->is_folded = true;
    kind->api_version = joined_version(schemas->types->arena, folder,
                                       str_slice(stem, last + 1, stem.len));
    return true;
}

/* A document that is one schema. */
static void
read_alone(struct schemas *schemas, struct schema_reading *reading,
           const struct raw *schema)
{
    struct kind_type kind = {.api_version = only_text(schema, "apiVersion"),
                             .kind = only_text(schema, "kind"),
                             .span = schema->span};
    bool is_named = !is_str_empty(kind.api_version) && !is_str_empty(kind.kind);
    bool is_schema = raw_find(schema, STR("properties")) != NULL ||
                     raw_find(schema, STR("$ref")) != NULL ||
                     raw_find(schema, STR("allOf")) != NULL;
    if (!is_schema || (!is_named && !kind_of_path(schemas, &kind)))
        return;
    kind.type = schema_object_type(reading, schema);
    add_kind(schemas, kind);
}

static void
read_all_marked(struct schemas *schemas, struct schema_reading *reading,
                const struct raw *definitions)
{
    bool is_map = definitions != NULL && definitions->kind == RAW_MAP;
    for (size_t i = 0; is_map && i < definitions->entry_count; i++)
        read_marked(schemas, reading, definitions->entries[i].value);
}

static void
read_json_schema(struct schemas *schemas, const struct raw *document)
{
    struct schema_reading reading;
    size_t before = schemas->count;
    schema_reading_init(&reading, schemas->types, document);
    read_marked(schemas, &reading, document);
    if (schemas->count == before)
        read_alone(schemas, &reading, document);
    if (schemas->count > before)
        return;
    read_all_marked(schemas, &reading, raw_find(document, STR("definitions")));
    read_all_marked(
        schemas, &reading,
        raw_find(raw_find(document, STR("components")), STR("schemas")));
}

/* ---- files -------------------------------------------------------------- */

/* Is it an object of some kind, beside which definitions are published? */
static bool
is_object(const struct raw *document)
{
    return raw_find(document, STR("apiVersion")) != NULL &&
           raw_find(document, STR("kind")) != NULL;
}

static void
read_document(struct schemas *schemas, const struct raw *document)
{
    const struct raw *items = raw_find(document, STR("items"));
    size_t before = schemas->count;
    if (is_definition(document)) {
        read_definition(schemas, document);
    } else if (is_object(document)) {
        for (size_t i = 0; items != NULL && i < items->entry_count; i++) {
            if (is_definition(items->entries[i].value))
                read_definition(schemas, items->entries[i].value);
        }
        return;
    } else {
        read_json_schema(schemas, document);
    }
    if (schemas->count > before || schemas->sink == NULL)
        return;
    struct diag *diag =
        diag_add(schemas->sink, DIAG_Y17, document->span, STRS(schemas->path));
    diag_label(diag, "nothing here says of which kind it is", NO_STRS);
    diag_help(
        diag,
        "a CustomResourceDefinition does, or a JSON schema as GROUP/KIND_VERSION.json",
        NO_STRS);
}

size_t
foreign_read_schemas(struct kind_types *types, struct sink *sink,
                     const struct raw_file *file, struct str path)
{
    struct schemas schemas = {.types = types, .sink = sink, .path = path};
    for (size_t i = 0; i < file->document_count; i++)
        read_document(&schemas, file->documents[i]);
    return schemas.count;
}

void
foreign_take_definitions(struct kind_types *types, const struct raw_file *file)
{
    struct schemas schemas = {.types = types};
    for (size_t i = 0; i < file->document_count; i++) {
        if (is_definition(file->documents[i]))
            read_definition(&schemas, file->documents[i]);
    }
}
