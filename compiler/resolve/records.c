/*
 * Declared records: their fields, by type, and the names in them.
 */
#include "resolve/records.h"

#include "base/buf.h"
#include "ir/address.h"
#include "ir/domain.h"
#include "resolve/idna.h"
#include "resolve/names.h"

#include <assert.h>

/* What one record is read with. */
struct reader {
    struct arena *arena;
    struct sink *sink;
    struct str zone;
    const struct value *fields;
    struct record *record;
};

/* What a type's fields are, and how many. */
struct record_form {
    const char *fields;
    size_t count;
    bool takes_more;
};

static const struct record_form forms[] = {
    [RECORD_A] = {"an IPv4 address", 1, false},
    [RECORD_AAAA] = {"an IPv6 address", 1, false},
    [RECORD_CNAME] = {"a host", 1, false},
    [RECORD_MX] = {"a priority and a host", 2, false},
    [RECORD_NS] = {"a host", 1, false},
    [RECORD_SRV] = {"a priority, a weight, a port and a host", 4, false},
    [RECORD_TXT] = {"one text or more", 1, true},
};

static void read_owner(struct reader *reader, struct str name);
static bool is_owner_inside(struct reader *reader, struct str name);
static bool is_field_count_right(struct reader *reader);
static void read_fields(struct reader *reader);
static const struct value *read_address(struct reader *reader);
static const struct value *read_number(struct reader *reader, size_t index);
static const struct value *read_host(struct reader *reader, size_t index);
static struct str host_of(struct reader *reader, struct str text);
static const struct value *read_text(struct reader *reader);
static const struct value *field_at(struct reader *reader, size_t index);
static const struct value *poison(struct reader *reader, struct span span);
static struct str ascii_name(struct reader *reader, struct str text,
                             struct span span);
static bool is_name_right(struct reader *reader, struct str name,
                          bool takes_underscores, struct span span);
static enum diag_code fault_code(enum host_fault fault);

bool
resolve_record(struct arena *arena, struct sink *sink, struct str zone,
               struct record *out, struct str name, struct span name_span,
               enum record_type type, const struct value *fields, int64_t ttl,
               struct span span)
{
    static const struct value no_fields = {.kind = VALUE_LIST};
    struct record record = {.type = type,
                            .ttl_seconds = ttl,
                            .span = span,
                            .owner_span = name_span};
    struct reader reader = {arena, sink, zone, fields, &record};

    assert(type != RECORD_CAA);
    if (!is_field_count_right(&reader))
        reader.fields = &no_fields;
    read_fields(&reader);
    read_owner(&reader, name);
    if (!is_owner_inside(&reader, name))
        return false;
    *out = record;
    return true;
}

static void
read_owner(struct reader *reader, struct str name)
{
    struct record *record = reader->record;
    struct str owner = ascii_name(reader, name, record->owner_span);
    if (is_str_equal(owner, STR("@")))
        owner = reader->zone;
    else if (has_suffix(owner, STR(".")))
        owner = str_slice(owner, 0, owner.len - 1);
    else
        owner = arena_format(reader->arena, "{}.{}", STRS(owner, reader->zone));
    record->owner = owner;
    /* RFC 8552: underscores belong to names that are no host's. */
    bool is_host = record->type == RECORD_A || record->type == RECORD_AAAA ||
                   record->type == RECORD_MX;
    is_name_right(reader, is_wildcard(owner) ? domain_parent(owner) : owner,
                  !is_host, record->owner_span);
}

static bool
is_owner_inside(struct reader *reader, struct str name)
{
    if (is_domain_inside(reader->record->owner, reader->zone))
        return true;
    struct str wanted =
        arena_format(reader->arena, "a name inside `{}`", STRS(reader->zone));
    struct diag *diag = diag_add(
        reader->sink, DIAG_L03, reader->record->owner_span, STRS(wanted, name));
    diag_help(diag, "without the dot at its end, the name is relative",
              NO_STRS);
    return false;
}

static bool
is_field_count_right(struct reader *reader)
{
    const struct record_form *form = &forms[reader->record->type];
    const struct value *fields = reader->fields;
    bool is_long = fields->item_count > form->count && !form->takes_more;
    if (fields->item_count >= form->count && !is_long)
        return true;
    struct str type = str_from(record_type_name(reader->record->type));
    struct diag *diag = diag_add(
        reader->sink, DIAG_L28,
        is_long ? fields->items[form->count].span : reader->record->span,
        STRS(arena_format(reader->arena, "record {}", STRS(type)),
             str_from(form->fields)));
    diag_label(diag, is_long ? "one field too many" : "a field is missing",
               NO_STRS);
    return false;
}

static void
read_fields(struct reader *reader)
{
    struct record *record = reader->record;
    switch (record->type) {
    case RECORD_A:
    case RECORD_AAAA:
        record->target = read_address(reader);
        break;
    case RECORD_CNAME:
    case RECORD_NS:
        record->target = read_host(reader, 0);
        break;
    case RECORD_MX: /* RFC 1035 3.3.9 */
        record->priority = read_number(reader, 0);
        record->target = read_host(reader, 1);
        break;
    case RECORD_SRV: /* RFC 2782 */
        record->priority = read_number(reader, 0);
        record->weight = read_number(reader, 1);
        record->port = read_number(reader, 2);
        record->target = read_host(reader, 3);
        break;
    case RECORD_TXT:
        record->text = read_text(reader);
        break;
    case RECORD_CAA:
        break;
    }
}

