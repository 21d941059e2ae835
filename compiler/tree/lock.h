/*
 * broxc.lock: what broxc owns below the output folder. Plain lines, sorted by
 * path, the same bytes for the same program, so that a review can read its
 * diff:
 *
 *     broxc lock 1
 *     compiler 0.1.0
 *     program envs.brx
 *
 *     HASH owned infrastructure/dns/broxiva.com.zone envs.brx:140-150 dns.brx:3
 *     HASH once  "a path.yaml" envs.brx:12
 *     end
 *
 * Hash, kind, path, and the lines it was made from, relative to the program's
 * folder. A word with blanks, quotes or bytes outside of ASCII stands in
 * quotes, with `\"`, `\\` and `\xHH`.
 */
#ifndef TREE_LOCK_H
#define TREE_LOCK_H

#include "base/hash.h"
#include "emit/document.h"

enum { LOCK_ORIGINS_MAX = 16 }; /* ranges of lines kept for one file */

struct lock_entry {
    struct str path;
    struct hash hash;
    enum document_kind kind;
    struct str origins; /* as they are printed; may be empty */
};

struct lock {
    const struct lock_entry *entries; /* sorted by path, each once */
    size_t entry_count;
};

struct lock_head {
    struct str compiler; /* version */
    struct str program;  /* path; its last part is printed */
};

/* About as many bytes as it has when it is printed. */
size_t lock_size(const struct lock *lock);
void lock_print(struct buf *buf, const struct lock_head *head,
                const struct lock *lock);
/* Trusts nothing: false when a line is not as lock_print makes it, a path is
 * unsafe or listed twice, the end is missing or the format is another one;
 * then `fault` says which line and why. Lines may stand in any order, as
 * after a merge. `lock` points into `text` and the arena. */
bool lock_parse(struct arena *arena, struct str text, struct lock *lock,
                struct str *fault);
/* The origins of a document as the lock shows them: sorted, ranges that touch
 * merged. `program` is the path of the program. */
struct str lock_origins(struct arena *arena, const struct source_map *map,
                        const struct document *document, struct str program);
/* The entry of `path`, or NULL. */
const struct lock_entry *lock_find(const struct lock *lock, struct str path);

#endif
