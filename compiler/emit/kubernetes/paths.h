/*
 * Where each file of the target stands.
 */
#ifndef EMIT_KUBERNETES_PATHS_H
#define EMIT_KUBERNETES_PATHS_H

#include "emit/kubernetes/kinds.h"

/* ROOT/NAME, by default infrastructure/kubernetes/NAME. */
struct str path_below(const struct plan *plan, struct str name);
struct str path_overlay(const struct plan *plan,
                        const struct environment *environment);

/* File names without `.yaml`: where the base has an object, where an overlay
 * patches it, and where an overlay has it whole. */
struct str path_base_file(const struct instance *instance,
                          const struct kind *kind);
struct str path_patch_file(const struct instance *instance,
                           const struct kind *kind);
struct str path_own_file(const struct instance *instance,
                         const struct kind *kind);

#endif
