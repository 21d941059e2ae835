/*
 * Fields that are one word or one run of digits.
 */
#include "ir/field.h"

#include "ir/address.h"

static bool read_address(struct str text, bool is_ipv6, struct value *value);
static bool read_number(struct str text, int64_t most, struct value *value);
static bool read_tag(struct arena *arena, struct str text, struct value *value);
static bool read_hex(struct arena *arena, struct str text, struct value *value);
static bool take_text(struct str text, struct value *value);

const char *
field_wants(enum field_kind kind)
{
    switch (kind) {
    case FIELD_IPV4:
        return "an IPv4 address";
    case FIELD_IPV6:
        return "an IPv6 address";
    case FIELD_HOST:
        return "a host";
    case FIELD_NUMBER8:
        return "a number from 0 to 255";
    case FIELD_NUMBER16:
        return "a number from 0 to 65535";
    case FIELD_TAG:
        return "a tag of letters and digits";
    case FIELD_STRING:
        return "a text of at most 255 bytes";
    case FIELD_LONG:
    case FIELD_STRINGS:
        return "a text";
    case FIELD_HEX:
        return "bytes, two hexadecimal digits each";
    case FIELD_PARAMETERS:
        return "parameters such as alpn=h2";
    case FIELD_LOCATION:
        return "a place such as 52 31 0 N 13 24 0 E 34m";
    case FIELD_BYTES:
        return "bytes, two hexadecimal digits each";
    case FIELD_NONE:
        break;
    }
    return "nothing";
}

bool
field_read(struct arena *arena, enum field_kind kind, struct str text,
           struct value *value)
{
    switch (kind) {
    case FIELD_IPV4:
    case FIELD_IPV6:
        return read_address(text, kind == FIELD_IPV6, value);
    case FIELD_NUMBER8:
        return read_number(text, UINT8_MAX, value);
    case FIELD_NUMBER16:
        return read_number(text, UINT16_MAX, value);
    case FIELD_TAG:
        return read_tag(arena, text, value);
    case FIELD_STRING:
        return text.len <= CHARACTER_STRING_MAX && take_text(text, value);
    case FIELD_LONG:
    case FIELD_STRINGS:
        return take_text(text, value);
    case FIELD_HEX:
        return read_hex(arena, text, value) && value->text.len > 0;
    case FIELD_BYTES:
        return read_hex(arena, text, value);
    case FIELD_LOCATION:
        return location_read(arena, text, &text) && take_text(text, value);
    case FIELD_HOST:
    case FIELD_PARAMETERS:
    case FIELD_NONE:
        break;
    }
    return false;
}

static bool
read_address(struct str text, bool is_ipv6, struct value *value)
{
    struct address address;
    return address_read(text, &address) && address.is_ipv6 == is_ipv6 &&
           take_text(text, value);
}

static bool
read_number(struct str text, int64_t most, struct value *value)
{
    int64_t number;
    if (!str_to_number(text, &number) || number > most)
        return false;
    value->kind = VALUE_NUMBER;
    value->type = TYPE_COUNT;
    value->number = number;
    return true;
}

/* RFC 8659 4.1.1 */
static bool
read_tag(struct arena *arena, struct str text, struct value *value)
{
    char *small = arena_new(arena, text.len);
    for (size_t i = 0; i < text.len; i++) {
        if (!is_ascii_alnum(text.at[i]))
            return false;
        small[i] = ascii_lower(text.at[i]);
    }
    return text.len > 0 && text.len <= CHARACTER_STRING_MAX &&
           take_text((struct str){small, text.len}, value);
}

/* Blanks may part the bytes anywhere (RFC 4034 5.3). */
static bool
read_hex(struct arena *arena, struct str text, struct value *value)
{
    char *digits = arena_new(arena, text.len);
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ' ')
            continue;
        if (hex_digit(text.at[i]) < 0)
            return false;
        digits[count++] = ascii_lower(text.at[i]);
    }
    return count % 2 == 0 && count / 2 <= UINT16_MAX &&
           take_text((struct str){digits, count}, value);
}

static bool
take_text(struct str text, struct value *value)
{
    value->kind = VALUE_TEXT;
    value->type = TYPE_TEXT;
    value->text = text;
    return true;
}
