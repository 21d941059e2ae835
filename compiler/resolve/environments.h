/*
 * Environments: everything but their workloads and settings.
 */
#ifndef RESOLVE_ENVIRONMENTS_H
#define RESOLVE_ENVIRONMENTS_H

#include "resolve/layers.h"

void resolve_environments(struct resolver *resolver);
/* `approve 2 by TEAM`; NULL when the scope has none. */
const struct approval *resolve_approval(const struct scope *scope);
/* `deploy STRATEGY { … }`; NULL when the environment has none. */
const struct deploy *resolve_deploy(const struct scope *scope);

#endif
