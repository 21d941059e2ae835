/*
 * A workflow of the user's own that the program takes into account: `workflow
 * FILE`. It is read, never written.
 */
#ifndef IR_WORKFLOW_FILE_H
#define IR_WORKFLOW_FILE_H

#include "ir/raw.h"

struct workflow_file {
    struct str path;        /* below the main file's folder */
    struct span span;       /* of the path in the program */
    const struct raw *root; /* a map with `jobs`, a map */
};

#endif
