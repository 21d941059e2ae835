/* RFC 8259, section 7: how JSON escapes what lies beyond the basic plane. */
#include "foreign/surrogates.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { ESCAPE_LEN = 6, PAIR_LEN = 2 * ESCAPE_LEN, JOINED_LEN = 4 };

/* The unit of UTF-16 that stands escaped at `at`; 0 when none does. */
static uint32_t
unit_at(struct str text, size_t at)
{
    if (at + ESCAPE_LEN > text.len || text.at[at] != '\\' ||
        text.at[at + 1] != 'u')
        return 0;
    uint32_t unit = 0;
    for (size_t i = at + 2; i < at + ESCAPE_LEN; i++) {
        int digit = hex_digit(text.at[i]);
        if (digit < 0)
            return 0;
        unit = unit * 16 + (uint32_t)digit;
    }
    return unit;
}

/* 0 when no pair stands there. */
static uint32_t
pair_at(struct str text, size_t at)
{
    uint32_t high = unit_at(text, at);
    uint32_t low = unit_at(text, at + ESCAPE_LEN);
    if (high < 0xd800 || high > 0xdbff || low < 0xdc00 || low > 0xdfff)
        return 0;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

static bool
is_json(struct str text)
{
    return has_prefix(str_trim(text), STR("{"));
}

struct str
surrogates_join(struct arena *arena, struct str text, struct vec *joined)
{
    size_t copied = 0;
    struct buf result;
    buf_init(&result, arena);
    size_t end = is_json(text) ? text.len : 0;
    for (size_t at = str_index(text, '\\', 0); at < end;
         at = str_index(text, '\\', at)) {
        uint32_t character = pair_at(text, at);
        if (character == 0) {
            at += 2;
            continue;
        }
        buf_add(&result, str_slice(text, copied, at));
        *(size_t *)vec_add(joined) = buf_str(&result).len;
        utf8_add(&result, character);
        at += PAIR_LEN;
        copied = at;
    }
    if (joined->count == 0)
        return text;
    buf_add(&result, str_slice(text, copied, text.len));
    return buf_str(&result);
}

size_t
surrogates_place(const struct vec *joined, size_t at)
{
    const size_t *places = joined->items;
    size_t low = 0;
    size_t high = joined->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return at + low * (PAIR_LEN - JOINED_LEN);
}
