/*
 * What stands behind a record's type. How each type is laid out is asked of the
 * table of types.
 */
#include "foreign/zone_reader.h"

#include "base/buf.h"
#include "ir/domain.h"
#include "ir/field.h"

/* RFC 4034 A.1, RFC 5702, RFC 6605, RFC 8080: names for DS's algorithm. */
static const struct {
    const char *name;
    const char *number;
} algorithms[] = {
    {"DSA", "3"},
    {"RSASHA1", "5"},
    {"DSA-NSEC3-SHA1", "6"},
    {"RSASHA1-NSEC3-SHA1", "7"},
    {"NSEC3RSASHA1", "7"},
    {"RSASHA256", "8"},
    {"RSASHA512", "10"},
    {"ECDSAP256SHA256", "13"},
    {"ECDSAP384SHA384", "14"},
    {"ED25519", "15"},
    {"ED448", "16"},
};

static bool read_plain(struct zone_reader *reader, struct record *record,
                       size_t index);
static struct value *value_new(struct zone_reader *reader, struct span span);
static bool read_host(struct zone_reader *reader, struct record *record,
                      size_t index);
static bool is_dot_missing(struct str text);
static bool read_strings(struct zone_reader *reader, struct record *record,
                         size_t index);
static bool is_natural_split(const struct value *items, size_t count);
static bool read_parameters(struct zone_reader *reader, struct record *record,
                            size_t index);
static struct str without_quotes(struct zone_reader *reader, struct str text);
static struct value *read_texts(struct zone_reader *reader, size_t *count);
static bool read_joined(struct zone_reader *reader, struct record *record,
                        size_t index, enum field_kind kind);
static bool read_generic(struct zone_reader *reader, struct record *record);
static bool read_time(struct zone_reader *reader, const struct value **out);
static bool read_mailbox(struct zone_reader *reader, const struct value **out);
static bool read_serial(struct zone_reader *reader, const struct value **out);
static bool ends_here(struct zone_reader *reader);

bool
read_zone_fields(struct zone_reader *reader, struct record *record)
{
    const struct record_form *form = record_form(record->type);
    if (is_zone_word(zone_token_peek(reader->lexer), "\\#"))
        return read_generic(reader, record) && ends_here(reader);
    if (record->type == RECORD_OTHER) {
        struct diag *diag =
            report_zone_token(reader, "`\\#`", zone_token_next(reader->lexer));
        diag_help(diag, "of such a type, a file says the bytes (RFC 3597)",
                  NO_STRS);
        return false;
    }
    for (size_t i = 0; i < record_field_count(record->type); i++) {
        enum field_kind kind = form->fields[i];
        bool is_read =
            kind == FIELD_HOST         ? read_host(reader, record, i)
            : kind == FIELD_STRINGS    ? read_strings(reader, record, i)
            : kind == FIELD_PARAMETERS ? read_parameters(reader, record, i)
            : kind > FIELD_STRINGS     ? read_joined(reader, record, i, kind)
                                       : read_plain(reader, record, i);
        if (!is_read)
            return false;
    }
    return ends_here(reader);
}

bool
read_zone_soa(struct zone_reader *reader, struct zone *zone)
{
    struct record primary = {.type = RECORD_NS};
    const struct value **times[] = {&zone->refresh, &zone->retry, &zone->expire,
                                    &zone->minimum};
    if (!read_host(reader, &primary, 0) ||
        !read_mailbox(reader, &zone->contact) ||
        !read_serial(reader, &zone->serial))
        return false;
    zone->primary = primary.fields[0];
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (!read_time(reader, times[i]))
            return false;
    }
    return ends_here(reader);
}

void
keep_zone_strings(struct value *value, const struct value *items, size_t count)
{
    if (is_natural_split(items, count))
        return;
    value->items = items;
    value->item_count = (uint32_t)count;
}

static bool
read_plain(struct zone_reader *reader, struct record *record, size_t index)
{
    enum field_kind kind = record_form(record->type)->fields[index];
    struct zone_token token = zone_token_next(reader->lexer);
    struct value *value = value_new(reader, token.span);
    struct str text = token.text;
    bool is_text = kind == FIELD_STRING || kind == FIELD_LONG;
    bool takes_quotes = is_text || kind == FIELD_TAG;
    if (is_text && !read_zone_text(reader, token, &text))
        return false;
    for (size_t i = 0; kind == FIELD_NUMBER8 && record->type == RECORD_DS &&
                       i < sizeof algorithms / sizeof *algorithms;
         i++) {
        if (is_str_equal_nocase(text, str_from(algorithms[i].name)))
            text = str_from(algorithms[i].number);
    }
    record->fields[index] = value;
    if (token.kind <= (takes_quotes ? ZONE_QUOTED : ZONE_WORD) &&
        field_read(reader->arena, kind, text, value))
        return true;
    report_zone_token(reader, field_wants(kind), token);
    return false;
}

