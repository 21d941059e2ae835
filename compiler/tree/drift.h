/*
 * What was edited in a file, for the message about it.
 */
#ifndef TREE_DRIFT_H
#define TREE_DRIFT_H

#include "tree/spool.h"

struct drift {
    bool is_of_line_ends; /* CR LF for each newline, and nothing else */
    struct str diff;      /* empty: not wanted, or not worth its time */
};

/* Nothing of what cannot be read. */
struct drift drift_find(const struct spool *spool, struct walk *walk,
                        const struct found *found, bool wants_diff);

#endif
