/*
 * Patterns of the config contract, through PCRE2. Matching is bounded, so
 * that no pattern can hang the compiler.
 */
#ifndef RESOLVE_PATTERN_H
#define RESOLVE_PATTERN_H

#include "base/arena.h"

/* False when it is no pattern; `fault` then says why. */
bool pattern_check(struct arena *arena, struct str pattern, struct str *fault);
/* Does the whole text match? False also when it is no pattern or the match
 * passes its bound. */
bool pattern_matches(struct arena *arena, struct str pattern, struct str text);

#endif
