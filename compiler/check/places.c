/*
 * Places of notes.
 */
#include "check/places.h"

struct span
place_apart(struct span place, struct span shown, struct span instead)
{
    return is_span_equal(place, shown) ? instead : place;
}
