/*
 * A tree of raw data, made piece by piece in the order of a writer: what an
 * emitter would print, or what a block of the program says.
 */
#ifndef IR_RAW_TREE_H
#define IR_RAW_TREE_H

#include "base/vec.h"
#include "ir/raw.h"

enum { RAW_TREE_DEPTH_MAX = 80 };

struct raw_level {
    struct raw shell;    /* its kind and place */
    struct raw_entry at; /* its own key, in the level above */
    struct vec entries;  /* of struct raw_entry */
};

struct raw_tree {
    struct arena *arena;
    struct raw_entry next; /* the key of what comes next */
    struct raw_level levels[RAW_TREE_DEPTH_MAX];
    size_t depth;
    const struct raw *root; /* once its level is closed */
};

void raw_tree_init(struct raw_tree *tree, struct arena *arena);
/* The key of the next piece; none comes before a list's item. */
void raw_tree_key(struct raw_tree *tree, struct str key, struct span span);
void raw_tree_open(struct raw_tree *tree, enum raw_kind kind, struct span span);
/* Closes the innermost list or map; the last one is the root. */
void raw_tree_close(struct raw_tree *tree);
/* The text is not copied. */
void raw_tree_scalar(struct raw_tree *tree, enum raw_kind kind, struct str text,
                     struct span span);
/* What `plain` is to JSON: a bool, a number, null, or else a text. */
enum raw_kind raw_kind_of_plain(struct str plain);

#endif
