/*
 * YAML and JSON that others wrote, read with positions: what a program brings
 * as raw manifests. Faults are messages with their place in that file (family
 * Y).
 *
 * What is read is data, and our own writer (emit/text/yaml.h) prints it again:
 * it quotes whatever one reader or another would take for something else,
 * while a general printer would keep the user's `on` and `0644` as they stand.
 */
#ifndef FOREIGN_FOREIGN_H
#define FOREIGN_FOREIGN_H

#include "diag/diag.h"
#include "ir/ir.h"
#include "ir/kind_types.h"

/* YAML that a file holds, or a text of the program, whose lines are known. */
struct yaml_text {
    struct str text;
    struct str shown;              /* what a message calls it */
    struct span span;              /* of all of it in the program */
    bool is_workflow;              /* all scalars are texts, `on` as well */
    const struct text_line *lines; /* NULL for a file */
    size_t line_count;
};

struct raw_file foreign_read_yaml_text(struct arena *arena, struct sink *sink,
                                       const struct yaml_text *text);
/* Every document of a file that is in the source map. Aliases are followed; a
 * duplicate key is reported and its first value stays. */
struct raw_file foreign_read_yaml(struct arena *arena, struct sink *sink,
                                  const struct source_file *file);

/* A workflow of GitHub's: NULL after a report when it is none. Every scalar in
 * it is a text, for its readers take `on` as a key like any. */
const struct raw *foreign_read_workflow(struct arena *arena, struct sink *sink,
                                        const struct source_file *file);

/* The kinds that a file of schemas is for, into `types`: how many. A document
 * without any is Y17, unless it is some other Kubernetes object; a kind that
 * has a schema already is Y18. `path` may name the kind. */
size_t foreign_read_schemas(struct kind_types *types, struct sink *sink,
                            const struct raw_file *file, struct str path);
/* The same for the CustomResourceDefinitions of a manifest, without a report.
 */
void foreign_take_definitions(struct kind_types *types,
                              const struct raw_file *file);

/* Each document must be a Kubernetes object: those that are none are reported
 * and left out. */
struct raw_objects foreign_read_objects(struct arena *arena, struct sink *sink,
                                        const struct kind_types *types,
                                        const struct raw_file *file);
/* An object of a kind that we know has the fields of that kind, of their
 * types, and all versions of Kubernetes that are meant know them. */
void foreign_check_objects(struct arena *arena, struct sink *sink,
                           struct kind_types *types,
                           const struct raw_objects *objects);
/* The same for all manifests of a program, each file once. */
void foreign_check_manifests(struct arena *arena, struct sink *sink,
                             struct kind_types *types,
                             const struct raw_manifest *manifests,
                             size_t count);

/* The fields of every patch, by the kind that it names, and how it is to be
 * merged. */
void foreign_check_patches(struct arena *arena, struct sink *sink,
                           struct kind_types *types, const struct ir *ir);
/* What the patches do to the objects that are made, one list an environment:
 * each has one to change, changes it, and leaves alone what checks have
 * proved. */
void foreign_check_patched(struct arena *arena, struct sink *sink,
                           const struct ir *ir,
                           const struct made_objects *made);

/* What is made holds for the oldest version that is meant: Y21. */
void foreign_check_made(struct arena *arena, struct sink *sink,
                        struct kind_types *types, const struct ir *ir,
                        const struct made_objects *made);

#endif
