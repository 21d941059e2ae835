/*
 * Paths below the output folder, as text. What is on the disk is disk.h's and
 * walk.h's business.
 */
#ifndef TREE_PATH_H
#define TREE_PATH_H

#include "diag/diag.h"
#include "emit/document.h"

enum { PATH_PART_BYTES = 255, FOLDED_SEPARATOR = '\1' };

#define LOCK_NAME "broxc.lock"
#define STAGING_NAME ".broxc-staging"

/* Relative, with `/` between parts; no part is empty, `.`, `..` or longer
 * than PATH_PART_BYTES; no control bytes; at most LIMIT_OUTPUT_DEPTH folders.
 * Only such a path is ever given to the disk. */
bool is_path_safe(struct str path);
/* Is it inside `folder`, at any depth? */
bool is_path_below(struct str path, struct str folder);
/* Without its last part: `` for a name alone. */
struct str path_folder(struct str path);
struct str path_name(struct str path);
/* In small letters, and with a byte for `/` that sorts before all others: so a
 * folder stands right before what is in it. */
struct str path_folded(struct arena *arena, struct str path);

/* The first origin, or nowhere. */
struct span document_span(const struct document *document);

#endif
