/*
 * What must be done by people, which two chapters list.
 */
#ifndef EMIT_GUIDES_READY_H
#define EMIT_GUIDES_READY_H

#include "emit/guides/guide.h"

/* The values that the program does not know yet, a box each. */
bool has_open_holes(const struct ir *ir);
void write_open_holes(struct guide *guide);

#endif
