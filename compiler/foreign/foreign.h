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

/* Each document must be a Kubernetes object (those that are none are reported
 * and left out), and one of a kind that we know has the fields of that kind, of
 * their types. */
struct raw_objects foreign_check_objects(struct arena *arena, struct sink *sink,
                                         const struct raw_file *file);

/* The fields of every patch, by the kind that it names, and how it is to be
 * merged. */
void foreign_check_patches(struct arena *arena, struct sink *sink,
                           const struct ir *ir);
/* What the patches do to the objects that are made, one list an environment:
 * each has one to change, changes it, and leaves alone what checks have
 * proved. */
void foreign_check_patched(struct arena *arena, struct sink *sink,
                           const struct ir *ir,
                           const struct made_objects *made);

#endif
