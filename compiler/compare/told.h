/*
 * What the three forms of a differences share. Private to them.
 */
#ifndef COMPARE_TOLD_H
#define COMPARE_TOLD_H

#include "compare/compare.h"

const struct change *change_at(const struct differences *differences,
                               size_t index);
const struct file_change *file_change_at(const struct differences *differences,
                                         size_t index);
/* Does it stand under another heading than the one before? */
bool begins_group(const struct differences *differences, size_t index);
/* `production`, `every environment`, `the project`, `in no file`. */
struct str group_title(const struct change *change);
/* Its object; with its environment where no heading tells that. */
struct str change_object(struct arena *arena, const struct change *change);
/* `3 changes: 1 downtime, 2 restart; 4 files: 1 added, 3 changed`. */
void write_counts(struct buf *buf, const struct differences *differences);

#endif
