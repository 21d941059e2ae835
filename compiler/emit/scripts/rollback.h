/*
 * rollback-release.sh: how a release is taken back, environment by environment.
 */
#ifndef EMIT_SCRIPTS_ROLLBACK_H
#define EMIT_SCRIPTS_ROLLBACK_H

#include "emit/workflows/scripts.h"
#include "ir/ir.h"

/* Is there such a script? */
bool has_rollback(const struct ir *ir);
/* None where no pipeline deploys. */
void emit_rollback(const struct ir *ir, struct scripts *scripts);

#endif
