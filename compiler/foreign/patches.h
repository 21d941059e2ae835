/*
 * A patch held against its kind, and against the objects that it changes.
 * Private to the room.
 */
#ifndef FOREIGN_PATCHES_H
#define FOREIGN_PATCHES_H

#include "diag/diag.h"
#include "ir/ir.h"
#include "ir/merge.h"

struct patch_check {
    struct merge merge;
    struct sink *sink;
    const struct patch *patch;
    struct str environment;
};

/* Y16. */
void check_patch_directives(const struct patch_check *check, struct str type,
                            const struct raw *raw);
/* Y14 and Y05: what this patch does, after the ones before it; `after` is NULL
 * when nothing is left of the object. */
void check_patch_changes(const struct patch_check *check,
                         const struct made_object *object,
                         const struct raw *before, const struct raw *after);

#endif
