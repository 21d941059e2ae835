/*
 * Questions about one workload that several objects ask, answered once.
 */
#ifndef EMIT_KUBERNETES_WORKLOAD_H
#define EMIT_KUBERNETES_WORKLOAD_H

#include "emit/kubernetes/plan.h"
#include "ir/release.h"

/* It runs to its end: a job, or a task. */
/* What has a cluster's cloud give a Service an address of the private network;
 * NULL when it is not asked for, or broxc knows no annotation for it. */
const struct pair *internal_annotation(const struct workload *workload);

bool is_job(const struct workload *workload);
bool is_stateful(const struct workload *workload);

/* What a manifest may say: NULL when an autoscaler or the pipeline decides. */
const struct value *fixed_count(const struct workload *workload);
/* At the least and at the most; 0 when it is not known. */
int64_t count_min(const struct workload *workload);
int64_t count_max(const struct workload *workload);

int64_t stop_seconds(const struct workload *workload);
/* How long a pod goes on serving while it is taken out of its Service; 0 when
 * it serves nobody, or has no time for it. */
int64_t pre_stop_seconds(const struct workload *workload);
/* Answers in a row that a startup probe may miss. */
int64_t startup_failures(const struct probe *startup);
int64_t deadline_seconds(const struct workload *workload);

/* Alike in all that is printed of them; two NULLs are equal. */
bool is_port_equal(const struct port *a, const struct port *b);
bool has_ports(const struct workload *workload);
bool has_known_port(const struct workload *workload);
/* At least one that is known. */
bool has_hosts(const struct workload *workload);
/* The lower and the upper end of a range; one value stands for both. */
const struct value *range_low(const struct value *range);
const struct value *range_high(const struct value *range);

#endif
