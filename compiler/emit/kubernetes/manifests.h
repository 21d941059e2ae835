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
/* One object; without an environment it gets no namespace. */
void emit_manifest_object(struct yaml *yaml, const struct plan *plan,
                          const struct raw_object *object,
                          const struct environment *environment);
/* The files of an environment's, with those of the whole program. */
void add_manifests_origins(struct document *document, const struct ir *ir,
                           const struct environment *environment);

#endif
