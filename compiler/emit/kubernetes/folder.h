/*
 * A folder of manifests and its kustomization.yaml, which lists just those
 * files that came to be.
 */
#ifndef EMIT_KUBERNETES_FOLDER_H
#define EMIT_KUBERNETES_FOLDER_H

#include "base/map.h"
#include "emit/document.h"
#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* A file of objects, begun when its first object comes. */
struct manifest {
    struct str name;
    bool is_patch;
    bool is_of_service; /* no other has objects in it */
    struct document *document;
    struct yaml *yaml; /* while it is written */
    /* Of a patch whose object is called otherwise, or has a brother: a pattern
     * of its names; empty when the patch's own name says it. */
    struct str target_kind;
    struct str target_name;
    const struct workload *last; /* whose origins were added last */
};

struct folder {
    const struct plan *plan;
    struct documents *documents;
    struct str path;
    const struct environment *environment; /* NULL: the base */
    struct map by_name;
    struct vec manifests; /* of struct manifest * */
    size_t settled;       /* so many of the first were looked through */
    struct vec writers;   /* of struct yaml *: of files that are whole */
    struct document *kustomization; /* once it is begun */
};

void folder_init(struct folder *folder, const struct plan *plan,
                 struct documents *documents, struct str path,
                 const struct environment *environment);
/* Ready for the next object of the file. `about` stands in a new file's
 * head. */
struct yaml *folder_object(struct folder *folder, struct str name,
                           bool is_patch, const struct instance *instance,
                           struct str about);
/* Of a file with an object in it: only one service's will be. */
void folder_is_of_service(struct folder *folder, struct str name);
/* All objects of a service have come: the files that are its alone are
 * whole. */
void folder_settle(struct folder *folder);
bool is_folder_empty(const struct folder *folder);

/* Begins PATH/kustomization.yaml. */
struct document *kustomization_start(struct folder *folder, struct yaml *yaml,
                                     const char *api_version, const char *kind);
/* Entries of `resources:` and `patches:`, which are open. */
void emit_folder_resources(struct yaml *yaml, const struct folder *folder);
void emit_folder_patches(struct yaml *yaml, const struct folder *folder);
bool has_patches(const struct folder *folder);

/* The first lines of a file. */
void emit_head(struct yaml *yaml, struct str about);

#endif
