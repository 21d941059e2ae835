/*
 * Values as somebody says them: `1Gi`, `3..10`, `[a b]`, `< 1%`, `?NAME`.
 */
#ifndef COMPARE_TEXT_H
#define COMPARE_TEXT_H

#include "base/buf.h"
#include "ir/value.h"

/* Empty when NULL. */
struct str value_text(struct arena *arena, const struct value *value);
/* One after another, with blanks between. */
struct str values_text(struct arena *arena, const struct value *const *values,
                       size_t count);
/* A text of several lines, or one that is long, in few words. */
struct str short_text(struct arena *arena, struct str text);

#endif
