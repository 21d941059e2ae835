/*
 * The block of a `patch` as raw data. Private to the room.
 */
#ifndef RESOLVE_PATCH_TREE_H
#define RESOLVE_PATCH_TREE_H

#include "resolve/layers.h"

/* A map. A bare word is a text where the kind's field is one, else what JSON
 * takes it for. What is not known yet is left out. */
const struct raw *read_patch_tree(const struct scope *scope,
                                  struct scope_node at, struct str kind);
/* Y15; gives NULL. */
const struct raw *report_patch_form(struct resolver *resolver, struct span span,
                                    const char *label);

#endif
