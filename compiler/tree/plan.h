/*
 * What a write would do, path by path: the documents, the lock and the disk
 * read side by side. Planning changes nothing.
 */
#ifndef TREE_PLAN_H
#define TREE_PLAN_H

#include "tree/lock.h"
#include "tree/output.h"
#include "tree/tree.h"

#include <sys/types.h>

struct action {
    struct str path;
    enum tree_change change;
    const struct document *document; /* NULL: it is removed */
    bool is_replaced;                /* something is in its place now */
    mode_t mode;                     /* that the file shall have */
    bool is_mode_exact;              /* else the umask has its say */
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
    const struct source_map *map;
    const struct documents *documents; /* whose paths are checked */
    const struct tree_options *options;
    const struct output *output;
    const struct lock *lock;
};

/* The status is that of reading; a conflict is none. */
struct status plan_tree(const struct plan_input *input, struct plan *plan);
struct action *plan_action(const struct plan *plan, size_t index);

#endif
