/*
 * Values inside of what others wrote. Each function takes NULL, and what is of
 * another kind, for nothing: that is foreign/'s business, and said already.
 */
#ifndef CHECK_RAW_VALUES_H
#define CHECK_RAW_VALUES_H

#include "ir/raw.h"

bool is_raw_true(const struct raw *raw);
bool is_raw_false(const struct raw *raw);
bool is_raw_text(const struct raw *raw, const char *text);
/* A whole number that is not negative; false when it is none. */
bool raw_to_number(const struct raw *raw, int64_t *number);
/* How many items a list has; 0 when it is no list. */
size_t raw_item_count(const struct raw *raw);
size_t raw_key_count(const struct raw *raw);
/* The list's item that is this text, or NULL. */
const struct raw *raw_item_find(const struct raw *list, const char *text);
/* Along keys with dots between, `spec.template`; the whole for "". */
const struct raw *raw_at(const struct raw *raw, const char *path);

/* A count, or a share of `total` in percent (`25%`), rounded up or down; -1
 * when it is neither. */
int64_t raw_share(const struct raw *raw, int64_t total, bool rounds_up);
/* `64Mi` as bytes, `50m` as millicores, also where they are plain numbers; -1
 * when they cannot be read. */
int64_t raw_memory_bytes(const struct raw *raw);
int64_t raw_cpu_millicores(const struct raw *raw);

#endif
