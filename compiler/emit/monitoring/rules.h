/*
 * One environment's PrometheusRule (monitoring.coreos.com/v1): the declared
 * alerts, what the objectives promise as far as a cluster can see it, and
 * certificates that are not renewed.
 */
#ifndef EMIT_MONITORING_RULES_H
#define EMIT_MONITORING_RULES_H

#include "base/buf.h"
#include "ir/ir.h"

/* The namespace of the environment is known. */
void emit_rules(const struct ir *ir, const struct environment *environment,
                struct buf *buf);

#endif
