/*
 * Schemas of kinds: CustomResourceDefinitions, JSON schemas and OpenAPI
 * documents, read as types. Private to the room.
 */
#ifndef FOREIGN_SCHEMA_H
#define FOREIGN_SCHEMA_H

#include "base/map.h"
#include "ir/kind_types.h"

/* One document: what `$ref` leads to lies in it. */
struct schema_reading {
    struct kind_types *types;
    const struct raw *document;
    struct map read; /* from a schema's address to its struct raw_type */
    size_t depth;
};

void schema_reading_init(struct schema_reading *reading,
                         struct kind_types *types, const struct raw *document);
/* The type of whole objects, whose head Kubernetes adds itself. */
const struct raw_type *schema_object_type(struct schema_reading *reading,
                                          const struct raw *schema);

#endif
