/*
 * Kubernetes objects that somebody wrote by hand and the program takes over:
 * `manifest FILE`.
 */
#ifndef IR_MANIFEST_H
#define IR_MANIFEST_H

#include "ir/raw.h"

struct raw_object {
    const struct raw *root;
    struct str api_version;
    struct str kind;
    struct str name;
    struct span name_span;
    const struct raw_entry *namespace_entry; /* or NULL: it says none */
    bool is_cluster_wide;                    /* it has no namespace */
};

struct raw_objects {
    const struct raw_object *at;
    size_t count;
};

struct raw_manifest {
    struct str path;  /* below the main file's folder */
    struct span span; /* of the path in the program */
    struct span file_span;
    struct raw_objects objects;
};

/* What its files are called: the path without `.yaml`, `.yml` or `.json`. */
struct str raw_manifest_stem(const struct raw_manifest *manifest);

#endif
