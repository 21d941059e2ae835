/*
 * Declared records: their fields, by type, and the names in them.
 */
#include "resolve/records.h"

#include "base/buf.h"
#include "ir/domain.h"
#include "ir/field.h"
#include "ir/idna.h"
#include "resolve/names.h"

/* What one record is read with. */
struct reader {
    struct arena *arena;
    struct sink *sink;
    struct str zone;
    const struct value *fields;
    struct record *record;
    bool is_apart;
};

static void read_owner(struct reader *reader, struct str name);
static bool is_owner_inside(struct reader *reader, struct str name);
static bool is_field_count_right(struct reader *reader);
static void read_fields(struct reader *reader);
static const struct value *read_field(struct reader *reader,
                                      enum field_kind kind, size_t index);
static bool read_bytes(struct reader *reader, struct value *value);
static void report_field(struct reader *reader, enum field_kind kind,
                         const struct value *field);
static bool takes_any_name(enum record_type type);
static const struct value *read_host(struct reader *reader, size_t index);
static struct str host_of(struct reader *reader, struct str text);
static const struct value *read_strings(struct reader *reader);
static const struct value *read_parameters(struct reader *reader, size_t index);
static const struct value *join_from(struct reader *reader, size_t index,
                                     const char *between);
static const struct value *field_at(struct reader *reader, size_t index);
static const struct value *poison(struct reader *reader, struct span span);
static struct str ascii_name(struct reader *reader, struct str text,
                             struct span span);
static bool is_name_right(struct reader *reader, struct str name,
                          bool takes_any, struct span span);
static enum diag_code fault_code(enum host_fault fault);

