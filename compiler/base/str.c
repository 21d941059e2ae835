/*
 * Text as a pointer and a length: comparing, cutting, numbers. What allocates
 * is in arena.c and buf.c.
 */
#include "base/str.h"

static bool is_ascii_space(char byte);

bool
is_str_equal_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
            return false;
    return true;
}

int
str_compare(struct str a, struct str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared > 0 ? memcmp(a.at, b.at, shared) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

struct str
str_trim(struct str text)
{
    size_t start = 0;
    size_t end = text.len;
    while (start < end && is_ascii_space(text.at[start]))
        start++;
    while (end > start && is_ascii_space(text.at[end - 1]))
        end--;
    return str_slice(text, start, end);
}

struct str
str_cut(struct str *rest, char separator)
{
    size_t end = str_index(*rest, separator, 0);
    struct str part = str_slice(*rest, 0, end);
    size_t next = end < rest->len ? end + 1 : end;
    *rest = str_slice(*rest, next, rest->len);
    return part;
}

bool
str_to_number(struct str text, int64_t *number)
{
    int64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_digit(text.at[i]))
            return false;
        int64_t digit = text.at[i] - '0';
        if (value > (INT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (text.len == 0)
        return false;
    *number = value;
    return true;
}

bool
str_contains(struct str text, struct str part)
{
    for (size_t at = 0; at + part.len <= text.len; at++) {
        if (has_prefix(str_slice(text, at, text.len), part))
            return true;
    }
    return false;
}

static bool
is_ascii_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}
