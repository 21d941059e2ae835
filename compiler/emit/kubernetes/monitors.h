/*
 * How the operator of Prometheus finds a workload's pods.
 */
#ifndef EMIT_KUBERNETES_MONITORS_H
#define EMIT_KUBERNETES_MONITORS_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

/* `monitor { scrape pod-monitor }`, or `service-monitor`: then no annotation
 * says it, too. */
bool has_operator(const struct ir *ir);
bool is_scraped_by_service(const struct ir *ir);
void emit_pod_monitor(struct yaml *yaml, const struct instance *instance);
void emit_service_monitor(struct yaml *yaml, const struct instance *instance);

#endif
