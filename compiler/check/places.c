/*
 * Places of notes.
 */
#include "check/places.h"

struct span
place_apart(struct span place, struct span shown, struct span instead)
{
    bool is_shown = place.start == shown.start && place.end == shown.end;
    return is_shown ? instead : place;
}
