/*
 * Who beside its callers sends requests to a workload, and through what.
 */
#ifndef RESOLVE_EXPOSURE_H
#define RESOLVE_EXPOSURE_H

#include "resolve/layers.h"

/* With the annotations of its Service and its Ingress. */
void resolve_exposure(const struct scope *scope, struct workload *workload);
/* The ports must be there. */
void resolve_admissions(const struct scope *scope, struct workload *workload);

#endif
