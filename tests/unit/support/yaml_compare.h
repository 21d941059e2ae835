/*
 * What differs between two trees, and where.
 */
#ifndef SUPPORT_YAML_COMPARE_H
#define SUPPORT_YAML_COMPARE_H

#include "base/buf.h"
#include "support/yaml_tree.h"

enum yaml_comparison {
    COMPARE_READINGS, /* of one file: order, quotes and tags count */
    COMPARE_OBJECTS,  /* as data: keys in any order, quotes count only where
                         they make another type by YAML 1.2 */
};

struct yaml_difference {
    struct str path;               /* `.spec.containers[0].image` */
    const struct yaml_node *left;  /* NULL: it is only on the right */
    const struct yaml_node *right; /* NULL: it is only on the left */
};

/* Adds to `differences`, of struct yaml_difference. */
void yaml_compare(struct arena *arena, enum yaml_comparison comparison,
                  const struct yaml_node *left, const struct yaml_node *right,
                  struct vec *differences);
/* Both sides, with `between` in the middle: a text from a little before the
 * place where the two part, a number, the size of a list or map. */
void yaml_describe(struct buf *buf, const struct yaml_difference *difference,
                   struct str between);

#endif
