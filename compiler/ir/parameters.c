/*
 * The parameters of SVCB and HTTPS records (RFC 9460, RFC 9461, RFC 9540).
 */
#include "ir/field.h"

#include "base/sort.h"
#include "ir/address.h"

enum parameter_key {
    KEY_MANDATORY,
    KEY_ALPN,
    KEY_NO_DEFAULT_ALPN,
    KEY_PORT,
    KEY_IPV4HINT,
    KEY_ECH,
    KEY_IPV6HINT,
    KEY_DOHPATH,
    KEY_OHTTP,
    KEY_COUNT
};

enum { KEY_INVALID = 65535 };

static const char *const names[] = {
    [KEY_MANDATORY] = "mandatory",
    [KEY_ALPN] = "alpn",
    [KEY_NO_DEFAULT_ALPN] = "no-default-alpn",
    [KEY_PORT] = "port",
    [KEY_IPV4HINT] = "ipv4hint",
    [KEY_ECH] = "ech",
    [KEY_IPV6HINT] = "ipv6hint",
    [KEY_DOHPATH] = "dohpath",
    [KEY_OHTTP] = "ohttp",
};

struct parameter {
    unsigned key;
    bool has_value;
    struct str value;
    struct value item; /* as it will stand in the list */
    size_t index;
};

struct parameters {
    struct parameter *at;
    size_t count;
};

static struct parameters_fault read_one(struct arena *arena,
                                        const struct value *item,
                                        struct parameter *parameter);
static bool key_read(struct str text, unsigned *key);
static int compare_keys(const void *a, const void *b, const void *context);
static struct parameters_fault judge(const struct parameters *list);
static const char *value_fault(const struct parameter *parameter);
static const char *addresses_fault(struct str list, bool is_ipv6);
static const char *alpn_fault(struct str list);
static bool is_base64(struct str text);
static const char *mandatory_fault(const struct parameters *list,
                                   struct str keys);
static bool has_key(const struct parameters *list, unsigned key);

struct parameters_fault
parameters_read(struct arena *arena, const struct value *items, size_t count,
                struct value *value)
{
    struct parameters list = {
        arena_array(arena, count, sizeof(struct parameter)), count};
    struct value *sorted = arena_array(arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        list.at[i].index = i;
        struct parameters_fault fault = read_one(arena, &items[i], &list.at[i]);
        if (fault.what != NULL)
            return fault;
    }
    sort_items(arena, list.at, count, sizeof *list.at, compare_keys, NULL);
    struct parameters_fault fault = judge(&list);
    for (size_t i = 0; i < count; i++)
        sorted[i] = list.at[i].item;
    value->kind = VALUE_LIST;
    value->type = TYPE_TEXT;
    value->items = sorted;
    value->item_count = (uint32_t)count;
    return fault;
}

static struct parameters_fault
read_one(struct arena *arena, const struct value *item,
         struct parameter *parameter)
{
    struct str rest = item->text;
    parameter->has_value = has_byte(rest, '=');
    struct str name = str_cut(&rest, '=');
    parameter->value = rest;
    parameter->item = *item;
    if (!key_read(name, &parameter->key))
        return (struct parameters_fault){"is no key of a service", name,
                                         parameter->index};
    struct str key =
        parameter->key < KEY_COUNT
            ? str_from(names[parameter->key])
            : arena_format(arena, "key{}",
                           STRS(arena_number(arena, parameter->key)));
    parameter->item.text = parameter->has_value
                               ? arena_format(arena, "{}={}", STRS(key, rest))
                               : key;
    return (struct parameters_fault){NULL, name, parameter->index};
}

/* A name, or keyN without leading zeros (RFC 9460 2.1). What keyN says of one
 * that has a name is bytes, and nobody writes it. */
static bool
key_read(struct str text, unsigned *key)
{
    size_t prefix = STR("key").len;
    int64_t number;
    for (unsigned i = 0; i < KEY_COUNT; i++) {
        if (is_str_equal(text, str_from(names[i]))) {
            *key = i;
            return true;
        }
    }
    if (!has_prefix(text, STR("key")) || text.len == prefix ||
        (text.at[prefix] == '0' && text.len > prefix + 1) ||
        !str_to_number(str_slice(text, prefix, text.len), &number) ||
        number < KEY_COUNT || number >= KEY_INVALID)
        return false;
    *key = (unsigned)number;
    return true;
}

