/*
 * The table of record types, and what can be asked of any record.
 */
#include "ir/record.h"

#include "ir/address.h"

static const struct record_form forms[] = {
#define RECORD(id, number, wants, ...)                                         \
    [RECORD_##id] = {#id, number, wants, {__VA_ARGS__}},
#include "ir/records.def"
#undef RECORD
};

static bool is_reserved(int64_t number);
static bool number_of_type(struct str word, uint16_t *number);
static void add_key(struct buf *key, enum field_kind kind,
                    const struct value *value);
static void add_sized(struct buf *key, struct str text);

const struct record_form *
record_form(enum record_type type)
{
    return &forms[type];
}

size_t
record_field_count(enum record_type type)
{
    size_t count = 0;
    while (count < RECORD_FIELDS_MAX && forms[type].fields[count] != FIELD_NONE)
        count++;
    return count;
}

bool
record_type_find(struct str word, enum record_type *type, uint16_t *number)
{
    for (size_t i = 0; i < RECORD_OTHER; i++) {
        if (is_str_equal_nocase(word, str_from(forms[i].name)) ||
            (number_of_type(word, number) && *number == forms[i].number)) {
            *type = (enum record_type)i;
            *number = forms[i].number;
            return true;
        }
    }
    *type = RECORD_OTHER;
    return number_of_type(word, number);
}

/* What is never data of a zone, or is its SOA (RFC 6895 3.1). */
static bool
is_reserved(int64_t number)
{
    enum { SOA = 6, OPT = 41, META_FIRST = 128, META_LAST = 255 };
    return number == SOA || number == OPT ||
           (number >= META_FIRST && number <= META_LAST);
}

/* TYPEn */
static bool
number_of_type(struct str word, uint16_t *number)
{
    int64_t found;
    size_t prefix = STR("TYPE").len;
    if (word.len <= prefix ||
        !is_str_equal_nocase(str_slice(word, 0, prefix), STR("TYPE")) ||
        !str_to_number(str_slice(word, prefix, word.len), &found) ||
        found < 1 || found > UINT16_MAX || is_reserved(found))
        return false;
    *number = (uint16_t)found;
    return true;
}

struct str
record_name(struct arena *arena, const struct record *record)
{
    if (record->type != RECORD_OTHER)
        return str_from(forms[record->type].name);
    return arena_format(arena, "TYPE{}",
                        STRS(arena_number(arena, record->type_number)));
}

const struct value *
record_field(const struct record *record, enum field_kind kind)
{
    for (size_t i = 0; i < RECORD_FIELDS_MAX; i++) {
        if (forms[record->type].fields[i] == kind)
            return record->fields[i];
    }
    return NULL;
}

const struct value *
record_target(const struct record *record)
{
    return is_address_record(record) ? record->fields[0]
                                     : record_field(record, FIELD_HOST);
}

bool
is_address_record(const struct record *record)
{
    return record->type == RECORD_A || record->type == RECORD_AAAA;
}

struct str
record_key(struct arena *arena, const struct record *record)
{
    struct buf key;
    buf_init(&key, arena);
    buf_add(&key, record_name(arena, record));
    for (size_t i = 0; i < record_field_count(record->type); i++) {
        const struct value *value = record->fields[i];
        if (!is_value_known(value))
            return STR("");
        buf_byte(&key, ' ');
        if (is_address_record(record))
            buf_add(&key, address_key(arena, value));
        else
            add_key(&key, forms[record->type].fields[i], value);
    }
    return buf_str(&key);
}

/* Texts can hold anything: their length parts them. */
static void
add_key(struct buf *key, enum field_kind kind, const struct value *value)
{
    if (value->kind == VALUE_NUMBER) {
        buf_number(key, value->number);
        return;
    }
    if (kind != FIELD_PARAMETERS)
        add_sized(key, value->text);
    for (size_t i = 0; i < value->item_count; i++)
        add_sized(key, value->items[i].text);
}

static void
add_sized(struct buf *key, struct str text)
{
    buf_number(key, (int64_t)text.len);
    buf_byte(key, ':');
    buf_add(key, text);
}

struct str
address_key(struct arena *arena, const struct value *address)
{
    struct address parsed;
    struct buf key;
    if (address->kind == VALUE_HOLE)
        return arena_format(arena, "?{}", STRS(address->text));
    if (address->kind != VALUE_TEXT || !address_read(address->text, &parsed))
        return STR("");
    buf_init(&key, arena);
    buf_byte(&key, parsed.is_ipv6 ? '6' : '4');
    for (size_t i = 0; i < sizeof parsed.bytes; i++) {
        buf_byte(&key, '.');
        buf_number(&key, parsed.bytes[i]);
    }
    return buf_str(&key);
}
