/*
 * The hash of content, for the lock and for names that follow what they hold:
 * XXH3-128, printed as 32 hex digits in the canonical (big endian) order, as
 * `xxh128sum` prints it.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/buf.h"

enum { HASH_DIGITS = 32 };

struct hash {
    uint64_t high;
    uint64_t low;
};

struct hashing;

struct hash hash_text(struct str text);
/* The same of a text that comes in pieces. */
struct hashing *hashing_new(struct arena *arena);
void hashing_add(struct hashing *hashing, struct str piece);
struct hash hashing_end(const struct hashing *hashing);
/* Of an open file, from where it stands to its end; 0 or an errno. */
int hash_file(int file, struct hash *hash);
bool is_hash_equal(struct hash a, struct hash b);
void hash_print(struct buf *buf, struct hash hash);
/* Small hex digits only; false for anything else. */
bool hash_parse(struct str text, struct hash *hash);

#endif
