/*
 * Documents go to the disk one by one, as they come, in the lane that they come
 * from (base/tasks.h): each is looked up where it is to be, and waits in the
 * staging folder unless the same is there. So no text is held.
 *
 * Nothing is put in its place; a plan judges what was found.
 */
#ifndef TREE_SPOOL_H
#define TREE_SPOOL_H

#include "base/gate.h"
#include "base/tasks.h"
#include "tree/lock.h"
#include "tree/staging.h"
#include "tree/tree.h"
#include "tree/walk.h"

/* A document beside what is on the disk. */
struct found {
    const struct document *document;
    struct str content; /* gone when it is no longer needed */
    struct hash hash;   /* of the content */
    struct str origins; /* as the lock shows them */
    uint64_t bytes;
    const struct lock_entry *entry; /* of its path; or NULL */
    enum walk_state state;          /* of the way to its folder */
    struct str stopped;
    struct seen seen;      /* in the folder, when the way leads there */
    bool is_same;          /* the file has these bytes */
    bool is_unedited;      /* it has those that the lock says */
    bool is_staged;        /* it has a file in the staging folder */
    bool is_in_tree;       /* in a tree there, with the folders around it */
    mode_t mode;           /* that the file shall have */
    bool is_mode_exact;    /* else the umask has its say */
    size_t number;         /* its name in the staging folder */
    struct pieces *pieces; /* settle.h's, of one that comes in pieces */
    struct page *page;     /* page.h's, of one that is Markdown; or NULL */
    int error;             /* an errno: it could not be looked up */
    int staging_error;     /* an errno: it could not be staged */
};

/* What one lane has of it. */
struct spool_lane {
    struct vec found;  /* of struct found *, in the order of coming */
    struct walk walk;  /* in the output folder */
    struct walk trees; /* in the staging folder */
};

struct spool {
    const struct output *output;
    const struct source_map *map;
    const struct lock *lock;
    const struct tree_options *options;
    bool holds_back; /* nothing is staged yet: what a killed run left waits
                        there, or this one only looks */
    struct spool_lane lanes[LANE_COUNT];
    struct gate *gate;      /* to the next three */
    struct staging staging; /* made when the first document has to wait */
    int staging_error;      /* an errno: it could not be made */
    bool has_failed;        /* nothing more is staged */
    /* Since spool_close(): an errno, of one that could not be staged. */
    int error;
    struct str error_path; /* empty: the staging folder itself */
};

/* The map's files are divided. */
void spool_open(struct spool *spool, const struct output *output,
                const struct source_map *map, const struct lock *lock,
                const struct tree_options *options);
/* One of the documents, in their lane. A path that is not safe is passed over.
 * False when the content must stay as it is. */
bool spool_add(struct spool *spool, const struct documents *documents,
               struct document *document);
/* What there is of its content, which more will follow: false when the content
 * must stay as it is. */
bool spool_add_piece(struct spool *spool, const struct documents *documents,
                     struct document *document);
/* When all have come. Staging stays open. */
void spool_close(struct spool *spool);
/* Those that have come, in both lanes. */
size_t spool_count(const struct spool *spool);
struct found *spool_at(const struct spool *spool, size_t index);
/* The same by path, and where two have one, in the order of the documents. */
struct found **spool_sorted(const struct spool *spool,
                            const struct documents *documents);
/* Stages what was held back; `error` says how it went. */
void spool_stage(struct spool *spool);
/* Removes what was staged, for which it takes no memory. */
void spool_unstage(const struct spool *spool);
/* Reads it again where it has to, into `arena`; 0 or an errno. */
int spool_content(const struct spool *spool, struct arena *arena,
                  const struct found *found, struct str *content);

#endif
