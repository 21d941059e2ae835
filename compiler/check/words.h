/*
 * Whole words inside of names and values: RATE_LIMIT in ENABLE_RATE_LIMIT,
 * `test` in sendgrid-test. Capitals do not count, and a `_` of the word stands
 * for any one byte that is no letter and no digit.
 */
#ifndef CHECK_WORDS_H
#define CHECK_WORDS_H

#include "base/str.h"

bool has_word(struct str text, const char *word);
bool ends_with_word(struct str text, const char *word);

/* The first of a table's words, which ends with NULL, that stands in `text`
 * or at its end; NULL when none does. */
const char *word_find(struct str text, const char *const *words);
const char *last_word_find(struct str text, const char *const *words);

#endif
