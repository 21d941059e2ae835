/*
 * Quantities to whole numbers of their smallest unit and back, exactly: what
 * would have to be rounded is a fault. Kubernetes' own grammar allows more.
 */
#include "ir/quantity.h"

#include "base/buf.h"

#include <assert.h>

enum { PERCENT_UNIT = 1000, PRICE_UNIT = 1000000, MONTH_HOURS = 730 };

struct unit {
    struct str name;
    int64_t size; /* in the smallest unit */
};

/* A number as written: `1.50` is 1 and the digits `50`. */
struct decimal {
    int64_t whole;
    struct str fraction;
    struct str unit; /* the letters behind it */
};

#define KI ((int64_t)1024)
#define KILO ((int64_t)1000)

static const struct unit binary_units[] = {
    {STR_INIT("Ei"), KI *KI *KI *KI *KI *KI},
    {STR_INIT("Pi"), KI *KI *KI *KI *KI},
    {STR_INIT("Ti"), KI *KI *KI *KI},
    {STR_INIT("Gi"), KI *KI *KI},
    {STR_INIT("Mi"), KI *KI},
    {STR_INIT("Ki"), KI},
};
static const struct unit decimal_units[] = {
    {STR_INIT("k"), KILO},
    {STR_INIT("M"), KILO *KILO},
    {STR_INIT("G"), KILO *KILO *KILO},
    {STR_INIT("T"), KILO *KILO *KILO *KILO},
    {STR_INIT("P"), KILO *KILO *KILO *KILO *KILO},
    {STR_INIT("E"), KILO *KILO *KILO *KILO *KILO *KILO},
};
static const struct unit cpu_units[] = {
    {STR_INIT(""), 1000},
    {STR_INIT("m"), 1},
};
/* From the largest: a combined duration goes down this list. */
static const struct unit duration_units[] = {
    {STR_INIT("w"), INT64_C(604800000)}, {STR_INIT("d"), INT64_C(86400000)},
    {STR_INIT("h"), INT64_C(3600000)},   {STR_INIT("min"), INT64_C(60000)},
    {STR_INIT("s"), INT64_C(1000)},      {STR_INIT("ms"), INT64_C(1)},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static enum quantity_fault decimal_cut(struct str *text,
                                       struct decimal *decimal);
static const struct unit *unit_find(const struct unit *units, size_t count,
                                    struct str name);
static enum quantity_fault scale(const struct decimal *decimal, int64_t size,
                                 int64_t *number);
static struct str digits_cut(struct str *text);

enum quantity_fault
memory_read(struct str text, int64_t *bytes)
{
    struct decimal decimal;
    enum quantity_fault fault = decimal_cut(&text, &decimal);
    if (fault != QUANTITY_OK)
        return fault;
    if (!is_str_empty(text))
        return QUANTITY_BAD;
    if (is_str_empty(decimal.unit))
        return QUANTITY_NO_UNIT;
    if (is_str_equal(decimal.unit, STR("m")))
        return QUANTITY_MILLIBYTES;
    const struct unit *unit =
        unit_find(binary_units, COUNT(binary_units), decimal.unit);
    if (unit)
        return scale(&decimal, unit->size, bytes);
    unit = unit_find(decimal_units, COUNT(decimal_units), decimal.unit);
    if (!unit)
        return QUANTITY_BAD;
    fault = scale(&decimal, unit->size, bytes);
    return fault == QUANTITY_OK ? QUANTITY_DECIMAL : fault;
}

enum quantity_fault
cpu_read(struct str text, int64_t *millicores)
{
    struct decimal decimal;
    enum quantity_fault fault = decimal_cut(&text, &decimal);
    if (fault != QUANTITY_OK)
        return fault;
    const struct unit *unit =
        unit_find(cpu_units, COUNT(cpu_units), decimal.unit);
    if (!unit || !is_str_empty(text))
        return QUANTITY_BAD;
    return scale(&decimal, unit->size, millicores);
}

/* Parts go from large to small, and only the last may have a fraction. `5m`
 * is none: it would be five minutes to one reader, five milli to another. */
enum quantity_fault
duration_read(struct str text, int64_t *milliseconds)
{
    const struct unit *smaller = duration_units;
    const struct unit *end = duration_units + COUNT(duration_units);
    int64_t sum = 0;
    do {
        struct decimal decimal;
        enum quantity_fault fault = decimal_cut(&text, &decimal);
        if (fault != QUANTITY_OK)
            return fault;
        if (is_str_empty(decimal.unit))
            return smaller == duration_units && is_str_empty(text)
                       ? QUANTITY_NO_UNIT
                       : QUANTITY_BAD;
        const struct unit *unit =
            unit_find(smaller, (size_t)(end - smaller), decimal.unit);
        if (!unit || (!is_str_empty(text) && !is_str_empty(decimal.fraction)))
            return QUANTITY_BAD;
        int64_t part = 0;
        fault = scale(&decimal, unit->size, &part);
        if (fault != QUANTITY_OK)
            return fault;
        if (part > INT64_MAX - sum)
            return QUANTITY_TOO_LARGE;
        sum += part;
        smaller = unit + 1;
    } while (!is_str_empty(text));
    *milliseconds = sum;
    return QUANTITY_OK;
}

/* A number whose unit is no letter but what is left of the text. */
static enum quantity_fault
plain_cut(struct str *text, struct decimal *decimal)
{
    enum quantity_fault fault = decimal_cut(text, decimal);
    if (fault != QUANTITY_OK)
        return fault;
    if (!is_str_empty(decimal->unit))
        return QUANTITY_BAD;
    return is_str_empty(*text) ? QUANTITY_NO_UNIT : QUANTITY_OK;
}

enum quantity_fault
percent_read(struct str text, int64_t *milli_percent)
{
    struct decimal decimal;
    enum quantity_fault fault = plain_cut(&text, &decimal);
    if (fault != QUANTITY_OK)
        return fault;
    if (!is_str_equal(text, STR("%")))
        return QUANTITY_BAD;
    return scale(&decimal, PERCENT_UNIT, milli_percent);
}

enum quantity_fault
price_read(struct str text, int64_t *micros)
{
    struct decimal decimal;
    enum quantity_fault fault = plain_cut(&text, &decimal);
    if (fault != QUANTITY_OK)
        return fault;
    bool is_hourly = is_str_equal(text, STR("/hour"));
    if (!is_hourly && !is_str_equal(text, STR("/month")))
        return QUANTITY_BAD;
    int64_t price = 0;
    fault = scale(&decimal, PRICE_UNIT, &price);
    if (fault != QUANTITY_OK)
        return fault;
    if (is_hourly &&
        __builtin_mul_overflow(price, (int64_t)MONTH_HOURS, &price))
        return QUANTITY_TOO_LARGE;
    *micros = price;
    return QUANTITY_OK;
}

struct str
memory_text(struct arena *arena, int64_t bytes)
{
    assert(bytes >= 0);
    for (size_t i = 0; bytes > 0 && i < COUNT(binary_units); i++) {
        const struct unit *unit = &binary_units[i];
        if (bytes % unit->size == 0)
            return arena_format(
                arena, "{}{}",
                STRS(arena_number(arena, bytes / unit->size), unit->name));
    }
    return arena_number(arena, bytes);
}

struct str
cpu_text(struct arena *arena, int64_t millicores)
{
    assert(millicores >= 0);
    if (millicores % 1000 == 0)
        return arena_number(arena, millicores / 1000);
    return arena_format(arena, "{}m", STRS(arena_number(arena, millicores)));
}

/* The largest unit that divides it; no weeks, and one day is 24h, because
 * that is how people write a day's wait. */
struct str
duration_text(struct arena *arena, int64_t milliseconds)
{
    assert(milliseconds >= 0);
    for (size_t i = 1; milliseconds > 0 && i < COUNT(duration_units); i++) {
        const struct unit *unit = &duration_units[i];
        bool is_one_day = i == 1 && milliseconds == unit->size;
        if (milliseconds % unit->size == 0 && !is_one_day)
            return arena_format(
                arena, "{}{}",
                STRS(arena_number(arena, milliseconds / unit->size),
                     unit->name));
    }
    return STR("0s");
}

/* With as many places behind the point as it needs. */
static void
decimal_add(struct buf *buf, int64_t number, int64_t unit)
{
    int64_t rest = number % unit;
    buf_number(buf, number / unit);
    if (rest > 0)
        buf_byte(buf, '.');
    for (int64_t place = unit / 10; rest > 0; place /= 10) {
        buf_byte(buf, (char)('0' + rest / place));
        rest %= place;
    }
}

struct str
percent_text(struct arena *arena, int64_t milli_percent)
{
    assert(milli_percent >= 0);
    struct buf buf;
    buf_init(&buf, arena);
    decimal_add(&buf, milli_percent, PERCENT_UNIT);
    buf_byte(&buf, '%');
    return buf_str(&buf);
}

struct str
price_text(struct arena *arena, int64_t micros)
{
    assert(micros >= 0);
    struct buf buf;
    buf_init(&buf, arena);
    decimal_add(&buf, micros, PRICE_UNIT);
    buf_add(&buf, STR("/month"));
    return buf_str(&buf);
}

int64_t
duration_seconds(int64_t milliseconds)
{
    assert(milliseconds >= 0);
    return milliseconds / 1000 + (milliseconds % 1000 != 0);
}

/* decimal = digits ["." digits] letters, cut off the front of `*text`. No
 * sign, no exponent, and no zero before another digit, which looks octal. */
static enum quantity_fault
decimal_cut(struct str *text, struct decimal *decimal)
{
    struct str whole = digits_cut(text);
    bool has_point = text->len > 0 && text->at[0] == '.';
    if (has_point)
        *text = str_slice(*text, 1, text->len);
    decimal->fraction = has_point ? digits_cut(text) : STR("");
    if (is_str_empty(whole) || (has_point && is_str_empty(decimal->fraction)) ||
        (whole.len > 1 && whole.at[0] == '0'))
        return QUANTITY_BAD;

    size_t end = 0;
    while (end < text->len && is_ascii_alpha(text->at[end]))
        end++;
    decimal->unit = str_slice(*text, 0, end);
    *text = str_slice(*text, end, text->len);
    return str_to_number(whole, &decimal->whole) ? QUANTITY_OK
                                                 : QUANTITY_TOO_LARGE;
}

static struct str
digits_cut(struct str *text)
{
    size_t end = 0;
    while (end < text->len && is_ascii_digit(text->at[end]))
        end++;
    struct str digits = str_slice(*text, 0, end);
    *text = str_slice(*text, end, text->len);
    return digits;
}

static const struct unit *
unit_find(const struct unit *units, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (is_str_equal(units[i].name, name))
            return &units[i];
    return NULL;
}

/* The fraction times the size, digit by digit from the right: the product's
 * digits behind the point must be zeros. The carry stays below the size, and
 * ten times 2^60 fits. */
static enum quantity_fault
scale(const struct decimal *decimal, int64_t size, int64_t *number)
{
    uint64_t carry = 0;
    bool is_whole = true;
    for (size_t i = decimal->fraction.len; i > 0; i--) {
        uint64_t digit = (uint64_t)(decimal->fraction.at[i - 1] - '0');
        carry += digit * (uint64_t)size;
        is_whole = is_whole && carry % 10 == 0;
        carry /= 10;
    }
    if (decimal->whole > (INT64_MAX - (int64_t)carry) / size)
        return QUANTITY_TOO_LARGE;
    if (!is_whole)
        return QUANTITY_TOO_FINE;
    *number = decimal->whole * size + (int64_t)carry;
    return QUANTITY_OK;
}