bool
resolve_record(struct arena *arena, struct sink *sink, struct str zone,
               struct record *record, struct str name,
               const struct value *fields, bool is_apart)
{
    static const struct value no_fields = {.kind = VALUE_LIST};
    struct reader reader = {arena, sink, zone, fields, record, is_apart};

    if (!is_field_count_right(&reader))
        reader.fields = &no_fields;
    read_fields(&reader);
    read_owner(&reader, name);
    return is_owner_inside(&reader, name);
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
    bool is_host = is_address_record(record) || record->type == RECORD_MX;
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

/* How many fields, at least, and whether the last takes more. */
static size_t
field_count_least(enum record_type type, bool *takes_more)
{
    size_t count = record_field_count(type);
    enum field_kind last = record_form(type)->fields[count - 1];
    *takes_more = last >= FIELD_STRINGS;
    return last == FIELD_PARAMETERS ? count - 1 : count;
}

static bool
is_field_count_right(struct reader *reader)
{
    const struct record *record = reader->record;
    const struct value *fields = reader->fields;
    bool takes_more;
    size_t least = field_count_least(record->type, &takes_more);
    bool is_long = fields->item_count > least && !takes_more;
    if (fields->item_count >= least && !is_long)
        return true;
    struct str type = record_name(reader->arena, record);
    struct diag *diag =
        diag_add(reader->sink, DIAG_L28,
                 is_long ? fields->items[least].span : record->span,
                 STRS(arena_format(reader->arena, "record {}", STRS(type)),
                      str_from(record_form(record->type)->wants)));
    diag_label(diag, is_long ? "one field too many" : "a field is missing",
               NO_STRS);
    return false;
}

static void
read_fields(struct reader *reader)
{
    struct record *record = reader->record;
    const struct record_form *form = record_form(record->type);
    for (size_t i = 0; i < record_field_count(record->type); i++) {
        enum field_kind kind = form->fields[i];
        if (kind == FIELD_HOST)
            record->fields[i] = read_host(reader, i);
        else if (kind == FIELD_STRINGS)
            record->fields[i] = read_strings(reader);
        else if (kind == FIELD_PARAMETERS)
            record->fields[i] = read_parameters(reader, i);
        else
            record->fields[i] = read_field(reader, kind, i);
    }
}

static const struct value *
read_field(struct reader *reader, enum field_kind kind, size_t index)
{
    const char *between = kind == FIELD_HEX ? "" : " ";
    const struct value *field = kind > FIELD_STRINGS
                                    ? join_from(reader, index, between)
                                    : field_at(reader, index);
    if (field->kind != VALUE_TEXT)
        return field;
    struct value *value = arena_new(reader->arena, sizeof *value);
    *value = *field;
    if (kind == FIELD_BYTES
            ? read_bytes(reader, value)
            : field_read(reader->arena, kind, field->text, value))
        return value;
    report_field(reader, kind, field);
    return poison(reader, field->span);
}

/* RFC 3597 5: `\\#`, how many bytes, the bytes. */
static bool
read_bytes(struct reader *reader, struct value *value)
{
    struct str rest = value->text;
    int64_t count;
    if (!is_str_equal(str_cut(&rest, ' '), STR("\\#")) ||
        !str_to_number(str_cut(&rest, ' '), &count))
        return false;
    return field_read(reader->arena, FIELD_BYTES, rest, value) &&
           value->text.len == (size_t)count * 2;
}

static void
report_field(struct reader *reader, enum field_kind kind,
             const struct value *field)
{
    struct str wants =
        str_from(kind == FIELD_BYTES ? record_form(RECORD_OTHER)->wants
                                     : field_wants(kind));
    struct str type = record_name(reader->arena, reader->record);
    if (kind != FIELD_IPV4 && kind != FIELD_IPV6) {
        diag_add(reader->sink, DIAG_L03, field->span, STRS(wants, field->text));
        return;
    }
    struct diag *diag = diag_add_as(reader->sink, DIAG_D15, SEVERITY_ERROR,
                                    field->span, STRS(field->text, wants));
    diag_label(diag, "an {} record holds nothing else", STRS(type));
}

static const struct value *
read_host(struct reader *reader, size_t index)
{
    const struct value *field = field_at(reader, index);
    if (field->kind != VALUE_TEXT)
        return field;
    struct str host =
        host_of(reader, ascii_name(reader, field->text, field->span));
    reader->record->is_dot_missing =
        has_byte(field->text, '.') && !has_suffix(field->text, STR("."));
    if (!is_str_empty(host) &&
        !is_name_right(reader, host, takes_any_name(reader->record->type),
                       field->span))
        return poison(reader, field->span);
    struct value *value = arena_new(reader->arena, sizeof *value);
    *value = *field;
    value->type = TYPE_HOST;
    value->text = host;
    return value;
}

/* RFC 2181 11: these lead to names, and only the others to hosts. */
static bool
takes_any_name(enum record_type type)
{
    return type == RECORD_CNAME || type == RECORD_DNAME ||
           type == RECORD_NAPTR || type == RECORD_SVCB || type == RECORD_HTTPS;
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

/* A text without more is cut where it must be; `apart` keeps each as it is. */
static const struct value *
read_strings(struct reader *reader)
{
    const struct value *joined = join_from(reader, 0, "");
    if (!reader->is_apart || joined->kind != VALUE_TEXT)
        return joined;
    struct value *value = arena_new(reader->arena, sizeof *value);
    *value = *joined;
    value->items = reader->fields->items;
    value->item_count = reader->fields->item_count;
    for (size_t i = 0; i < value->item_count; i++) {
        if (value->items[i].text.len > CHARACTER_STRING_MAX)
            report_field(reader, FIELD_STRING, &value->items[i]);
    }
    return value;
}

static const struct value *
read_parameters(struct reader *reader, size_t index)
{
    size_t count = reader->fields->item_count;
    size_t first = index < count ? index : count;
    const struct value *items =
        first < count ? &reader->fields->items[first] : NULL;
    struct value *value = arena_new(reader->arena, sizeof *value);
    for (size_t i = 0; i < count - first; i++) {
        if (items[i].kind != VALUE_TEXT)
            return &items[i];
    }
    *value = (struct value){.span = reader->record->span};
    struct parameters_fault fault =
        parameters_read(reader->arena, items, count - first, value);
    if (fault.what == NULL)
        return value;
    struct span span = fault.index < count - first ? items[fault.index].span
                                                   : reader->record->span;
    struct diag *diag =
        diag_add(reader->sink, DIAG_D48, span, STRS(fault.text));
    diag_label(diag, fault.what, NO_STRS);
    return poison(reader, span);
}

/* The fields from that one on, as one; the first that is no text instead. */
static const struct value *
join_from(struct reader *reader, size_t index, const char *between)
{
    const struct value *fields = reader->fields;
    struct value *value = arena_new(reader->arena, sizeof *value);
    struct buf joined;
    buf_init(&joined, reader->arena);
    *value = *field_at(reader, index);
    for (size_t i = index; i < fields->item_count; i++) {
        if (fields->items[i].kind != VALUE_TEXT)
            return &fields->items[i];
        if (i > index)
            buf_add(&joined, str_from(between));
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

/* In small letters, as IDNA2008 spells it in ASCII, and `\DDD` only where the
 * byte cannot stand by itself. */
static struct str
ascii_name(struct reader *reader, struct str text, struct span span)
{
    struct str ascii = text;
    if (!idna_to_ascii(reader->arena, text, &ascii))
        diag_add(reader->sink, DIAG_D36, span, STRS(text));
    struct buf name;
    buf_init(&name, reader->arena);
    if (has_prefix(ascii, STR("\\042.")))
        ascii = arena_format(reader->arena, "*{}",
                             STRS(str_slice(ascii, 4, ascii.len)));
    for (size_t i = 0; i < ascii.len; i++) {
        int64_t byte;
        if (is_name_escape(ascii, i) &&
            str_to_number(str_slice(ascii, i + 1, i + 4), &byte)) {
            add_label_byte(&name, (unsigned)byte);
            i += 3;
        } else {
            buf_byte(&name, ascii_lower(ascii.at[i]));
        }
    }
    return buf_str(&name);
}

/* Reports the first fault, an address being one, but not what IDNA has already
 * refused. */
static bool
is_name_right(struct reader *reader, struct str name, bool takes_any,
              struct span span)
{
    char *plain = arena_new(reader->arena, name.len);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        bool is_escape = takes_any && is_name_escape(name, i);
        bool is_special = name.at[i] == '_' || name.at[i] == '-';
        bool is_plain = !is_escape && (!takes_any || !is_special);
        if ((unsigned char)name.at[i] >= 0x80)
            return false;
        plain[len++] = is_plain ? name.at[i] : 'x';
        i += is_escape ? 3 : 0;
    }
    enum host_fault fault = host_fault((struct str){plain, len});
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
