/*
 * What is said and drawn of a program, as a terminal, a log of jobs and a page
 * read it.
 */
#ifndef PROPERTY_ROUND_TRIP_SAID_H
#define PROPERTY_ROUND_TRIP_SAID_H

#include "round_trip_made.h"

#include "base/vec.h"

/* Empty when the messages hold nothing that a terminal obeys, each line of
 * those for GitHub is a command of ours, and JSON and SARIF can be read. */
struct str fault_of_messages(struct arena *arena, struct brx *brx);

/* Every picture of a program, as documents whose paths end in the form. */
void add_pictures(struct arena *arena, struct brx *brx, struct vec *documents);
/* Empty when a picture, a page or a list of owners has the form of `good`:
 * what differs stands inside of quotes, or is escaped. */
struct str compare_forms(struct arena *arena, const struct document *good,
                         const struct document *bad);

#endif
