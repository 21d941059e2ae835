/*
 * Where each cell of a program's lines begins.
 */
#ifndef FORMAT_ALIGN_H
#define FORMAT_ALIGN_H

#include "format/lines.h"

/* Fills `column` of the cells of lines that is_aligned(), and pads sizes of
 * one unit so that their ends meet. */
void align_cells(struct arena *arena, const struct vec *lines);
/* A statement on one line: comments, braces and long texts are not. */
bool is_aligned(const struct line *line);

#endif
