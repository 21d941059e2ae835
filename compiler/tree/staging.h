/*
 * The staging folder, `.broxc-staging` in the output folder: the new files
 * wait here until all of them are written, and the old ones until the new
 * lock is in its place. In it are
 *
 *     new   a folder for whole trees: what lies in folders that the output
 *           folder does not have is here where it will be there
 *     n12   any other document, which came as number 12
 *     w12   what was in the place of the plan's action 12
 *     lock  the next lock, complete once all of them are
 *
 * A run that is killed leaves it. Then its `lock` tells the next run which
 * files may already be new; see leftover.h.
 */
#ifndef TREE_STAGING_H
#define TREE_STAGING_H

#include "tree/disk.h"
#include "tree/output.h"

enum staged { STAGED_NEW = 'n', STAGED_WAS = 'w' };

#define STAGED_LOCK "lock"
#define STAGED_TREES "new"
#define STAGED_REPAIR "repair" /* leftover.h's, for a moment */

/* Both are -1 until they are made. */
struct staging {
    int folder;
    int trees;
};

#define NO_STAGING ((struct staging){-1, -1})

/* Makes the folder, and opens it; 0 or an errno. */
int staging_make(const struct output *output, struct staging *staging);
/* What that, or a file in it that is to be `path`, could not be made for. */
struct status staging_status(const struct output *output, struct str path,
                             int error);
/* Writes the lock, when all files are there. */
struct status staging_lock(const struct output *output, int staging,
                           struct str lock);
/* Removes what broxc put into the folder, whichever run it was. */
void staging_clear(int folder, bool keeps_lock);
/* Closes it, and removes it if it is empty. */
struct status staging_close(const struct output *output,
                            struct staging *staging);

struct name staged_name(enum staged staged, size_t number);

#endif
