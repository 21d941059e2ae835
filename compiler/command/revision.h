/*
 * Files as they are in a revision of git: read through `git cat-file`, so that
 * neither the work tree nor the index is touched.
 */
#ifndef COMMAND_REVISION_H
#define COMMAND_REVISION_H

#include "command/options.h"

enum { REVISION_ID_MAX = 64 }; /* hex digits of SHA-256 */

struct revision {
    char id[REVISION_ID_MAX + 1];  /* of a commit */
    const struct options *options; /* their `--given` files are on the disk */
};

/* Of a name such as `main`, `HEAD~2` or a tag; `len` bytes of it. False when
 * there is none, or no git. */
bool revision_find(struct revision *revision, const char *name, size_t len);
/* Where two branches part: what `A...B` of git begins with. */
bool revision_find_base(struct revision *revision, const struct revision *a,
                        const struct revision *b);

/* For brx_options, with a struct revision as the context. */
brx_read revision_read;
brx_list revision_list;

#endif
