/*
 * Each kind of job as YAML.
 */
#ifndef EMIT_WORKFLOWS_JOBS_H
#define EMIT_WORKFLOWS_JOBS_H

#include "emit/workflows/steps.h"

void emit_job(struct workflow *workflow, const struct job *job);

#endif
