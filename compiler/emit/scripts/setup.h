/*
 * setup-environment.sh: what each environment is, where it is, and what it
 * needs before a pipeline can release to it.
 */
#ifndef EMIT_SCRIPTS_SETUP_H
#define EMIT_SCRIPTS_SETUP_H

#include "emit/scripts/script.h"
#include "ir/ir.h"

/* Is there such a script? */
bool has_setup(const struct ir *ir);
/* None where no pipeline deploys. */
void emit_setup(const struct ir *ir, struct scripts *scripts);

#endif
