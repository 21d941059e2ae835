/*
 * What watches an environment: alert rules for Prometheus, as its operator
 * takes them, and one dashboard for Grafana.
 */
#ifndef EMIT_MONITORING_H
#define EMIT_MONITORING_H

#include "emit/document.h"
#include "ir/model.h"

/* rules-SHORT.yaml for each environment, and dashboard.json: nothing when the
 * program has no `monitor`. */
void emit_monitoring(const struct model *model, struct documents *documents);

#endif
