/*
 * Steps and facts that several jobs of a cluster share.
 */
#ifndef EMIT_WORKFLOWS_CLUSTER_STEPS_H
#define EMIT_WORKFLOWS_CLUSTER_STEPS_H

#include "emit/workflows/facts.h"
#include "emit/workflows/steps.h"

/* How releases come in there, as scripts know it. */
enum way { WAY_ROLLING, WAY_BLUE_GREEN, WAY_CANARY, WAY_ARGO };
enum way way_of(const struct environment *environment);
/* Something is beside what is switched: Deployments that roll, or a job. */
bool has_rest(const struct environment *environment);
bool has_rolling_rest(const struct environment *environment);
/* Is there anything that goes back by its revision? */
bool has_revisions(const struct environment *environment);

void services_fact(struct workflow *workflow, enum deployed deployed);
void colour_label_fact(struct workflow *workflow);
/* How long one Deployment may take: half of its job. */
void timeout_fact(struct workflow *workflow, const struct job *job);
void version_fact(struct workflow *workflow);
void metrics_facts(struct workflow *workflow);
/* What comes in with the traffic; nothing where all comes in at once. */
void later_fact(struct workflow *workflow);

/* Its facts of the cluster's state are outputs of `from`: `steps.state` of the
 * same job, or `needs.deploy`. */
void emit_render(struct workflow *workflow, const char *from);
/* What is deployed rolling: `only` takes that part of the rendered file. */
void emit_rolling(struct workflow *workflow, const struct job *job,
                  const char *id, bool is_rest);
void emit_health(struct workflow *workflow, const char *deployments,
                 bool is_preview);
bool has_health_test(const struct workflow *workflow);

#endif
