/*
 * JSON writes a character above U+FFFF as two escapes, "\ud83d\ude00", which
 * are none in YAML: libyaml refuses them. kubectl takes a text that begins
 * with a brace for JSON, and so do we.
 */
#ifndef FOREIGN_SURROGATES_H
#define FOREIGN_SURROGATES_H

#include "base/vec.h"

/* The text with each such pair joined to the character that it means; the
 * text itself when there is none. `joined` gets the place of each in the
 * result, as size_t: of 12 bytes 4 are left. */
struct str surrogates_join(struct arena *arena, struct str text,
                           struct vec *joined);
/* Where byte `at` of the result stood in the text. */
size_t surrogates_place(const struct vec *joined, size_t at);

#endif