static const struct value *
read_address(struct reader *reader)
{
    const struct value *field = field_at(reader, 0);
    bool wants_ipv6 = reader->record->type == RECORD_AAAA;
    struct address address;
    if (field->kind != VALUE_TEXT ||
        (address_read(field->text, &address) && address.is_ipv6 == wants_ipv6))
        return field;
    struct diag *diag = diag_add_as(
        reader->sink, DIAG_D15, SEVERITY_ERROR, field->span,
        STRS(field->text, str_from(forms[reader->record->type].fields)));
    diag_label(diag, "an {} record holds nothing else",
               STRS(str_from(record_type_name(reader->record->type))));
    return poison(reader, field->span);
}

static const struct value *
read_number(struct reader *reader, size_t index)
{
    const struct value *field = field_at(reader, index);
    int64_t number;
    if (field->kind != VALUE_TEXT)
        return field;
    if (!str_to_number(field->text, &number) || number > UINT16_MAX) {
        diag_add(reader->sink, DIAG_L03, field->span,
                 STRS(STR("a number from 0 to 65535"), field->text));
        return poison(reader, field->span);
    }
    struct value *value = arena_new(reader->arena, sizeof *value);
    *value = *field;
    value->kind = VALUE_NUMBER;
    value->type = TYPE_COUNT;
    value->number = number;
    return value;
}

static const struct value *
read_host(struct reader *reader, size_t index)
{
    const struct value *field = field_at(reader, index);
    if (field->kind != VALUE_TEXT)
        return field;
    struct str host =
        host_of(reader, ascii_name(reader, field->text, field->span));
    bool is_alias = reader->record->type == RECORD_CNAME;
    if (!is_str_empty(host) &&
        !is_name_right(reader, host, is_alias, field->span))
        return poison(reader, field->span);
    struct value *value = arena_new(reader->arena, sizeof *value);
    *value = *field;
    value->type = TYPE_HOST;
    value->text = host;
    return value;
}

static struct str
host_of(struct reader *reader, struct str text)
{
    if (is_str_equal(text, STR("@")))
        return reader->zone;
    if (has_suffix(text, STR(".")))
        return str_slice(text, 0, text.len - 1);
    if (has_byte(text, '.'))
        return text;
    return arena_format(reader->arena, "{}.{}", STRS(text, reader->zone));
}

static const struct value *
read_text(struct reader *reader)
{
    const struct value *fields = reader->fields;
    struct value *value = arena_new(reader->arena, sizeof *value);
    struct buf joined;
    buf_init(&joined, reader->arena);
    *value = *field_at(reader, 0);
    for (size_t i = 0; i < fields->item_count; i++) {
        if (fields->items[i].kind != VALUE_TEXT)
            return &fields->items[i];
        buf_add(&joined, fields->items[i].text);
        value->span = span_join(value->span, fields->items[i].span);
    }
    value->text = buf_str(&joined);
    return value;
}

/* Poison where a field is missing: that is said once, for all of them. */
static const struct value *
field_at(struct reader *reader, size_t index)
{
    return index < reader->fields->item_count
               ? &reader->fields->items[index]
               : poison(reader, reader->record->span);
}

static const struct value *
poison(struct reader *reader, struct span span)
{
    struct value *value = arena_new(reader->arena, sizeof *value);
    value->kind = VALUE_POISON;
    value->span = span;
    return value;
}

/* In small letters, and as IDNA2008 spells it in ASCII. */
static struct str
ascii_name(struct reader *reader, struct str text, struct span span)
{
    struct str ascii = text;
    if (!idna_to_ascii(reader->arena, text, &ascii))
        diag_add(reader->sink, DIAG_D36, span, STRS(text));
    char *lower = arena_new(reader->arena, ascii.len);
    for (size_t i = 0; i < ascii.len; i++)
        lower[i] = ascii_lower(ascii.at[i]);
    return (struct str){lower, ascii.len};
}

/* Reports the first fault, an address being one, but not what IDNA has already
 * refused. */
static bool
is_name_right(struct reader *reader, struct str name, bool takes_underscores,
              struct span span)
{
    char *plain = arena_new(reader->arena, name.len);
    for (size_t i = 0; i < name.len; i++) {
        bool is_plain = !takes_underscores || name.at[i] != '_';
        if ((unsigned char)name.at[i] >= 0x80)
            return false;
        plain[i] = is_plain ? name.at[i] : 'x';
    }
    enum host_fault fault = host_fault((struct str){plain, name.len});
    if (fault == HOST_OK && !is_ipv4(name))
        return true;
    struct diag *diag =
        diag_add(reader->sink, fault_code(fault), span, STRS(name));
    if (fault == HOST_OK)
        diag_label(diag, "an address; a name is expected here", NO_STRS);
    return false;
}

static enum diag_code
fault_code(enum host_fault fault)
{
    if (fault == HOST_LABEL_TOO_LONG || fault == HOST_NAME_TOO_LONG)
        return DIAG_D01;
    return fault == HOST_UNDERSCORE ? DIAG_D03 : DIAG_D02;
}
