#include "foreign/scalar.h"

#include "base/buf.h"

static bool is_one_of(struct str text, const char *words);
static bool resolve_integer(struct arena *arena, struct str plain,
                            struct str *text);
static bool resolve_number(struct arena *arena, struct str plain,
                           struct str *text, enum raw_kind *kind);

enum { WHOLE_DIGITS_MAX = 18 }; /* fit into 64 bits for sure */

enum raw_kind
scalar_resolve(struct arena *arena, struct str plain, struct str *text)
{
    if (is_str_empty(plain) || is_one_of(plain, "~ null Null NULL")) {
        *text = STR("null");
        return RAW_NULL;
    }
    if (is_one_of(plain, "true True TRUE yes Yes YES on On ON")) {
        *text = STR("true");
        return RAW_BOOL;
    }
    if (is_one_of(plain, "false False FALSE no No NO off Off OFF")) {
        *text = STR("false");
        return RAW_BOOL;
    }
    if (resolve_integer(arena, plain, text))
        return RAW_INTEGER;
    enum raw_kind kind = RAW_NUMBER;
    if (resolve_number(arena, plain, text, &kind))
        return kind;
    *text = plain;
    return RAW_TEXT;
}

bool
is_scalar_without_json(struct str plain)
{
    if (has_prefix(plain, STR("+")) || has_prefix(plain, STR("-")))
        plain = str_slice(plain, 1, plain.len);
    return is_one_of(plain, ".inf .Inf .INF .nan .NaN .NAN");
}

static bool
is_one_of(struct str text, const char *words)
{
    struct str rest = str_from(words);
    while (!is_str_empty(rest)) {
        if (is_str_equal(str_cut(&rest, ' '), text))
            return true;
    }
    return false;
}

static bool
cut_sign(struct str *text)
{
    bool is_negative = has_prefix(*text, STR("-"));
    if (is_negative || has_prefix(*text, STR("+")))
        *text = str_slice(*text, 1, text->len);
    return is_negative;
}

/* 0x, 0o, 0b and a leading zero, which is octal too. */
static uint64_t
cut_base(struct str *digits)
{
    static const struct {
        const char *prefix;
        uint64_t base;
    } bases[] = {{"0x", 16}, {"0X", 16}, {"0o", 8}, {"0b", 2}, {"0", 8}};
    for (size_t i = 0; digits->len > 1 && i < sizeof bases / sizeof bases[0];
         i++) {
        struct str prefix = str_from(bases[i].prefix);
        if (!has_prefix(*digits, prefix))
            continue;
        *digits = str_slice(*digits, prefix.len, digits->len);
        return bases[i].base;
    }
    return 10;
}

static uint64_t
digit_value(char byte)
{
    byte = ascii_lower(byte);
    if (is_ascii_digit(byte))
        return (uint64_t)(byte - '0');
    return is_ascii_alpha(byte) ? (uint64_t)(byte - 'a') + 10 : UINT64_MAX;
}

/* Underscores between digits do not count. False when a digit is wrong, there
 * is none, or the number does not fit. */
static bool
read_digits(struct str digits, uint64_t base, uint64_t *number)
{
    bool has_digit = false;
    *number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        uint64_t value = digit_value(digits.at[i]);
        if (digits.at[i] == '_' && has_digit)
            continue;
        if (value >= base || *number > (INT64_MAX - value) / base)
            return false;
        *number = *number * base + value;
        has_digit = true;
    }
    return has_digit;
}

static bool
resolve_integer(struct arena *arena, struct str plain, struct str *text)
{
    uint64_t number;
    bool is_negative = cut_sign(&plain);
    uint64_t base = cut_base(&plain);
    if (!read_digits(plain, base, &number))
        return false;
    *text =
        arena_number(arena, is_negative ? -(int64_t)number : (int64_t)number);
    return true;
}

static struct str
cut_digits(struct str *rest)
{
    size_t end = 0;
    while (end < rest->len && is_ascii_digit(rest->at[end]))
        end++;
    struct str digits = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return digits;
}

static bool
cut_byte(struct str *rest, char byte)
{
    bool is_there = rest->len > 0 && ascii_lower(rest->at[0]) == byte;
    if (is_there)
        *rest = str_slice(*rest, 1, rest->len);
    return is_there;
}

/* Leading zeros are not JSON; the last digit stays. */
static struct str
without_zeros(struct str digits)
{
    while (digits.len > 1 && digits.at[0] == '0')
        digits = str_slice(digits, 1, digits.len);
    return is_str_empty(digits) ? STR("0") : digits;
}

static struct str
without_last_zeros(struct str digits)
{
    while (has_suffix(digits, STR("0")))
        digits = str_slice(digits, 0, digits.len - 1);
    return digits;
}

/* 1.5e3 is the whole number 1500, and 1.0 is 1. */
static bool
add_whole(struct buf *buf, struct str whole, struct str part,
          struct str exponent)
{
    int64_t zeros = 0;
    if ((exponent.len > 0 && !str_to_number(exponent, &zeros)) ||
        zeros < (int64_t)part.len ||
        zeros + (int64_t)whole.len > WHOLE_DIGITS_MAX)
        return false;
    struct str digits = arena_format(buf->arena, "{}{}", STRS(whole, part));
    buf_add(buf, without_zeros(digits));
    buf_repeat(buf, '0', (size_t)zeros - part.len);
    return true;
}

/* What stands behind the sign: DIGITS [. DIGITS] [e [SIGN] DIGITS]. Spelled
 * so that YAML 1.1, which wants a point and the exponent's sign, sees a number
 * too. False when it is none. */
static bool
add_number(struct buf *buf, struct str plain, enum raw_kind *kind)
{
    struct str whole = cut_digits(&plain);
    bool has_point = cut_byte(&plain, '.');
    struct str part = has_point ? cut_digits(&plain) : STR("");
    bool has_exponent = cut_byte(&plain, 'e');
    bool is_small = has_exponent && cut_sign(&plain);
    struct str exponent = has_exponent ? cut_digits(&plain) : STR("");
    if (whole.len + part.len == 0 || !is_str_empty(plain) ||
        (has_exponent && is_str_empty(exponent)))
        return false;
    part = without_last_zeros(part);
    *kind = RAW_INTEGER;
    if (!is_small && add_whole(buf, whole, part, exponent))
        return true;
    *kind = RAW_NUMBER;
    buf_add(buf, without_zeros(whole));
    if (part.len > 0 || has_exponent)
        buf_format(buf, ".{}", STRS(is_str_empty(part) ? STR("0") : part));
    if (has_exponent)
        buf_format(buf, "e{}{}",
                   STRS(is_small ? STR("-") : STR("+"), exponent));
    return true;
}

static bool
resolve_number(struct arena *arena, struct str plain, struct str *text,
               enum raw_kind *kind)
{
    struct buf buf;
    buf_init(&buf, arena);
    if (cut_sign(&plain))
        buf_byte(&buf, '-');
    if (!add_number(&buf, plain, kind))
        return false;
    *text = buf_str(&buf);
    return true;
}
