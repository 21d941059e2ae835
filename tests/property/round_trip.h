/*
 * Where a word stands, and the program that has it there.
 */
#ifndef PROPERTY_ROUND_TRIP_H
#define PROPERTY_ROUND_TRIP_H

#include "base/buf.h"
#include "schema/schema.h"

enum { POSITION_DEPTH_MAX = 8 };

/* An argument of a word, and the words around it, the outermost first. */
struct position {
    const struct word *word;
    unsigned argument;
    const struct word *around[POSITION_DEPTH_MAX];
    size_t depth;
};

/* False when nothing leads to the word. */
bool position_find(const struct word *word, unsigned argument,
                   struct position *position);
/* A program that has the text there. */
struct str position_program(struct arena *arena,
                            const struct position *position, struct str text);

#endif
