/*
 * The Kubernetes target: a kustomize base, what each environment lays over it,
 * and on request the same objects whole, without kustomize.
 */
#ifndef EMIT_KUBERNETES_H
#define EMIT_KUBERNETES_H

#include "emit/document.h"
#include "ir/model.h"

/* base/, overlays/ENV/ and, when a cluster-wide issuer is needed, cluster/. */
void emit_kubernetes(const struct model *model, struct documents *documents);
/* flat/ENV.yaml: the objects that `kubectl kustomize overlays/ENV` gives, one
 * by one. */
void emit_flat(const struct model *model, struct documents *documents);

/* The same objects as data, one list an environment, without their patches. */
const struct made_objects *make_objects(struct arena *arena,
                                        const struct model *model);

#endif
