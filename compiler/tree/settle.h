/*
 * One document on its way to the disk, in its lane: looked up where it is to
 * be, and staged unless the same is there. One that comes in pieces is held
 * against its file piece by piece; from the first that differs, what was the
 * same is copied into the staging folder, and the rest follows it there.
 */
#ifndef TREE_SETTLE_H
#define TREE_SETTLE_H

#include "base/hash.h"
#include "tree/spool.h"

/* A document's way to the disk, in pieces. */
struct pieces {
    struct hashing *hashing;
    uint64_t bytes; /* that have come */
    int there;      /* its file, which has been the same so far; or -1 */
    int staged;     /* what waits for its place; or -1 */
};

/* With all of its text. */
void settle(struct spool *spool, struct spool_lane *lane, struct found *found);
/* Stages what was held back. */
void settle_late(struct spool *spool, struct walk *trees, struct found *found);
/* In pieces: the first, the others, the end. */
void settle_begin(struct spool *spool, struct spool_lane *lane,
                  struct found *found, struct arena *arena);
void settle_piece(struct spool *spool, struct spool_lane *lane,
                  struct found *found, struct str piece);
void settle_end(struct spool *spool, struct spool_lane *lane,
                struct found *found);
/* Closes what is open of it. */
void settle_stop(struct found *found);

bool is_to_be_written(const struct found *found);
/* Where in the staging folder it waits, or is to. A tree's folders are made
 * when they are missing. 0 or an errno. */
int staged_place(const struct spool *spool, struct walk *trees,
                 const struct found *found, int *folder, struct name *name);

#endif
