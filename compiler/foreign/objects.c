/*
 * Which documents are Kubernetes objects, and what they are called.
 */
#include "base/vec.h"
#include "foreign/fields.h"
#include "foreign/foreign.h"

static bool check_head(struct sink *sink, const struct raw *document);
static struct raw_object object_of(const struct kind_types *types,
                                   const struct raw *document);

struct raw_objects
foreign_read_objects(struct arena *arena, struct sink *sink,
                     const struct kind_types *types,
                     const struct raw_file *file)
{
    struct vec objects;
    vec_init(&objects, arena, sizeof(struct raw_object));
    for (size_t i = 0; i < file->document_count; i++) {
        const struct raw *document = file->documents[i];
        if (check_head(sink, document))
            *(struct raw_object *)vec_add(&objects) =
                object_of(types, document);
    }
    return (struct raw_objects){objects.items, objects.count};
}

void
foreign_check_objects(struct arena *arena, struct sink *sink,
                      struct kind_types *types,
                      const struct raw_objects *objects)
{
    for (size_t i = 0; i < objects->count; i++)
        check_fields(arena, sink, types, objects->at[i].root);
}
void
foreign_check_manifests(struct arena *arena, struct sink *sink,
                        struct kind_types *types,
                        const struct raw_manifest *manifests, size_t count)
{
    struct map seen;
    map_init(&seen, arena);
    for (size_t i = 0; i < count; i++) {
        if (map_find(&seen, manifests[i].path) != NULL)
            continue;
        map_put(&seen, manifests[i].path, &manifests[i]);
        foreign_check_objects(arena, sink, types, &manifests[i].objects);
    }
}

/* What every object says, as texts; false after a report. */
static bool
check_head(struct sink *sink, const struct raw *document)
{
    const struct raw *metadata = raw_find(document, STR("metadata"));
    struct {
        struct str shown;
        struct str text;
    } heads[] = {
        {STR("apiVersion"), raw_text_at(document, STR("apiVersion"))},
        {STR("kind"), raw_text_at(document, STR("kind"))},
        {STR("metadata.name"), raw_text_at(metadata, STR("name"))},
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        if (!is_str_empty(heads[i].text))
            continue;
        struct diag *diag =
            diag_add(sink, DIAG_Y08, document->span, STRS(heads[i].shown));
        diag_label(diag, "the document begins here", NO_STRS);
        if (has_suffix(heads[1].text, STR("List")))
            diag_help(diag, "write each of its items as a document", NO_STRS);
        return false;
    }
    return true;
}

static bool
is_cluster_wide(const struct kind_types *types, struct str api_version,
                struct str kind)
{
    const struct kind_type *schema = kind_schema_find(types, api_version, kind);
    const struct kube_kind *known = kube_kind_find_other(api_version, kind);
    if (schema != NULL && schema->scope != KIND_SCOPE_UNKNOWN)
        return schema->scope == KIND_CLUSTER;
    return known != NULL && !known->is_namespaced;
}

static struct raw_object
object_of(const struct kind_types *types, const struct raw *document)
{
    const struct raw *metadata = raw_find(document, STR("metadata"));
    struct raw_object object = {
        .root = document,
        .api_version = raw_text_at(document, STR("apiVersion")),
        .kind = raw_text_at(document, STR("kind")),
        .name = raw_text_at(metadata, STR("name")),
        .name_span = raw_find(metadata, STR("name"))->span,
        .namespace_entry = raw_entry_find(metadata, STR("namespace")),
    };
    object.is_cluster_wide =
        is_cluster_wide(types, object.api_version, object.kind);
    return object;
}