static struct value *
value_new(struct zone_reader *reader, struct span span)
{
    struct value *value = arena_new(reader->arena, sizeof *value);
    value->kind = VALUE_TEXT;
    value->type = TYPE_TEXT;
    value->span = span;
    return value;
}

static bool
read_host(struct zone_reader *reader, struct record *record, size_t index)
{
    struct zone_token token = zone_token_next(reader->lexer);
    struct value *value = value_new(reader, token.span);
    value->type = TYPE_HOST;
    record->fields[index] = value;
    record->is_dot_missing =
        is_dot_missing(token.text) && !is_str_empty(reader->origin);
    return read_zone_name(reader, token, &value->text);
}

/* Dots inside, and none at the end. */
static bool
is_dot_missing(struct str text)
{
    return has_byte(text, '.') && !has_suffix(text, STR("."));
}

static bool
read_strings(struct zone_reader *reader, struct record *record, size_t index)
{
    size_t count;
    struct value *items = read_texts(reader, &count);
    struct value *value = value_new(reader, record->span);
    struct buf joined;
    buf_init(&joined, reader->arena);
    if (items == NULL)
        return false;
    if (count == 0) {
        report_zone_token(reader, "a text", zone_token_peek(reader->lexer));
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        buf_add(&joined, items[i].text);
        if (items[i].text.len <= CHARACTER_STRING_MAX)
            continue;
        struct diag *diag = diag_add(
            reader->sink, DIAG_D40, items[i].span,
            STRS(STR("a text of at most 255 bytes"),
                 arena_format(reader->arena, "one of {}",
                              STRS(arena_number(reader->arena,
                                                (int64_t)items[i].text.len)))));
        diag_help(diag, "part it into several texts in quotes", NO_STRS);
        return false;
    }
    value->span = span_join(items[0].span, items[count - 1].span);
    value->text = buf_str(&joined);
    keep_zone_strings(value, items, count);
    record->fields[index] = value;
    return true;
}

/* Would a writer part the whole text in the same way? */
static bool
is_natural_split(const struct value *items, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        if (items[i].text.len != CHARACTER_STRING_MAX)
            return false;
    }
    return count == 1 || items[count - 1].text.len > 0;
}

static bool
read_parameters(struct zone_reader *reader, struct record *record, size_t index)
{
    size_t count;
    reader->lexer->takes_pairs = true;
    struct value *items = read_texts(reader, &count);
    reader->lexer->takes_pairs = false;
    if (items == NULL)
        return false;
    struct value *value = value_new(reader, record->span);
    struct parameters_fault fault =
        parameters_read(reader->arena, items, count, value);
    record->fields[index] = value;
    if (fault.what == NULL)
        return true;
    struct diag *diag = diag_add(reader->sink, DIAG_D48,
                                 items[fault.index].span, STRS(fault.text));
    diag_label(diag, fault.what, NO_STRS);
    return false;
}

/* KEY=VALUE of KEY="VALUE", which is one word where pairs are. */
static struct str
without_quotes(struct zone_reader *reader, struct str text)
{
    size_t equals = str_index(text, '=', 0);
    if (!reader->lexer->takes_pairs || text.len - equals < 3 ||
        text.at[equals + 1] != '"')
        return text;
    return arena_format(reader->arena, "{}{}",
                        STRS(str_slice(text, 0, equals + 1),
                             str_slice(text, equals + 2, text.len - 1)));
}

/* All that is left of the line; NULL after a message. */
static struct value *
read_texts(struct zone_reader *reader, size_t *count)
{
    struct vec items;
    vec_init(&items, reader->arena, sizeof(struct value));
    while (zone_token_peek(reader->lexer).kind < ZONE_LINE_END) {
        struct zone_token token = zone_token_next(reader->lexer);
        struct value *item = vec_add(&items);
        token.text = without_quotes(reader, token.text);
        *item = *value_new(reader, token.span);
        if (!read_zone_text(reader, token, &item->text))
            return NULL;
    }
    *count = items.count;
    if (items.count == 0)
        return value_new(reader, NO_SPAN);
    return items.items;
}

