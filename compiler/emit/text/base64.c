#include "emit/text/base64.h"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static uint32_t
byte_at(struct str bytes, size_t index)
{
    return index < bytes.len ? (unsigned char)bytes.at[index] : 0;
}

struct str
base64_text(struct arena *arena, struct str bytes)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t three = byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 |
                         byte_at(bytes, i + 2);
        size_t left = bytes.len - i;
        buf_byte(&buf, digits[three >> 18 & 63]);
        buf_byte(&buf, digits[three >> 12 & 63]);
        buf_byte(&buf, left > 1 ? digits[three >> 6 & 63] : '=');
        buf_byte(&buf, left > 2 ? digits[three & 63] : '=');
    }
    return buf_str(&buf);
}
