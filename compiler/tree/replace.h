/*
 * One file of the user's own, replaced at once: at any moment it holds either
 * the old text or the new one.
 */
#ifndef TREE_REPLACE_H
#define TREE_REPLACE_H

#include "base/arena.h"
#include "base/status.h"

/* Keeps the file's permissions, and follows a symbolic link to what it names.
 * The file must be there. */
struct status replace_file(struct arena *arena, struct str path,
                           struct str content);

#endif
