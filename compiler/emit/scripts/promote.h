/*
 * promote-release.sh: the graph, and each edge's gates.
 */
#ifndef EMIT_SCRIPTS_PROMOTE_H
#define EMIT_SCRIPTS_PROMOTE_H

#include "emit/workflows/scripts.h"
#include "ir/ir.h"

/* Is there such a script? */
bool has_promote(const struct ir *ir);
/* None where no promotion joins two environments with pipelines. */
void emit_promote(const struct ir *ir, struct scripts *scripts);

#endif
