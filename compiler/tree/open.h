/*
 * The output folder while it is open: what is ours in it, what a killed run
 * left, what was found of each document, and in the end the plan.
 */
#ifndef TREE_OPEN_H
#define TREE_OPEN_H

#include "tree/leftover.h"
#include "tree/plan.h"

struct tree {
    struct arena *arena;
    struct sink *sink;
    const struct source_map *map;
    struct tree_options options;
    struct output output;
    struct lock lock;     /* what is ours now */
    struct str lock_text; /* the bytes of broxc.lock; empty: there is none */
    struct leftover leftover;
    struct spool spool;
    bool is_spooling; /* documents are still coming */
    struct plan plan;
    bool is_torn;     /* what waits in staging must stay */
    struct hold hold; /* closes it when there is no memory */
};

/* When all documents have come: makes the plan, and reports conflicts. Not OK
 * with STATUS_REFUSED when their paths cannot be. */
struct status tree_plan(struct tree *tree, const struct documents *documents);
void tree_close(struct tree *tree);
/* The text of the lock that the plan leads to. */
struct str tree_next_lock(const struct tree *tree, struct arena *arena);
/* The plan's actions, path by path. */
void tree_result(struct tree *tree, struct tree_result *result);

#endif
