/*
 * apply-github.sh: where GitHub's settings lie, and whose they are.
 */
#ifndef EMIT_SCRIPTS_GITHUB_H
#define EMIT_SCRIPTS_GITHUB_H

#include "emit/scripts/script.h"
#include "ir/ir.h"

/* Is there such a script? */
bool has_apply_github(const struct ir *ir);
/* None in a program that names no repository. */
void emit_apply_github(const struct ir *ir, struct scripts *scripts);
/* The facts by which a script finds them: BRX_PROJECT, BRX_REPOSITORY, BRX_UP,
 * BRX_HOSTING, BRX_PLAN. */
void script_settings(struct script *script, const struct ir *ir);

#endif
