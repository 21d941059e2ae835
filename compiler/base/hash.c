#include "base/hash.h"

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { CHUNK_BYTES = 64 * 1024 };

struct hashing {
    XXH3_state_t state;
};

static struct hash hash_from(XXH128_hash_t hash);
static void print_half(struct buf *buf, uint64_t half);
static bool parse_half(struct str text, uint64_t *half);

struct hash
hash_text(struct str text)
{
    return hash_from(XXH3_128bits(text.at, text.len));
}

/* xxHash wants more than an arena's alignment, and without it is as right, but
 * slower: room for both. */
struct hashing *
hashing_new(struct arena *arena)
{
    const size_t alignment = _Alignof(struct hashing);
    char *at = arena_new(arena, sizeof(struct hashing) + alignment);
    at += (alignment - (uintptr_t)at % alignment) % alignment;
    struct hashing *hashing = (void *)at;
    XXH3_INITSTATE(&hashing->state);
    XXH3_128bits_reset(&hashing->state);
    return hashing;
}

void
hashing_add(struct hashing *hashing, struct str piece)
{
    XXH3_128bits_update(&hashing->state, piece.at, piece.len);
}

struct hash
hashing_end(const struct hashing *hashing)
{
    return hash_from(XXH3_128bits_digest(&hashing->state));
}

int
hash_file(int file, struct hash *hash)
{
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_128bits_reset(&state);
    char chunk[CHUNK_BYTES];
    ssize_t count;
    do {
        count = read(file, chunk, sizeof chunk);
        if (count > 0)
            XXH3_128bits_update(&state, chunk, (size_t)count);
    } while (count > 0 || (count < 0 && errno == EINTR));
    *hash = hash_from(XXH3_128bits_digest(&state));
    return count < 0 ? errno : 0;
}

bool
is_hash_equal(struct hash a, struct hash b)
{
    return a.high == b.high && a.low == b.low;
}

void
hash_print(struct buf *buf, struct hash hash)
{
    print_half(buf, hash.high);
    print_half(buf, hash.low);
}

bool
hash_parse(struct str text, struct hash *hash)
{
    return text.len == HASH_DIGITS &&
           parse_half(str_slice(text, 0, HASH_DIGITS / 2), &hash->high) &&
           parse_half(str_slice(text, HASH_DIGITS / 2, HASH_DIGITS),
                      &hash->low);
}

static struct hash
hash_from(XXH128_hash_t hash)
{
    return (struct hash){.high = hash.high64, .low = hash.low64};
}

static void
print_half(struct buf *buf, uint64_t half)
{
    char digits[HASH_DIGITS / 2];
    for (size_t i = sizeof digits; i-- > 0; half >>= 4)
        digits[i] = "0123456789abcdef"[half & 0xf];
    buf_add(buf, (struct str){digits, sizeof digits});
}

static bool
parse_half(struct str text, uint64_t *half)
{
    *half = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = hex_digit(text.at[i]);
        if (digit < 0 || text.at[i] != ascii_lower(text.at[i]))
            return false;
        *half = *half << 4 | (unsigned)digit;
    }
    return true;
}
