/*
 * Objects that somebody wrote by hand, taken over: in files of their own below
 * manifests/, labelled, in the environment's namespace.
 */
#ifndef EMIT_KUBERNETES_MANIFESTS_H
#define EMIT_KUBERNETES_MANIFESTS_H

#include "emit/kubernetes/folder.h"

/* What the whole program names, into the base. */
void emit_base_manifests(struct folder *base);
/* What an environment names, into its overlay. */
void emit_overlay_manifests(struct folder *overlay);
/* What has no namespace: cluster/manifests/NAME.yaml, each file once. */
void emit_cluster_manifests(const struct plan *plan,
                            struct documents *documents);
/* All of an environment's, with those of the whole program. */
void emit_flat_manifests(const struct plan *plan, struct yaml *yaml,
                         struct document *document,
                         const struct environment *environment);

#endif
