/*
 * One file of the user's own, written at once: at any moment it holds either
 * the old text or the new one.
 */
#ifndef TREE_PUT_H
#define TREE_PUT_H

#include "base/arena.h"
#include "base/status.h"

/* Keeps the permissions of a file that is there, and follows a symbolic link
 * to what it names; makes one that is not there. */
struct status put_file(struct arena *arena, struct str path,
                       struct str content);

#endif
