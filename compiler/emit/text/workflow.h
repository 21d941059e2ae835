/*
 * The one way into the places of a GitHub workflow where expressions are
 * evaluated. YAML's quotes do not hold `${{` back: the expression reader works
 * on the text that YAML gives it. So a text goes through here first, and what
 * comes out goes through yaml_text.
 */
#ifndef EMIT_TEXT_WORKFLOW_H
#define EMIT_TEXT_WORKFLOW_H

#include "base/buf.h"

/* A text that the workflow sees as it is: each `${{` in it is written as an
 * expression that gives these three characters. Not for places that allow no
 * expression at all, such as a workflow's own `name`. */
void workflow_text(struct buf *buf, struct str text);
/* A string inside an expression: in single quotes, which are doubled in it.
 * The expression must stand in `${{ }}`, also under `if`, where they could be
 * left out, or a `${{` in the string would open one. */
void workflow_string(struct buf *buf, struct str text);

/* A branch's name under `on`, where a name is a pattern: what GitHub would
 * read as a wildcard or a negation is escaped. */
void workflow_branch(struct buf *buf, struct str branch);

#endif
