/*
 * Texts that writers stumble over: a table of known traps, and as many made up
 * ones as a test wants, always the same.
 */
#ifndef SUPPORT_NASTY_H
#define SUPPORT_NASTY_H

#include "base/buf.h"

struct nasty {
    struct arena *arena;
    uint64_t state;
};

void nasty_init(struct nasty *nasty, struct arena *arena);
/* One from the table, or a mixture; always UTF-8. */
struct str nasty_text(struct nasty *nasty);
/* Any bytes but NUL. */
struct str nasty_bytes(struct nasty *nasty, size_t len_max);
/* Below `bound`. */
uint32_t nasty_number(struct nasty *nasty, uint32_t bound);

/* Texts without quotes that some reader of YAML takes for something else. */
extern const struct strs NASTY_TYPED;

#endif
