/*
 * Rules of network policies for what the program opens by its own words.
 */
#ifndef EMIT_KUBERNETES_OPENINGS_H
#define EMIT_KUBERNETES_OPENINGS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* `to:` anywhere but link-local, where a cloud gives out its machines'
 * identity. */
void emit_anywhere(struct yaml *yaml);
/* Items of `egress:`, which is open: one for each `reach`. */
void emit_reaches(struct yaml *yaml, const struct workload *workload);
/* Items of `ingress:`: one for each `reached-by`, and the clients of a Service
 * that is exposed. */
void emit_admissions(struct yaml *yaml, const struct workload *workload);
void emit_from_outside(struct yaml *yaml, const struct workload *workload);

#endif
