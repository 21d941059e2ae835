/*
 * The type of each kind's objects: of those that kubernetes.def knows, and of
 * those that a program brings schemas for. Also which versions of Kubernetes
 * serve a kind (kubernetes_versions.def).
 */
#ifndef IR_KIND_TYPES_H
#define IR_KIND_TYPES_H

#include "base/vec.h"
#include "ir/kubernetes.h"
#include "ir/raw_type.h"
#include "ir/value.h"

enum kind_scope { KIND_SCOPE_UNKNOWN, KIND_NAMESPACED, KIND_CLUSTER };

/* A schema of the program's. */
struct kind_type {
    struct str api_version;
    struct str kind;
    bool is_folded; /* the kind is known in small letters alone */
    enum kind_scope scope;
    const struct raw_type *type; /* NULL: it says nothing of fields */
    struct span span;            /* where the schema names its kind */
};

/* Minor versions of Kubernetes 1: the oldest and the newest that are meant. */
struct kube_range {
    int64_t oldest;
    int64_t newest;
};

/* Of the project's `kubernetes`; the newest alone when that is not known. */
struct kube_range kube_range_of(const struct value *versions);

/* The versions that kubernetes.def and kubernetes_versions.def know. */
enum { KUBE_OLDEST_KNOWN = 27, KUBE_NEWEST_KNOWN = 36 };
/* The oldest for which tests hold what is written against the table. */
enum { KUBE_OLDEST_PROVED = 33 };

struct kind_types {
    struct arena *arena;
    struct map table;   /* from a type's text to its struct raw_type */
    struct vec schemas; /* of struct kind_type */
    struct kube_range range;
};

/* For the newest version alone, and without a schema. */
struct kind_types *kind_types_new(struct arena *arena);
/* NULL when there is none. */
const struct kind_type *kind_schema_find(const struct kind_types *types,
                                         struct str api_version,
                                         struct str kind);
/* What the program's schemas, or else the table, say of these objects; NULL
 * when neither knows their fields. */
const struct raw_type *kind_type_find(struct kind_types *types,
                                      struct str api_version, struct str kind);
/* The same by the kind's name alone, in the newest version; `api_version` is
 * set with it. */
const struct raw_type *kind_type_find_named(struct kind_types *types,
                                            struct str kind,
                                            struct str *api_version);
/* The shape of the table, by its name. */
const struct raw_type *table_type(struct kind_types *types, struct str text);

/* The minor version since which the field takes that word; 0: always. */
int64_t kube_choice_since(const struct raw_field *field, struct str word);

/* Whether some version of the range does not serve the kind. */
struct kube_service {
    struct str api_version;
    struct str kind;
    int64_t since;      /* 0: before any known version */
    int64_t gone;       /* 0: never */
    struct str instead; /* an apiVersion, or empty */
};

/* NULL when all versions of the range do, or nothing is known. */
const struct kube_service *kube_unserved_find(const struct kube_range *range,
                                              struct str api_version,
                                              struct str kind);

#endif
