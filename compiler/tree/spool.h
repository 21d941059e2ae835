/*
 * Documents go to the disk one by one, as they come: each is looked up where
 * it is to be, and waits in the staging folder unless the same is there. So no
 * text is held, and a second processor has its share (base/worker.h).
 *
 * Nothing is put in its place; a plan judges what was found.
 */
#ifndef TREE_SPOOL_H
#define TREE_SPOOL_H

#include "base/worker.h"
#include "tree/lock.h"
#include "tree/output.h"
#include "tree/tree.h"
#include "tree/walk.h"

/* A document beside what is on the disk. */
struct found {
    const struct document *document;
    struct buf content; /* gone once it is given back */
    struct hash hash;   /* of the content */
    uint64_t bytes;
    const struct lock_entry *entry; /* of its path; or NULL */
    enum walk_state state;          /* of the way to its folder */
    struct str stopped;
    struct seen seen;   /* in the folder, when the way leads there */
    bool is_same;       /* the file has these bytes */
    bool is_unedited;   /* it has those that the lock says */
    bool is_staged;     /* it has a file in the staging folder */
    mode_t mode;        /* that the file shall have */
    bool is_mode_exact; /* else the umask has its say */
    size_t number;      /* its name in the staging folder */
    int error;          /* an errno: it could not be looked up */
};

struct spool {
    const struct output *output;
    const struct lock *lock;
    const struct tree_options *options;
    bool holds_back;  /* nothing is staged yet: what a killed run left waits
                         there, or this one only looks */
    struct vec found; /* of struct found *, in the order of coming */
    size_t back;      /* how many of them were asked for their text */
    struct worker *worker;
    /* The worker's alone, until spool_close(). */
    struct walk walk;
    int staging;           /* -1: nothing waits there */
    int error;             /* an errno: nothing more is staged */
    struct str error_path; /* what could not be written; empty: the staging
                              folder itself */
};

void spool_open(struct spool *spool, const struct output *output,
                const struct lock *lock, const struct tree_options *options);
/* A path that is not safe is passed over. The content must stay as it is until
 * it is given back. */
void spool_add(struct spool *spool, struct document *document);
/* Gives back the memory of a text that is on the disk; false when there is
 * none now. */
bool spool_give_back(struct spool *spool, struct buf *content);
/* Waits for all of them. Staging stays open. */
void spool_close(struct spool *spool);
/* Stages what was held back; `error` says how it went. */
void spool_stage(struct spool *spool);
/* Ends it after the document that it is at. */
void spool_stop(struct spool *spool);
/* Removes what was staged, for which it takes no memory. */
void spool_unstage(const struct spool *spool);
/* Reads it again where it has to; 0 or an errno. */
int spool_content(const struct spool *spool, const struct found *found,
                  struct str *content);

#endif
