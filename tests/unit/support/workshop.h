/*
 * A temporary folder in which documents become files, again and again, and a
 * way to say in one text what the folder holds.
 */
#ifndef SUPPORT_WORKSHOP_H
#define SUPPORT_WORKSHOP_H

#include "tree/tree.h"

struct workshop {
    struct arena *arena;
    struct source_map *map;
    struct sink *sink;
    struct documents documents;
    struct tree_options options;
    struct tree_result result;
    size_t piece_len; /* documents come in pieces so long; 0: whole */
    char folder[64];  /* a folder of its own; the output goes to `out` in it */
};

/* `options.folder` is `out`, which is not there yet. */
void workshop_open(struct workshop *shop);
void workshop_close(struct workshop *shop);
/* Forgets the documents, the messages and the flags of the last run. */
void workshop_again(struct workshop *shop);

/* Documents of the next run; each has a line of its own as origin. */
struct document *workshop_add(struct workshop *shop, const char *path,
                              const char *content);
struct status workshop_write(struct workshop *shop);
/* The same, and fails the test unless it is STATUS_OK. */
void workshop_build(struct workshop *shop);

/* Below `out`. */
char *workshop_path(struct workshop *shop, const char *path);
void workshop_put(struct workshop *shop, const char *path, const char *content);
bool workshop_has(struct workshop *shop, const char *path, const char *content);
bool is_there(struct workshop *shop, const char *path);

/* All below the folder, sorted: permissions, path and content. */
struct str workshop_list(struct workshop *shop);
/* The same with inode numbers and times: equal when nothing was touched. */
struct str workshop_picture(struct workshop *shop);

#endif
