/*
 * The Gateway API: a Gateway, what it sends on, and the routes of services.
 */
#ifndef EMIT_KUBERNETES_GATEWAY_H
#define EMIT_KUBERNETES_GATEWAY_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

void emit_gateway(struct yaml *yaml, const struct instance *instance);
void emit_redirect_routes(struct yaml *yaml, const struct instance *instance);
/* One HTTPRoute for each group of hosts that are routed alike. */
void emit_routes(struct yaml *yaml, const struct instance *instance);
/* One entry of `parentRefs`, which is open: a listener, or the whole Gateway
 * when it is empty. */
void emit_parent(struct yaml *yaml, const struct ir *ir,
                 const struct environment *environment, struct str listener);

#endif
