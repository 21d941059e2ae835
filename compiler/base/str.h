/*
 * Text as a pointer and a length. A str owns nothing: it points into a source
 * file, an arena or a literal, is not NUL-terminated and may contain NUL.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *at;
    size_t len;
};

/* Several texts by value, for the `{}` of a format. */
struct strs {
    const struct str *at;
    size_t count;
};

/* Macros because a literal's length is only known to the preprocessor's user.
 * STR_INIT serves static tables, STR everything else. */
#define STR_INIT(literal)                                                      \
    {                                                                          \
        "" literal, sizeof(literal) - 1                                        \
    }
#define STR(literal) ((struct str)STR_INIT(literal))
#define STRS(...)                                                              \
    ((struct strs){(const struct str[]){__VA_ARGS__},                          \
                   sizeof((const struct str[]){__VA_ARGS__}) /                 \
                       sizeof(struct str)})
#define NO_STRS ((struct strs){NULL, 0})

bool is_str_equal_nocase(struct str a, struct str b); /* ASCII letters only */
/* Byte order, as memcmp, the shorter first. For qsort-like sorting. */
int str_compare(struct str a, struct str b);
/* Does the part stand anywhere in the text? An empty one does. */
bool str_contains(struct str text, struct str part);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str text);
/* Cuts the part before `separator` off `*rest` and gives it; the separator is
 * dropped. Without a separator gives all and leaves `*rest` empty. */
struct str str_cut(struct str *rest, char separator);
/* Decimal digits only, no sign. False when empty, not digits, or over
 * INT64_MAX. */
bool str_to_number(struct str text, int64_t *number);

/* From a NUL-terminated text that we wrote ourselves (tables, argv). */
static inline struct str
str_from(const char *text)
{
    return (struct str){text, strlen(text)};
}

static inline bool
is_str_empty(struct str text)
{
    return text.len == 0;
}

static inline bool
is_str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* The part [start, end) of `text`; asserts that it lies inside. */
static inline struct str
str_slice(struct str text, size_t start, size_t end)
{
    assert(start <= end);
    assert(end <= text.len);
    if (end == start)
        return STR("");
    return (struct str){text.at + start, end - start};
}

static inline bool
has_prefix(struct str text, struct str prefix)
{
    return text.len >= prefix.len &&
           is_str_equal((struct str){text.at, prefix.len}, prefix);
}

static inline bool
has_suffix(struct str text, struct str suffix)
{
    return text.len >= suffix.len &&
           is_str_equal(str_slice(text, text.len - suffix.len, text.len),
                        suffix);
}

/* Index of the first `byte` at or after `from`, or text.len. */
static inline size_t
str_index(struct str text, char byte, size_t from)
{
    if (from >= text.len)
        return text.len;
    const char *hit = memchr(text.at + from, byte, text.len - from);
    return hit ? (size_t)(hit - text.at) : text.len;
}

static inline bool
has_byte(struct str text, char byte)
{
    return str_index(text, byte, 0) < text.len;
}

static inline bool
is_ascii_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool
is_ascii_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static inline bool
is_ascii_alpha(char byte)
{
    return is_ascii_upper(byte) || (byte >= 'a' && byte <= 'z');
}

static inline bool
is_ascii_alnum(char byte)
{
    return is_ascii_alpha(byte) || is_ascii_digit(byte);
}

static inline char
ascii_lower(char byte)
{
    return is_ascii_upper(byte) ? (char)(byte - 'A' + 'a') : byte;
}

/* What a hexadecimal digit of either case is worth; -1 when it is none. */
static inline int
hex_digit(char byte)
{
    char lower = ascii_lower(byte);
    if (is_ascii_digit(byte))
        return byte - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

#endif