/* Words that together are one field. */
static bool
read_joined(struct zone_reader *reader, struct record *record, size_t index,
            enum field_kind kind)
{
    struct buf joined;
    struct span span = zone_token_peek(reader->lexer).span;
    struct value *value = value_new(reader, span);
    buf_init(&joined, reader->arena);
    while (zone_token_peek(reader->lexer).kind == ZONE_WORD) {
        struct zone_token token = zone_token_next(reader->lexer);
        if (joined.len > 0)
            buf_byte(&joined, ' ');
        buf_add(&joined, token.text);
        value->span = span_join(span, token.span);
    }
    record->fields[index] = value;
    if (field_read(reader->arena, kind, buf_str(&joined), value))
        return true;
    report_zone_token(
        reader, field_wants(kind),
        (struct zone_token){joined.len == 0 ? ZONE_LINE_END : ZONE_WORD,
                            buf_str(&joined), value->span});
    return false;
}

/* RFC 3597 5: `\#`, how many bytes, the bytes. */
static bool
read_generic(struct zone_reader *reader, struct record *record)
{
    struct record bytes = {.type = RECORD_OTHER};
    int64_t count;
    zone_token_next(reader->lexer);
    struct zone_token length = zone_token_next(reader->lexer);
    if (length.kind != ZONE_WORD || !str_to_number(length.text, &count) ||
        count > UINT16_MAX) {
        report_zone_token(reader, "a number of bytes", length);
        return false;
    }
    if (!read_joined(reader, &bytes, 0, FIELD_BYTES))
        return false;
    const struct value *found = bytes.fields[0];
    if (found->text.len != (size_t)count * 2) {
        struct str len =
            arena_number(reader->arena, (int64_t)found->text.len / 2);
        diag_add(reader->sink, DIAG_D40, length.span,
                 STRS(arena_format(reader->arena, "the number {}", STRS(len)),
                      arena_format(reader->arena, "`{}`", STRS(length.text))));
        return false;
    }
    record->fields[0] = found;
    return record->type == RECORD_OTHER ||
           decode_zone_fields(reader, record, found->text, found->span);
}

static bool
read_time(struct zone_reader *reader, const struct value **out)
{
    struct zone_token token = zone_token_next(reader->lexer);
    struct value *value = value_new(reader, token.span);
    if (token.kind != ZONE_WORD || !zone_ttl_read(token.text, &value->number) ||
        value->number > UINT32_MAX) {
        report_zone_token(reader, "a number of seconds", token);
        return false;
    }
    value->kind = VALUE_NUMBER;
    value->type = TYPE_DURATION;
    value->number *= 1000;
    value->text = token.text;
    *out = value;
    return true;
}

/* RFC 1035 8: the first label is the mailbox, dots and all. One without a
 * domain has nothing behind its `@`. */
static bool
read_mailbox(struct zone_reader *reader, const struct value **out)
{
    struct zone_token token = zone_token_next(reader->lexer);
    struct value *value = value_new(reader, token.span);
    struct str name;
    struct buf text;
    buf_init(&text, reader->arena);
    if (!read_zone_name(reader, token, &name))
        return false;
    while (name.len > 0 && name.at[0] != '.') {
        bool is_escape = is_name_escape(name, 0);
        int64_t byte = (unsigned char)name.at[0];
        if (is_escape)
            str_to_number(str_slice(name, 1, 4), &byte);
        buf_byte(&text, (char)byte);
        name = str_slice(name, is_escape ? 4 : 1, name.len);
    }
    if (text.len > 0)
        buf_byte(&text, '@');
    if (name.len > 0)
        buf_add(&text, str_slice(name, 1, name.len));
    value->type = TYPE_EMAIL;
    value->text = buf_str(&text);
    *out = value;
    return true;
}

static bool
read_serial(struct zone_reader *reader, const struct value **out)
{
    struct zone_token token = zone_token_next(reader->lexer);
    struct value *value = value_new(reader, token.span);
    if (token.kind != ZONE_WORD || !str_to_number(token.text, &value->number)) {
        report_zone_token(reader, "a serial", token);
        return false;
    }
    if (value->number > UINT32_MAX) {
        struct diag *diag =
            diag_add(reader->sink, DIAG_D18, token.span, STRS(token.text));
        diag_label(diag, "a serial has 32 bits", NO_STRS);
        return false;
    }
    value->kind = VALUE_NUMBER;
    value->text = token.text;
    *out = value;
    return true;
}

static bool
ends_here(struct zone_reader *reader)
{
    struct zone_token token = zone_token_peek(reader->lexer);
    if (token.kind < ZONE_LINE_END) {
        struct diag *diag =
            report_zone_token(reader, "the end of the record", token);
        diag_label(diag, "one field too many", NO_STRS);
    }
    return token.kind == ZONE_LINE_END || token.kind == ZONE_FILE_END;
}
