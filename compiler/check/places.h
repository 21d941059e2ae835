/*
 * Where a note points when two facts came from one line: a profile, a default
 * or an environment that another one is like.
 */
#ifndef CHECK_PLACES_H
#define CHECK_PLACES_H

#include "check/check.h"

/* `place`, or `instead` when `place` is what the message already shows. */
struct span place_apart(struct span place, struct span shown,
                        struct span instead);

#endif
