/*
 * What is wrong with a generated pipeline, for the rules whose question has no
 * sense then.
 */
#ifndef CHECK_WORKFLOW_H
#define CHECK_WORKFLOW_H

#include "ir/ir.h"

struct pipeline_fault {
    const char *label;
    const char *help;
};

/* Why no pipeline can deploy to an environment that is meant to have one
 * (G34), or NULL. */
const struct pipeline_fault *pipeline_fault(
    const struct ir *ir, const struct environment *environment);
/* Why a step does nothing: it is for another strategy than the block's, or
 * says not enough (G35); or NULL. */
const struct pipeline_fault *step_fault(const struct deploy *deploy,
                                        const struct step *step);

#endif
