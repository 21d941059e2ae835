/*
 * Documents become files, all or nothing.
 *
 * The lock (broxc.lock in the output folder) lists each file that broxc owns
 * with its XXH3-128 and its origins. What it does not list is never
 * overwritten, what was edited since is an error with a diff, what is no
 * longer generated is removed, and a file whose bytes stay is not touched.
 * Temporaries first, then renames, the lock last: a run that is killed leaves
 * a tree that the next run understands.
 */
#ifndef TREE_TREE_H
#define TREE_TREE_H

#include "base/status.h"
#include "diag/diag.h"
#include "emit/document.h"

struct tree_options {
    struct str folder;   /* the output folder, made when it is absent */
    struct str program;  /* path of the source, named in the lock's head */
    struct str compiler; /* our version, named in the lock's head */
    bool adopt;          /* take over files that are not ours */
    bool force;          /* overwrite ours that were edited by hand */
    /* With --env or --only a part is built: files of other parts stay. */
    bool is_partial;
    bool only_looks; /* nothing is written: for tree_verify() */
};

enum tree_change { TREE_CREATED, TREE_CHANGED, TREE_REMOVED, TREE_KEPT };

struct tree_entry {
    struct str path;
    enum tree_change change;
    uint64_t bytes;
};

struct tree_result {
    const struct tree_entry *entries; /* sorted by path */
    size_t entry_count;
    size_t counts[TREE_KEPT + 1]; /* by enum tree_change */
};

struct tree;

/*
 * Opens the output folder and holds it against other runs. Whatever comes of
 * it, tree_write() or tree_verify() must follow when the status is STATUS_OK,
 * and nothing when it is not.
 *
 * Nothing is flushed to the medium: a killed run is repaired by the next one,
 * a lost power line by the same program, built again with `force`.
 */
struct status tree_open(struct arena *arena, struct sink *sink,
                        const struct source_map *map,
                        const struct tree_options *options,
                        struct tree **opened);
/* A document that is whole, of these, in their lane and their memory. False
 * when its content must stay as it is. */
bool tree_take(struct tree *tree, const struct documents *documents,
               struct document *document);
/* The same of a document that is not: what its content has so far. Is it no
 * longer needed? */
bool tree_take_piece(struct tree *tree, const struct documents *documents,
                     struct document *document);
/*
 * With all of them taken. Two documents with one path, a path that leads out, a
 * foreign file, an edited file: each is reported (N11, N20, O03, O01), nothing
 * is written, and the status is STATUS_REFUSED, whose message counts them. What
 * the machine refuses is one of the other kinds, reports nothing, and leaves
 * the folder as it was. `result` is filled when the status is STATUS_OK.
 */
struct status tree_write(struct tree *tree, const struct documents *documents,
                         struct tree_result *result);
/*
 * The same of a tree that only looks: what a write would make, change or remove
 * is reported as O01 (missing, stale, edited), O02 (no longer made) and O03
 * (not ours). The status says whether the folder could be read.
 */
struct status tree_verify(struct tree *tree, const struct documents *documents,
                          struct tree_result *result);

#endif
