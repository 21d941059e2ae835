/*
 * What a killed run left. Its staging folder holds the lock that was to be:
 * a file that differs between the two locks is ours when it is as either of
 * them says. Reading this changes nothing; a run that is about to write makes
 * the truth the lock first, and then clears the staging folder.
 */
#ifndef TREE_LEFTOVER_H
#define TREE_LEFTOVER_H

#include "tree/lock.h"
#include "tree/output.h"

struct leftover {
    int staging;   /* open; -1: nothing was left */
    bool has_lock; /* the run had begun to put files in their places */
};

/* Replaces `lock` by what is true now. */
struct status leftover_open(const struct output *output,
                            struct leftover *leftover, struct lock *lock);
/* Writes that lock, with this head, and clears the staging folder. */
struct status leftover_repair(const struct output *output,
                              struct leftover *leftover,
                              const struct lock_head *head,
                              const struct lock *lock);
void leftover_close(struct leftover *leftover);

#endif
