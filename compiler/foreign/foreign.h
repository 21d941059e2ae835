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
#include "ir/manifest.h"

/* Every document of a file that is in the source map. Aliases are followed; a
 * duplicate key is reported and its first value stays. */
struct raw_file foreign_read_yaml(struct arena *arena, struct sink *sink,
                                  const struct source_file *file);

/* Each document must be a Kubernetes object (those that are none are reported
 * and left out), and one of a kind that we know has the fields of that kind, of
 * their types. */
struct raw_objects foreign_check_objects(struct arena *arena, struct sink *sink,
                                         const struct raw_file *file);

#endif
