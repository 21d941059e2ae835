/*
 * Numbers, quantities and ranges as people write them into a table.
 */
#ifndef CHECK_DOCUMENT_FORMS_H
#define CHECK_DOCUMENT_FORMS_H

#include "base/arena.h"

struct written_range {
    struct str low;
    struct str high; /* empty: one value alone */
};

/* Without blanks, in small letters when asked so. */
struct str form_tight(struct arena *arena, struct str text, bool is_small);
/* `a..b`, `a-b`, `a–b`, `a/b`, `ato b`; of a tight text. */
struct written_range form_range(struct str text);
/* Cuts decimal digits off; false when there are none, or too many. */
bool form_number(struct str *text, int64_t *number);
/* Cuts the word off when the text begins with it. */
bool form_skip(struct str *text, struct str word);

#endif
