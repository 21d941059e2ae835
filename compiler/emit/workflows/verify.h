/*
 * verify.yml: is what is committed exactly what the program says?
 */
#ifndef EMIT_WORKFLOWS_VERIFY_H
#define EMIT_WORKFLOWS_VERIFY_H

#include "emit/document.h"
#include "emit/workflows/steps.h"

void emit_verify(const struct ir *ir, struct scripts *scripts);

/* What every workflow says behind its triggers: no rights but those that a
 * job asks for, one run at a time in its group, bash. */
void workflow_head(struct workflow *workflow, struct str group,
                   bool is_cancelling);

#endif
