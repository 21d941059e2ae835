/*
 * A type that has a form of its own, written as bytes all the same (RFC 3597
 * 5): back to its fields.
 */
#include "foreign/zone_reader.h"

#include "ir/domain.h"

#include "base/buf.h"
#include "ir/address.h"
#include "ir/field.h"

struct bytes {
    struct str digits; /* two a byte */
    size_t at;         /* in bytes */
};

static bool decode_field(struct zone_reader *reader, enum field_kind kind,
                         struct bytes *bytes, struct value *value);
static size_t left(const struct bytes *bytes);
static bool take_number(struct bytes *bytes, size_t count, int64_t *number);
static bool take_text(struct bytes *bytes, size_t count, struct buf *out);
static bool decode_address(struct bytes *bytes, bool is_ipv6, struct buf *out);
static bool decode_name(struct bytes *bytes, struct buf *out);
static bool decode_string(struct bytes *bytes, struct buf *out);
static bool decode_strings(struct zone_reader *reader, struct bytes *bytes,
                           struct buf *out, struct value *value);
static int64_t digit_of(char byte);

bool
decode_zone_fields(struct zone_reader *reader, struct record *record,
                   struct str digits, struct span span)
{
    const struct record_form *form = record_form(record->type);
    struct bytes bytes = {.digits = digits};
    size_t count = record_field_count(record->type);
    bool is_right = true;
    for (size_t i = 0; i < count && is_right; i++) {
        struct value *value = arena_new(reader->arena, sizeof *value);
        *value =
            (struct value){.kind = VALUE_TEXT, .type = TYPE_TEXT, .span = span};
        record->fields[i] = value;
        is_right = decode_field(reader, form->fields[i], &bytes, value);
    }
    if (is_right && left(&bytes) == 0)
        return true;
    struct diag *diag =
        diag_add(reader->sink, DIAG_D40, span,
                 STRS(arena_format(reader->arena, "the bytes of {}",
                                   STRS(str_from(form->wants))),
                      STR("other ones")));
    diag_help(diag, "write {} records in words", STRS(str_from(form->name)));
    return false;
}

static bool
decode_field(struct zone_reader *reader, enum field_kind kind,
             struct bytes *bytes, struct value *value)
{
    struct buf out;
    bool is_right = false;
    buf_init(&out, reader->arena);
    switch (kind) {
    case FIELD_IPV4:
    case FIELD_IPV6:
        is_right = decode_address(bytes, kind == FIELD_IPV6, &out);
        break;
    case FIELD_HOST:
        is_right = decode_name(bytes, &out);
        break;
    case FIELD_NUMBER8:
    case FIELD_NUMBER16:
        value->kind = VALUE_NUMBER;
        value->type = TYPE_COUNT;
        return take_number(bytes, kind == FIELD_NUMBER8 ? 1 : 2,
                           &value->number);
    case FIELD_TAG:
        return decode_string(bytes, &out) &&
               field_read(reader->arena, kind, buf_str(&out), value);
    case FIELD_STRING:
        is_right = decode_string(bytes, &out);
        break;
    case FIELD_STRINGS:
        is_right = decode_strings(reader, bytes, &out, value);
        break;
    case FIELD_LONG:
        is_right = take_text(bytes, left(bytes), &out);
        break;
    case FIELD_HEX:
        buf_add(&out,
                str_slice(bytes->digits, bytes->at * 2, bytes->digits.len));
        bytes->at = bytes->digits.len / 2;
        is_right = out.len > 0;
        break;
    case FIELD_PARAMETERS:
    case FIELD_LOCATION:
    case FIELD_BYTES:
    case FIELD_NONE:
        break;
    }
    value->text = buf_str(&out);
    return is_right;
}

static size_t
left(const struct bytes *bytes)
{
    return bytes->digits.len / 2 - bytes->at;
}

static bool
take_number(struct bytes *bytes, size_t count, int64_t *number)
{
    if (left(bytes) < count)
        return false;
    *number = 0;
    for (size_t i = 0; i < count * 2; i++)
        *number = *number * 16 + digit_of(bytes->digits.at[bytes->at * 2 + i]);
    bytes->at += count;
    return true;
}

static bool
take_text(struct bytes *bytes, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        int64_t byte;
        if (!take_number(bytes, 1, &byte))
            return false;
        buf_byte(out, (char)byte);
    }
    return true;
}

static bool
decode_address(struct bytes *bytes, bool is_ipv6, struct buf *out)
{
    struct address address = {.is_ipv6 = is_ipv6};
    for (size_t i = 0; i < (is_ipv6 ? IPV6_BYTES : IPV4_BYTES); i++) {
        int64_t byte;
        if (!take_number(bytes, 1, &byte))
            return false;
        address.bytes[i] = (unsigned char)byte;
    }
    address_write(out, &address);
    return true;
}

/* RFC 1035 3.1, and never compressed (RFC 3597 4). */
static bool
decode_name(struct bytes *bytes, struct buf *out)
{
    int64_t len;
    while (take_number(bytes, 1, &len)) {
        struct buf label;
        if (len == 0)
            return out->len <= 255;
        if (len > 63)
            return false;
        buf_init(&label, out->arena);
        if (!take_text(bytes, (size_t)len, &label))
            return false;
        add_label(out, buf_str(&label));
    }
    return false;
}

/* RFC 1035 3.3 */
static bool
decode_string(struct bytes *bytes, struct buf *out)
{
    int64_t len;
    return take_number(bytes, 1, &len) && take_text(bytes, (size_t)len, out);
}

static bool
decode_strings(struct zone_reader *reader, struct bytes *bytes, struct buf *out,
               struct value *value)
{
    struct vec items;
    vec_init(&items, reader->arena, sizeof(struct value));
    do {
        struct value *item = vec_add(&items);
        size_t start = out->len;
        if (!decode_string(bytes, out))
            return false;
        *item = *value;
        item->text =
            arena_copy(reader->arena, str_slice(buf_str(out), start, out->len));
    } while (left(bytes) > 0);
    keep_zone_strings(value, items.items, items.count);
    return true;
}

static int64_t
digit_of(char byte)
{
    return is_ascii_digit(byte) ? byte - '0' : byte - 'a' + 10;
}
