/*
 * Names and texts of a zone file.
 */
#include "emit/text/zone.h"

enum { CHARACTER_STRING_MAX = 255 };

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
    if (has_suffix(name, STR("."))) {
        name = str_slice(name, 0, name.len - 1);
    }
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '.') {
            buf_byte(buf, '.');
        } else {
            add_name_byte(buf, name.at[i]);
        }
    }
    buf_byte(buf, '.');
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
        buf_byte(buf, '.');
        address = str_slice(address, at_sign + 1, address.len);
    }
    zone_name(buf, address);
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
