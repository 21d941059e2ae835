/*
 * preview.yml: what each pull request of the repository's own branches runs by
 * itself, until it is closed or its time is over.
 */
#ifndef EMIT_WORKFLOWS_PREVIEW_H
#define EMIT_WORKFLOWS_PREVIEW_H

#include "emit/workflows/scripts.h"
#include "ir/ir.h"

/* The GitHub environment that its jobs run in: an identity of its own. */
#define PREVIEW_GITHUB "preview"

/* Does the program have previews that can be written? */
bool has_preview(const struct ir *ir);
void emit_preview_workflow(const struct ir *ir, struct scripts *scripts);

#endif
