/*
 * The jobs that talk to a cluster: their steps.
 */
#ifndef EMIT_WORKFLOWS_JOBS_CLUSTER_H
#define EMIT_WORKFLOWS_JOBS_CLUSTER_H

#include "emit/workflows/steps.h"

/* jobs_cluster.c: until the new release stands beside the old one */
void emit_deploy(struct workflow *workflow, const struct job *job);
void emit_test(struct workflow *workflow, const struct job *job);
void emit_task(struct workflow *workflow, const struct job *job);
/* jobs_traffic.c: from then on */
void emit_share(struct workflow *workflow, const struct job *job);
void emit_switch(struct workflow *workflow, const struct job *job);
void emit_watch(struct workflow *workflow, const struct job *job);
void emit_retire(struct workflow *workflow, const struct job *job);
void emit_roll_back(struct workflow *workflow, const struct job *job);

#endif
