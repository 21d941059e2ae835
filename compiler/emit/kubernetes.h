/*
 * The Kubernetes target: a kustomize base, what each environment lays over it,
 * and on request the same objects whole, without kustomize.
 */
#ifndef EMIT_KUBERNETES_H
#define EMIT_KUBERNETES_H

#include "emit/document.h"
#include "emit/kubernetes/plan.h"
#include "ir/model.h"

/* base/, of a program with environments. */
void emit_base(const struct plan *plan, struct documents *documents);
/* overlays/ENV/ */
void emit_overlay(const struct plan *plan, struct documents *documents,
                  const struct environment *environment);
/* cluster/, when something has no namespace, and previews/. */
void emit_cluster(const struct plan *plan, struct documents *documents);

/* Workloads of an environment, from the first one to before the end. */
struct share {
    size_t first;
    size_t end;
};

/* flat/ENV.yaml: the objects that `kubectl kustomize overlays/ENV` gives, one
 * by one. What is the environment's own comes with the first workloads and the
 * last. */
void emit_flat(const struct plan *plan, struct documents *documents,
               const struct environment *environment, struct share share);

/* The same objects as data, one list an environment, without their patches. */
const struct made_objects *make_objects(struct arena *arena,
                                        const struct model *model);

#endif
