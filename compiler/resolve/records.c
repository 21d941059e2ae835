/*
 * Declared records: their fields, by type, and the names in them.
 */
#include "resolve/records.h"

#include "base/buf.h"
#include "ir/address.h"
#include "ir/domain.h"

#include <assert.h>

/* What the fields of one record are read with. */
struct reader {
    struct arena *arena;
    struct sink *sink;
    struct str zone;
    const struct value *fields;
    struct span span;
    struct record *record;
};

static bool read_owner(struct reader *reader, struct str name,
                       struct span span);
static bool read_fields(struct reader *reader);
static bool read_address(struct reader *reader);
static bool read_mx(struct reader *reader);
static bool read_srv(struct reader *reader);
static bool read_text(struct reader *reader);
static bool read_host(struct reader *reader, size_t index);
static const struct value *read_number(struct reader *reader, size_t index);
static bool has_fields(struct reader *reader, size_t count);
static const char *fields_text(enum record_type type);
static struct str absolute_host(struct reader *reader, struct str text);
static struct str lower_copy(struct arena *arena, struct str text);

bool
resolve_record(struct arena *arena, struct sink *sink, struct str zone,
               struct record *out, struct str name, struct span name_span,
               enum record_type type, const struct value *fields, int64_t ttl,
               struct span span)
{
    struct record record = {.type = type,
                            .ttl_seconds = ttl,
                            .span = span,
                            .owner_span = name_span};
    struct reader reader = {arena, sink, zone, fields, span, &record};

    assert(type != RECORD_CAA);
    for (size_t i = 0; i < fields->item_count; i++) {
        if (is_value_poison(&fields->items[i]))
            return false;
    }
    bool is_owner_read = read_owner(&reader, name, name_span);
    if (!read_fields(&reader) || !is_owner_read)
        return false;
    *out = record;
    return true;
}

static bool
read_owner(struct reader *reader, struct str name, struct span span)
{
    struct str owner = lower_copy(reader->arena, name);
    if (is_str_equal(owner, STR("@"))) {
        owner = reader->zone;
    } else if (has_suffix(owner, STR("."))) {
        owner = str_slice(owner, 0, owner.len - 1);
    } else {
        owner = arena_format(reader->arena, "{}.{}", STRS(owner, reader->zone));
    }
    reader->record->owner = owner;
    if (is_domain_inside(owner, reader->zone))
        return true;
    struct str wanted =
        arena_format(reader->arena, "a name inside `{}`", STRS(reader->zone));
    struct diag *diag =
        diag_add(reader->sink, DIAG_L03, span, STRS(wanted, name));
    diag_help(diag, "without the dot at its end the name is relative", NO_STRS);
    return false;
}

static bool
read_fields(struct reader *reader)
{
    switch (reader->record->type) {
    case RECORD_A:
    case RECORD_AAAA:
        return read_address(reader);
    case RECORD_CNAME:
    case RECORD_NS:
        return has_fields(reader, 1) && read_host(reader, 0);
    case RECORD_MX:
        return read_mx(reader);
    case RECORD_SRV:
        return read_srv(reader);
    case RECORD_TXT:
        return read_text(reader);
    case RECORD_CAA:
        break;
    }
    return false;
}

static bool
read_address(struct reader *reader)
{
    if (!has_fields(reader, 1))
        return false;
    const struct value *field = &reader->fields->items[0];
    bool wants_ipv6 = reader->record->type == RECORD_AAAA;
    struct address address;
    reader->record->target = field;
    if (field->kind == VALUE_HOLE ||
        (address_read(field->text, &address) && address.is_ipv6 == wants_ipv6))
        return true;
    struct diag *diag =
        diag_add_as(reader->sink, DIAG_D15, SEVERITY_ERROR, field->span,
                    STRS(field->text, wants_ipv6 ? STR("an IPv6 address")
                                                 : STR("an IPv4 address")));
    diag_label(diag, "what an {} record holds",
               STRS(wants_ipv6 ? STR("AAAA") : STR("A")));
    return false;
}

