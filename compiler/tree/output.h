/*
 * The output folder, open and held against other runs. The user names it, so
 * symbolic links on the way to it are followed; below it none is.
 */
#ifndef TREE_OUTPUT_H
#define TREE_OUTPUT_H

#include "base/status.h"
#include "base/vec.h"

struct output {
    struct arena *arena;
    struct str folder; /* as the user named it; `.` when the name is empty */
    int root;          /* -1 while there is none */
    struct vec made;   /* of char *: folders made for it, outermost first */
};

/* An absent folder is no fault: `root` is -1 then. */
struct status output_open(struct output *output, struct arena *arena,
                          struct str folder);
/* Makes the folder, and those that it lies in. */
struct status output_make(struct output *output);
/* Removes the folders that output_make made, if they are empty. */
void output_unmake(struct output *output);
void output_close(struct output *output);

#endif
