/*
 * Names and texts of a zone file.
 */
#include "emit/text/zone.h"

#include "base/trace.h"
#include "ir/address.h"
#include "ir/domain.h"
#include "ir/field.h"

#include <assert.h>

static void add_address(struct buf *buf, struct str text);
static void add_strings(struct buf *buf, const struct value *value);
static void add_hex(struct buf *buf, struct str digits);
static void add_bytes(struct buf *buf, struct str digits);
static void add_parameters(struct buf *buf, const struct value *list);
static void add_character_string(struct buf *buf, struct str text);
static void add_name_byte(struct buf *buf, char byte);
static void add_decimal(struct buf *buf, char byte);

void
zone_string(struct buf *buf, struct str text)
{
    size_t start = 0;
    do {
        size_t end = start + CHARACTER_STRING_MAX;
        if (start > 0) {
            buf_byte(buf, ' ');
        }
        if (end > text.len) {
            end = text.len;
        }
        add_character_string(buf, str_slice(text, start, end));
        start = end;
    } while (start < text.len);
}

void
zone_name(struct buf *buf, struct str name)
{
    trace_mark(buf, name);
    if (has_suffix(name, STR("."))) {
        name = str_slice(name, 0, name.len - 1);
    }
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '.') {
            buf_byte(buf, '.');
        } else if (is_name_escape(name, i)) {
            buf_add(buf, str_slice(name, i, i + 4));
            i += 3;
        } else {
            add_name_byte(buf, name.at[i]);
        }
    }
    buf_byte(buf, '.');
}

void
zone_field(struct buf *buf, enum field_kind kind, const struct value *value)
{
    trace_mark(buf, value->text);
    switch (kind) {
    case FIELD_IPV4:
    case FIELD_IPV6:
        add_address(buf, value->text);
        break;
    case FIELD_TAG:
    case FIELD_LOCATION:
        buf_add(buf, value->text);
        break;
    case FIELD_HOST:
        zone_name(buf, value->text);
        break;
    case FIELD_NUMBER8:
    case FIELD_NUMBER16:
        buf_number(buf, value->number);
        break;
    case FIELD_STRING:
    case FIELD_LONG:
        add_character_string(buf, value->text);
        break;
    case FIELD_STRINGS:
        add_strings(buf, value);
        break;
    case FIELD_HEX:
        add_hex(buf, value->text);
        break;
    case FIELD_PARAMETERS:
        add_parameters(buf, value);
        break;
    case FIELD_BYTES:
        add_bytes(buf, value->text);
        break;
    case FIELD_NONE:
        break;
    }
}

void
zone_mailbox(struct buf *buf, struct str address)
{
    size_t at_sign = 0;
    for (size_t i = 0; i < address.len; i++) {
        at_sign = address.at[i] == '@' ? i : at_sign;
    }
    for (size_t i = 0; i < at_sign; i++) {
        if (address.at[i] == '.') {
            buf_add(buf, STR("\\."));
        } else {
            add_name_byte(buf, address.at[i]);
        }
    }
    if (at_sign > 0) {
        address = str_slice(address, at_sign + 1, address.len);
        buf_repeat(buf, '.', address.len > 0);
    }
    zone_name(buf, address);
}

static void
add_address(struct buf *buf, struct str text)
{
    struct address address;
    bool is_read = address_read(text, &address);
    assert(is_read);
    (void)is_read;
    address_write(buf, &address);
}

/* Its strings as they are, when they are not what a split would give. */
static void
add_strings(struct buf *buf, const struct value *value)
{
    if (value->item_count == 0)
        zone_string(buf, value->text);
    for (size_t i = 0; i < value->item_count; i++) {
        if (i > 0)
            buf_byte(buf, ' ');
        add_character_string(buf, value->items[i].text);
    }
}

static void
add_hex(struct buf *buf, struct str digits)
{
    for (size_t i = 0; i < digits.len; i++) {
        char byte = digits.at[i];
        bool is_letter = byte >= 'a' && byte <= 'f';
        buf_byte(buf, is_letter ? (char)(byte - 'a' + 'A') : byte);
    }
}

/* RFC 3597 5 */
static void
add_bytes(struct buf *buf, struct str digits)
{
    buf_add(buf, STR("\\# "));
    buf_number(buf, (int64_t)(digits.len / 2));
    if (digits.len > 0)
        buf_byte(buf, ' ');
    add_hex(buf, digits);
}

/* RFC 9460 2.1: KEY, or KEY="VALUE". */
static void
add_parameters(struct buf *buf, const struct value *list)
{
    for (size_t i = 0; i < list->item_count; i++) {
        struct str rest = list->items[i].text;
        bool has_value = has_byte(rest, '=');
        if (i > 0)
            buf_byte(buf, ' ');
        buf_add(buf, str_cut(&rest, '='));
        if (!has_value)
            continue;
        buf_byte(buf, '=');
        add_character_string(buf, rest);
    }
}

static void
add_character_string(struct buf *buf, struct str text)
{
    buf_byte(buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '"' || byte == '\\') {
            buf_byte(buf, '\\');
            buf_byte(buf, byte);
        } else if (byte < ' ' || byte > '~') {
            add_decimal(buf, byte);
        } else {
            buf_byte(buf, byte);
        }
    }
    buf_byte(buf, '"');
}

static void
add_name_byte(struct buf *buf, char byte)
{
    if (is_ascii_alnum(byte) || byte == '-' || byte == '_' || byte == '*') {
        buf_byte(buf, ascii_lower(byte));
    } else {
        add_decimal(buf, byte);
    }
}

static void
add_decimal(struct buf *buf, char byte)
{
    unsigned number = (unsigned char)byte;
    buf_byte(buf, '\\');
    buf_byte(buf, (char)('0' + number / 100));
    buf_byte(buf, (char)('0' + number / 10 % 10));
    buf_byte(buf, (char)('0' + number % 10));
}