static int
compare_keys(const void *a, const void *b, const void *context)
{
    const struct parameter *first = a;
    const struct parameter *second = b;
    (void)context;
    return (first->key > second->key) - (first->key < second->key);
}

static struct parameters_fault
judge(const struct parameters *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct parameter *parameter = &list->at[i];
        struct parameters_fault fault = {NULL, parameter->item.text,
                                         parameter->index};
        if (i > 0 && list->at[i - 1].key == parameter->key)
            fault.what = "stands there twice";
        else if (parameter->key == KEY_MANDATORY)
            fault.what = mandatory_fault(list, parameter->value);
        else
            fault.what = value_fault(parameter);
        if (fault.what == NULL && parameter->key == KEY_NO_DEFAULT_ALPN &&
            !has_key(list, KEY_ALPN))
            fault.what = "needs `alpn`";
        if (fault.what != NULL)
            return fault;
    }
    return (struct parameters_fault){NULL, STR(""), 0};
}

static const char *
value_fault(const struct parameter *parameter)
{
    struct str value = parameter->value;
    bool has_none =
        parameter->key == KEY_NO_DEFAULT_ALPN || parameter->key == KEY_OHTTP;
    int64_t number;
    if (has_none)
        return parameter->has_value ? "takes no value" : NULL;
    if (parameter->key >= KEY_COUNT)
        return NULL;
    if (is_str_empty(value))
        return "needs a value";
    switch ((enum parameter_key)parameter->key) {
    case KEY_ALPN:
        return alpn_fault(value);
    case KEY_PORT:
        return str_to_number(value, &number) && number <= UINT16_MAX
                   ? NULL
                   : "is no port";
    case KEY_IPV4HINT:
        return addresses_fault(value, false);
    case KEY_IPV6HINT:
        return addresses_fault(value, true);
    case KEY_ECH:
        return is_base64(value) ? NULL : "is not Base64";
    case KEY_MANDATORY:
    case KEY_NO_DEFAULT_ALPN:
    case KEY_DOHPATH:
    case KEY_OHTTP:
    case KEY_COUNT:
        break;
    }
    return NULL;
}

static const char *
addresses_fault(struct str list, bool is_ipv6)
{
    struct address address;
    bool is_more = true;
    while (is_more) {
        is_more = has_byte(list, ',');
        if (!address_read(str_cut(&list, ','), &address) ||
            address.is_ipv6 != is_ipv6)
            return is_ipv6 ? "is no list of IPv6 addresses"
                           : "is no list of IPv4 addresses";
    }
    return NULL;
}

/* A backslash takes a comma, or itself, into a name (RFC 9460 A.1). */
static const char *
alpn_fault(struct str list)
{
    size_t len = 0;
    for (size_t i = 0; i <= list.len; i++) {
        if (i == list.len || list.at[i] == ',') {
            if (len == 0 || len > CHARACTER_STRING_MAX)
                return "has a protocol without a name";
            len = 0;
            continue;
        }
        if (list.at[i] == '\\' && ++i == list.len)
            return "ends in a backslash";
        len++;
    }
    return NULL;
}

/* RFC 4648 4 */
static bool
is_base64(struct str text)
{
    size_t len = text.len;
    while (len > 0 && text.len - len < 2 && text.at[len - 1] == '=')
        len--;
    for (size_t i = 0; i < len; i++) {
        char byte = text.at[i];
        if (!is_ascii_alnum(byte) && byte != '+' && byte != '/')
            return false;
    }
    return text.len % 4 == 0 && len > 0;
}

/* RFC 9460 8: each is there, once, and none is `mandatory`. */
static const char *
mandatory_fault(const struct parameters *list, struct str keys)
{
    unsigned key;
    bool is_more = true;
    struct str rest = keys;
    while (is_more) {
        is_more = has_byte(rest, ',');
        struct str name = str_cut(&rest, ',');
        if (!key_read(name, &key) || key == KEY_MANDATORY)
            return "names no other key";
        if (!has_key(list, key))
            return "names a key that is not there";
        for (struct str others = rest; others.len > 0;) {
            if (is_str_equal(str_cut(&others, ','), name))
                return "names a key twice";
        }
    }
    return NULL;
}

static bool
has_key(const struct parameters *list, unsigned key)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i].key == key)
            return true;
    }
    return false;
}
