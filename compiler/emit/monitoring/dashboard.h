/*
 * One dashboard for Grafana (its JSON model): the measures that are known by
 * name, and those of the program's own alerts, by environment.
 */
#ifndef EMIT_MONITORING_DASHBOARD_H
#define EMIT_MONITORING_DASHBOARD_H

#include "base/buf.h"
#include "ir/ir.h"

void emit_dashboard(const struct ir *ir, struct buf *buf);

#endif
