/*
 * A folder where a file should be is no obstacle when it only holds what is
 * about to go: files that the lock lists and no document has, and folders of
 * such.
 */
#ifndef TREE_CLEARED_H
#define TREE_CLEARED_H

#include "tree/lock.h"

/* Looks at the folder `path`, which lies in the open `parent`. When it is so,
 * its path and those of all folders in it are added to `folders` (of struct
 * str), the inner ones first. 0 or an errno. */
int folder_clear(int parent, struct str path, const struct lock *lock,
                 struct vec *folders, bool *is_cleared);

#endif
