/*
 * What is told of a program that holds a hostile text: what changes from
 * another to it, which files follow from it, where its lines go.
 */
#ifndef PROPERTY_ROUND_TRIP_TOLD_H
#define PROPERTY_ROUND_TRIP_TOLD_H

#include "round_trip_made.h"

/* Both programs have no errors. To be compared by compare_made(). */
struct made tell_program(struct arena *arena, struct str before,
                         struct str program);

#endif
