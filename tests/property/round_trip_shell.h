/*
 * Two scripts as a shell would cut them into words.
 */
#ifndef PROPERTY_ROUND_TRIP_SHELL_H
#define PROPERTY_ROUND_TRIP_SHELL_H

#include "round_trip_made.h"

/* Empty when both are the same words, but for `mark` in words of `good`, where
 * `bad` has `text`; else what is not. What stands in a comment may differ. */
struct str compare_scripts(struct arena *arena, const struct document *good,
                           const struct document *bad, struct str mark,
                           struct str text);

#endif
