/*
 * Certificates by cert-manager: one an environment, and who issues them.
 */
#ifndef EMIT_KUBERNETES_CERTIFICATES_H
#define EMIT_KUBERNETES_CERTIFICATES_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* DNS-01 needs the controller's own identity, which cert-manager lends to
 * cluster-wide issuers alone; HTTP-01 needs no more than a namespace. */
bool is_issuer_of_cluster(const struct ir *ir);
/* Neither namespace nor colour: for cluster/. */
void emit_cluster_issuer(struct yaml *yaml, const struct ir *ir);

void emit_issuer(struct yaml *yaml, const struct instance *instance);
void emit_certificate(struct yaml *yaml, const struct instance *instance);

#endif
