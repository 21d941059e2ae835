/*
 * What a write does, path by path: the lock beside what a spool found of each
 * document. Planning changes nothing.
 */
#ifndef TREE_PLAN_H
#define TREE_PLAN_H

#include "tree/spool.h"

struct action {
    struct str path;
    enum tree_change change;
    const struct found *found; /* NULL: it is removed */
    bool is_replaced;          /* something is in its place now */
    uint64_t bytes;
};

struct plan {
    struct vec actions;    /* of struct action, sorted by path */
    struct vec entries;    /* of struct lock_entry: the next lock */
    struct vec gone;       /* of struct str: owned, no longer made or there */
    struct vec cleared;    /* of struct str: folders that give way to files */
    size_t change_count;   /* actions but TREE_KEPT */
    size_t conflict_count; /* reported to the sink, up to LIMIT_MESSAGES */
};

struct plan_input {
    struct sink *sink;
    const struct spool *spool;  /* closed; its documents' paths are checked */
    struct found *const *found; /* spool_sorted() */
    struct arena *scratch;
};

/* The status is that of reading; a conflict is none. */
struct status plan_tree(const struct plan_input *input, struct plan *plan);
struct action *plan_action(const struct plan *plan, size_t index);

#endif
