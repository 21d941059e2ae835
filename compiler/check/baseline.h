/*
 * The faults that a program had when broxc was taken up: a file of them, one a
 * line, so that only what is new is reported.
 *
 *     R05 5a62dc89f900ee890ca7b5e454bc4673:1 envs.brx the memory limit …
 */
#ifndef CHECK_BASELINE_H
#define CHECK_BASELINE_H

#include "check/check.h"

/* The first line that is neither an entry nor a comment, from 1; 0 when the
 * text is sound. */
size_t baseline_bad_line(struct str text);
/* Takes out what `check->baseline` lists, structural faults excepted. */
void check_baseline(struct check *check);
/* Every message that a baseline may hold, of a settled sink. */
void write_baseline(struct buf *buf, const struct source_map *map,
                    const struct sink *sink);

#endif
