/*
 * What the program lays over objects by hand: files of their own, below
 * patches/, or the objects with all of it done.
 */
#ifndef EMIT_KUBERNETES_PATCHES_H
#define EMIT_KUBERNETES_PATCHES_H

#include "emit/kubernetes/folder.h"

/* overlays/ENV/patches/KIND-NAME.yaml, one a patch. */
void emit_overlay_patches(struct folder *overlay);
/* The object after every patch of the environment; itself when there is none.
 */
const struct raw *patched_root(const struct plan *plan,
                               const struct environment *environment,
                               const struct made_object *object);
/* Prints data that has nothing more to be filled in. */
void emit_root(struct yaml *yaml, const struct raw *root);

#endif
