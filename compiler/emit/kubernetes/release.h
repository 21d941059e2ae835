/*
 * What the pipeline decides: which image runs, which colour has the traffic.
 */
#ifndef EMIT_KUBERNETES_RELEASE_H
#define EMIT_KUBERNETES_RELEASE_H

#include "emit/document.h"
#include "emit/kubernetes/plan.h"

/* Is there anything to decide here? Else there is no such component. */
bool has_release(const struct environment *environment);
/* PATH/kustomization.yaml, a component, made once and then the pipeline's. */
void emit_release(const struct plan *plan, struct documents *documents,
                  struct str path, const struct environment *environment);

#endif
