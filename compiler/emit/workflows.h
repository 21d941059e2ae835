/*
 * The pipelines' target: what GitHub runs when a branch is pushed to or a pull
 * request is made. Logic is in runtime/pipeline/; a workflow runs it and
 * gives it the program's facts. docs/workflows.md tells it job by job.
 */
#ifndef EMIT_WORKFLOWS_H
#define EMIT_WORKFLOWS_H

#include "emit/workflows/scripts.h"
#include "ir/model.h"

/* cd-SHORT.yml for each environment that a pipeline can deploy to, verify.yml
 * for pull requests, drift.yml and rotation.yml where the program asks. */
void emit_workflows(const struct model *model, struct scripts *scripts);

#endif
