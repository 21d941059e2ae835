/*
 * Patterns of users, through PCRE2. Matching is bounded, so
 * that no pattern can hang the compiler.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include "base/arena.h"

/* False when it is no pattern; `fault` then says why, and after which byte. */
bool pattern_check(struct arena *arena, struct str pattern, struct str *fault);
/* Does the whole text match? False also when it is no pattern, the text is
 * not UTF-8, or the match passes LIMIT_PATTERN_STEPS. */
bool pattern_matches(struct arena *arena, struct str pattern, struct str text);
/* Does a part of the text match? True also when that cannot be known. */
bool pattern_may_match(struct arena *arena, struct str pattern,
                       struct str text);

#endif
