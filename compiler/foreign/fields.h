/*
 * An object held against the fields of its kind. Private to the room.
 */
#ifndef FOREIGN_FIELDS_H
#define FOREIGN_FIELDS_H

#include "diag/diag.h"
#include "ir/raw.h"

/* The object says its apiVersion and its kind. */
void check_fields(struct arena *arena, struct sink *sink,
                  const struct raw *object);
/* What a patch says of an object of the kind: nothing must be there. */
void check_patch_fields(struct arena *arena, struct sink *sink, struct str kind,
                        struct str shape, const struct raw *root);

#endif
