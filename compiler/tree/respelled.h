/*
 * A disk that knows no case finds a file under other letters than those it was
 * made with. What is no longer made would be removed by its old name, and what
 * is made by its new one would go with it.
 */
#ifndef TREE_RESPELLED_H
#define TREE_RESPELLED_H

#include "base/map.h"
#include "tree/spool.h"

struct respelled {
    const struct lock *lock;
    struct map entries; /* of the lock, by path_folded() */
    bool is_filled;     /* since the first question that needs it */
};

void respelled_open(struct respelled *respelled, struct arena *arena,
                    const struct lock *lock);
/* Of a file that the lock does not list: the entry of another path, of the same
 * letters in another case, that is this very file; or NULL. 0 or an errno. */
int respelled_find(struct respelled *respelled, struct walk *walk,
                   const struct found *found, const struct lock_entry **entry);

#endif
