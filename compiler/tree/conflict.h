/*
 * What stands in the way of a write, as messages: each says what is there,
 * and the way out.
 */
#ifndef TREE_CONFLICT_H
#define TREE_CONFLICT_H

#include "diag/diag.h"
#include "emit/document.h"
#include "tree/disk.h"

/* O03: `seen`, which is not ours, is where the document should be. */
void report_foreign(struct sink *sink, const struct document *document,
                    enum seen_kind seen);
/* O03: `path` is no folder, though the document lies in it. */
void report_blocked(struct sink *sink, const struct document *document,
                    struct str path);
/* O01: the file was edited; `diff` may be empty. */
void report_drift(struct sink *sink, const struct document *document,
                  struct str diff);
/* O01: the file was edited, and is no longer generated. */
void report_drift_gone(struct sink *sink, struct str path);

#endif
