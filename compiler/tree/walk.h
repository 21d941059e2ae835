/*
 * From path to open folder. Asked in sorted order, it opens each folder once,
 * part by part, and never through a symbolic link.
 */
#ifndef TREE_WALK_H
#define TREE_WALK_H

#include "base/limits.h"
#include "base/vec.h"
#include "tree/disk.h"

enum walk_state {
    WALK_HERE,
    WALK_ABSENT,  /* there is no such folder */
    WALK_BLOCKED, /* `stopped` is there, and is no folder */
    WALK_FAILED,  /* `error` says why `stopped` could not be opened */
};

enum { WALK_ASIDES = 3 };

struct walk {
    /* [0] is the root, not ours; -1: passed over, on the way to one that was
     * still open. The innermost is open. */
    int folders[LIMIT_OUTPUT_DEPTH + 1];
    size_t ends[LIMIT_OUTPUT_DEPTH + 1]; /* of each one's path in `path` */
    size_t depth;
    struct str path; /* of the innermost open folder */
    enum walk_state state;
    struct str stopped; /* where the way ended; empty when it did not */
    int error;
    bool makes;       /* what is missing */
    struct vec *made; /* of struct str: what was missing; or NULL */
    /* The folders that were left last, still open: documents often come from a
     * few in turn. Only where nobody removes folders meanwhile. */
    bool keeps_aside;
    struct walk_aside {
        int folder; /* -1: none */
        struct str path;
    } aside[WALK_ASIDES];
    size_t next_aside;
};

/* `root` is the open output folder, or -1 while there is none. */
void walk_open(struct walk *walk, int root);
void walk_close(struct walk *walk);
/* The folder that `path` lies in. `path` must live as long as the walk. */
enum walk_state walk_to(struct walk *walk, struct str path, int *folder);
/* The same, and makes what is missing, adding each folder's path to `made`,
 * unless that is NULL. */
enum walk_state walk_make(struct walk *walk, struct str path, struct vec *made,
                          int *folder);

#endif
