/*
 * The way that releases come in, now and when the folder was built last.
 */
#ifndef TREE_WAYS_H
#define TREE_WAYS_H

#include "diag/diag.h"
#include "tree/open.h"

/* X11: a document whose way is another one than its file's. */
void report_ways(const struct tree *tree, const struct documents *documents);

#endif
