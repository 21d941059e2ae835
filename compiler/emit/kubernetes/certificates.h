/*
 * Certificates by cert-manager: one an environment, and who issues them.
 */
#ifndef EMIT_KUBERNETES_CERTIFICATES_H
#define EMIT_KUBERNETES_CERTIFICATES_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* Neither namespace nor colour: for cluster/. */
void emit_cluster_issuer(struct yaml *yaml, const struct ir *ir);

void emit_issuer(struct yaml *yaml, const struct instance *instance);
void emit_certificate(struct yaml *yaml, const struct instance *instance);

#endif
