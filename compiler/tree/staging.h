/*
 * The staging folder, `.broxc-staging` in the output folder: the new files
 * wait here until all of them are written, and the old ones until the new
 * lock is in its place. In it are
 *
 *     n12   what the action 12 of the plan puts in its place
 *     w12   what was there before
 *     lock  the next lock, complete once all `n` files are
 *
 * A run that is killed leaves it. Then its `lock` tells the next run which
 * files may already be new; see leftover.h.
 */
#ifndef TREE_STAGING_H
#define TREE_STAGING_H

#include "tree/disk.h"
#include "tree/plan.h"

enum staged { STAGED_NEW = 'n', STAGED_WAS = 'w' };

#define STAGED_LOCK "lock"
#define STAGED_REPAIR "repair" /* leftover.h's, for a moment */

/* Makes the folder, and gives it open. */
struct status staging_open(const struct output *output, int *staging);
/* Writes all files that the plan needs, the lock last. */
struct status staging_fill(const struct output *output, int staging,
                           const struct plan *plan, struct str lock);
/* Removes what broxc put into it, whichever run it was. */
void staging_clear(int staging, bool keeps_lock);
/* Removes the folder, if it is empty. */
struct status staging_close(const struct output *output, int staging);

struct name staged_name(enum staged staged, size_t number);

#endif
