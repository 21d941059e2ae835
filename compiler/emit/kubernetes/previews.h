/*
 * What an administrator applies before pull requests run by themselves.
 */
#ifndef EMIT_KUBERNETES_PREVIEWS_H
#define EMIT_KUBERNETES_PREVIEWS_H

#include "emit/document.h"
#include "emit/kubernetes/plan.h"

/* previews/rights.yaml, apart from cluster/, which every cluster gets. The
 * environment that the program takes previews from has a pipeline. */
void emit_preview_rights(const struct plan *plan, struct documents *documents);

#endif
