/*
 * The lines of two texts, and which of them stay, go and come: the shortest
 * such list, unless the texts differ by more than EDITS_MAX lines.
 */
#ifndef TREE_EDITS_H
#define TREE_EDITS_H

#include "base/arena.h"

enum { EDITS_MAX = 256 };

enum edit_kind { EDIT_KEEP, EDIT_DROP, EDIT_ADD };

/* One line. Indexes of where it stands, or would stand, in both texts. */
struct edit {
    enum edit_kind kind;
    size_t before;
    size_t after;
};

struct lines {
    struct str *lines; /* each with its newline, which the last may lack */
    size_t count;
};

struct edits {
    struct lines before;
    struct lines after;
    struct edit *list; /* in order; drops before adds */
    size_t edit_count;
};

struct edits edits_make(struct arena *arena, struct str before,
                        struct str after);

#endif