/* RFC 1035 3.3.9: preference, exchange. */
static bool
read_mx(struct reader *reader)
{
    if (!has_fields(reader, 2))
        return false;
    reader->record->priority = read_number(reader, 0);
    return read_host(reader, 1) && reader->record->priority != NULL;
}

/* RFC 2782: priority, weight, port, target. */
static bool
read_srv(struct reader *reader)
{
    struct record *record = reader->record;
    if (!has_fields(reader, 4))
        return false;
    record->priority = read_number(reader, 0);
    record->weight = read_number(reader, 1);
    record->port = read_number(reader, 2);
    return read_host(reader, 3) && record->priority != NULL &&
           record->weight != NULL && record->port != NULL;
}

static bool
read_text(struct reader *reader)
{
    const struct value *fields = reader->fields;
    if (fields->item_count == 0)
        return has_fields(reader, 1);
    struct value *text = arena_new(reader->arena, sizeof *text);
    struct buf joined;
    buf_init(&joined, reader->arena);
    *text = fields->items[0];
    reader->record->text = text;
    for (size_t i = 0; i < fields->item_count; i++) {
        if (fields->items[i].kind == VALUE_HOLE) {
            *text = fields->items[i];
            return true;
        }
        buf_add(&joined, fields->items[i].text);
        text->span = span_join(text->span, fields->items[i].span);
    }
    text->text = buf_str(&joined);
    return true;
}

static bool
read_host(struct reader *reader, size_t index)
{
    const struct value *field = &reader->fields->items[index];
    struct value *host = arena_new(reader->arena, sizeof *host);
    *host = *field;
    if (field->kind != VALUE_HOLE) {
        host->type = TYPE_HOST;
        host->text = absolute_host(reader, field->text);
    }
    reader->record->target = host;
    return true;
}

/* NULL when it is none, and that is reported. */
static const struct value *
read_number(struct reader *reader, size_t index)
{
    const struct value *field = &reader->fields->items[index];
    int64_t number;
    if (field->kind == VALUE_HOLE)
        return field;
    if (!str_to_number(field->text, &number) || number > UINT16_MAX) {
        diag_add(reader->sink, DIAG_L03, field->span,
                 STRS(STR("a number from 0 to 65535"), field->text));
        return NULL;
    }
    struct value *value = arena_new(reader->arena, sizeof *value);
    *value = *field;
    value->kind = VALUE_NUMBER;
    value->type = TYPE_COUNT;
    value->number = number;
    return value;
}

static bool
has_fields(struct reader *reader, size_t count)
{
    const struct value *fields = reader->fields;
    if (fields->item_count == count)
        return true;
    enum record_type type = reader->record->type;
    struct str word = str_from(record_type_name(type));
    bool is_long = fields->item_count > count;
    struct diag *diag =
        diag_add(reader->sink, DIAG_L28,
                 is_long ? fields->items[count].span : reader->span,
                 STRS(arena_format(reader->arena, "record {}", STRS(word)),
                      str_from(fields_text(type))));
    diag_label(diag, is_long ? "one field too many" : "a field is missing",
               NO_STRS);
    return false;
}

static const char *
fields_text(enum record_type type)
{
    static const char *const texts[] = {
        [RECORD_A] = "an IPv4 address",
        [RECORD_AAAA] = "an IPv6 address",
        [RECORD_CNAME] = "a host",
        [RECORD_MX] = "a priority and a host",
        [RECORD_NS] = "a host",
        [RECORD_SRV] = "a priority, a weight, a port and a host",
        [RECORD_TXT] = "one text or more",
    };
    return texts[type];
}

static struct str
absolute_host(struct reader *reader, struct str text)
{
    struct str host = lower_copy(reader->arena, text);
    if (is_str_equal(host, STR("@")))
        return reader->zone;
    if (has_suffix(host, STR(".")))
        return str_slice(host, 0, host.len - 1);
    if (has_byte(host, '.'))
        return host;
    return arena_format(reader->arena, "{}.{}", STRS(host, reader->zone));
}

static struct str
lower_copy(struct arena *arena, struct str text)
{
    char *copy = arena_new(arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        copy[i] = ascii_lower(text.at[i]);
    return (struct str){copy, text.len};
}
