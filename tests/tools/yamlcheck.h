/*
 * What yamlcheck's parts share: a file that was read, and how a finding is
 * told.
 */
#ifndef TOOLS_YAMLCHECK_H
#define TOOLS_YAMLCHECK_H

#include "base/buf.h"
#include "support/yaml_tree.h"

struct yaml_file {
    const char *path; /* as the user gave it */
    struct str text;
};

struct findings {
    struct arena *arena;
    struct buf out; /* a line each: `path:line: what` */
    size_t count;
};

void finding_add(struct findings *findings, const char *path, uint32_t line,
                 struct str what);

/* Everything that broxc promises of a YAML file it writes. Gives the number of
 * its documents. `is_workflow` allows the top-level key `on`. */
size_t lint_file(struct findings *findings, const struct yaml_file *file,
                 bool is_workflow);
/* The Kubernetes objects of both files, by apiVersion, kind, namespace and
 * name. Gives the number of objects on the left. */
size_t compare_objects(struct findings *findings, const struct yaml_file *left,
                       const struct yaml_file *right);

#endif
