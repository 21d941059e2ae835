/*
 * The scripts' target: what people run. Logic is in runtime/; a script is a
 * header, the program's facts, the runtime's files as they are, and one call.
 */
#ifndef EMIT_SCRIPTS_H
#define EMIT_SCRIPTS_H

#include "emit/workflows/scripts.h"
#include "ir/model.h"

/* promote-release.sh, rollback-release.sh and setup-environment.sh, where a
 * pipeline deploys, apply-github.sh where a repository is named, and
 * the scripts of runtime/pipeline/ that they stand on. */
void emit_scripts(const struct model *model, struct scripts *scripts);

#endif
