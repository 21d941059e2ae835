/*
 * Which paths of documents cannot stand beside each other.
 */
#ifndef TREE_CLASH_H
#define TREE_CLASH_H

#include "tree/spool.h"

/* Reports unsafe paths (N20), two documents with one path, with paths that
 * differ in case alone, or where one is a folder of the other (N11), and names
 * that we keep for ourselves (N11). Gives the number of reports. What was found
 * is sorted by path: spool_sorted(). */
size_t check_paths(struct sink *sink, const struct documents *documents,
                   struct found *const *found, size_t count);

#endif
