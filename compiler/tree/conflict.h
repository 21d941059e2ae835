/*
 * What stands in the way of a write, and what makes a folder differ from its
 * program, as messages: each says what is there, and the way out.
 */
#ifndef TREE_CONFLICT_H
#define TREE_CONFLICT_H

#include "diag/diag.h"
#include "emit/document.h"
#include "tree/drift.h"

/* O03: `seen`, which is not ours, is where the document should be. */
void report_foreign(struct sink *sink, const struct document *document,
                    enum seen_kind seen);
/* O03: `path` is no folder, though the document lies in it. */
void report_blocked(struct sink *sink, const struct document *document,
                    struct str path);
/* N11: on this disk `made`, of the last build, is the file of the document. */
void report_respelled(struct sink *sink, const struct document *document,
                      struct str made);
/* O01: the file was edited. */
void report_drift(struct sink *sink, const struct document *document,
                  const struct drift *drift);
/* O01: the file was edited, and is no longer generated. */
void report_drift_gone(struct sink *sink, struct str path);

/* Of a folder that is only looked at. O01: not there, not as the program says
 * now, a script that may not be run, or a lock that names other lines; O02:
 * nothing makes it any more. */
void report_missing(struct sink *sink, const struct document *document);
void report_stale(struct sink *sink, const struct document *document);
void report_unrunnable(struct sink *sink, const struct document *document);
void report_stale_lock(struct sink *sink);
void report_orphan(struct sink *sink, struct str path);
/* A build was ended while it wrote. */
void report_unfinished(struct sink *sink);

#endif
