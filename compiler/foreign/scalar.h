/*
 * What a plain scalar is to the readers that Kubernetes has: kubectl and the
 * API server read YAML by rules between 1.1 and 1.2. `on` is a bool, `0644` is
 * octal and `1:30` is a text to them.
 */
#ifndef FOREIGN_SCALAR_H
#define FOREIGN_SCALAR_H

#include "ir/raw.h"

/* The kind, and the one spelling that JSON has for it in `*text`. */
enum raw_kind scalar_resolve(struct arena *arena, struct str plain,
                             struct str *text);
/* `.inf` and `.nan` are numbers to YAML, and nothing that JSON can say. */
bool is_scalar_without_json(struct str plain);

#endif
