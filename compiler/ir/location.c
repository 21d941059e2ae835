/*
 * LOC (RFC 1876): DEGREES [MINUTES [SECONDS]] N|S, the same E|W, ALTITUDE, and
 * up to three sizes in metres. What a name server holds of a size is one digit
 * and a power of ten, in centimetres.
 */
#include "ir/field.h"

enum { THOUSAND = 1000, SIZE_DIGIT = 9, SIZE_COUNT = 3 };
static const int64_t SIZE_MAX_CM = 9000000000;    /* 9e9 */
static const int64_t ALTITUDE_MIN_CM = -10000000; /* RFC 1876 2 */
static const int64_t ALTITUDE_MAX_CM = 4284967295;

static bool read_angle(struct str *rest, int64_t degrees_max, char positive,
                       char negative, struct buf *out);
static bool read_fixed(struct str text, size_t places, int64_t most,
                       int64_t *number);
static void add_angle(struct buf *out, const int64_t parts[3], char side);
static bool read_metres(struct str text, int64_t least, int64_t most,
                        int64_t *centimetres);
static void add_metres(struct buf *out, int64_t centimetres);
static struct str cut_word(struct str *rest);
static int64_t kept_of(int64_t centimetres);

bool
location_read(struct arena *arena, struct str text, struct str *out)
{
    int64_t sizes[SIZE_COUNT] = {100, 1000000, 1000}; /* 1m, 10km, 10m */
    int64_t altitude;
    struct buf written;
    buf_init(&written, arena);
    if (!read_angle(&text, 90, 'N', 'S', &written) ||
        !read_angle(&text, 180, 'E', 'W', &written) ||
        !read_metres(cut_word(&text), ALTITUDE_MIN_CM, ALTITUDE_MAX_CM,
                     &altitude))
        return false;
    for (size_t i = 0; i < SIZE_COUNT && text.len > 0; i++) {
        if (!read_metres(cut_word(&text), 0, SIZE_MAX_CM, &sizes[i]))
            return false;
    }
    add_metres(&written, altitude);
    for (size_t i = 0; i < SIZE_COUNT; i++) {
        buf_byte(&written, ' ');
        add_metres(&written, kept_of(sizes[i]));
    }
    *out = buf_str(&written);
    return text.len == 0;
}

static bool
read_angle(struct str *rest, int64_t degrees_max, char positive, char negative,
           struct buf *out)
{
    int64_t parts[3] = {0}; /* degrees, minutes, thousandths of seconds */
    static const size_t places[] = {0, 0, 3};
    const int64_t most[] = {degrees_max, 59, 59999};
    for (size_t i = 0; i < 4; i++) {
        struct str word = cut_word(rest);
        char side = word.len == 1 ? word.at[0] : '\0';
        if (side >= 'a' && side <= 'z')
            side = (char)(side - 'a' + 'A');
        if (i > 0 && (side == positive || side == negative)) {
            add_angle(out, parts, side);
            return parts[0] < degrees_max || parts[1] + parts[2] == 0;
        }
        if (i == 3 || !read_fixed(word, places[i], most[i], &parts[i]))
            return false;
    }
    return false;
}

/* Digits, and up to `places` more behind a dot. */
static bool
read_fixed(struct str text, size_t places, int64_t most, int64_t *number)
{
    struct str whole = str_cut(&text, '.');
    int64_t fraction = 0;
    if (!str_to_number(whole, number) || *number > most || text.len > places ||
        (text.len > 0 && !str_to_number(text, &fraction)))
        return false;
    for (size_t i = 0; i < places; i++) {
        *number *= 10;
        fraction *= i < text.len ? 1 : 10;
    }
    *number += fraction;
    return *number <= most;
}

static void
add_angle(struct buf *out, const int64_t parts[3], char side)
{
    buf_number(out, parts[0]);
    buf_byte(out, ' ');
    buf_number(out, parts[1]);
    buf_byte(out, ' ');
    buf_number(out, parts[2] / THOUSAND);
    buf_byte(out, '.');
    for (int64_t scale = THOUSAND / 10; scale > 0; scale /= 10)
        buf_byte(out, (char)('0' + parts[2] / scale % 10));
    buf_byte(out, ' ');
    buf_byte(out, side);
    buf_byte(out, ' ');
}

/* [-]METRES[.CC][m] */
static bool
read_metres(struct str text, int64_t least, int64_t most, int64_t *centimetres)
{
    bool is_negative = has_prefix(text, STR("-"));
    if (is_negative)
        text = str_slice(text, 1, text.len);
    if (has_suffix(text, STR("m")) || has_suffix(text, STR("M")))
        text = str_slice(text, 0, text.len - 1);
    if (!read_fixed(text, 2, INT64_MAX / THOUSAND, centimetres))
        return false;
    if (is_negative)
        *centimetres = -*centimetres;
    return *centimetres >= least && *centimetres <= most;
}

static void
add_metres(struct buf *out, int64_t centimetres)
{
    if (centimetres < 0) {
        buf_byte(out, '-');
        centimetres = -centimetres;
    }
    buf_number(out, centimetres / 100);
    buf_byte(out, '.');
    buf_byte(out, (char)('0' + centimetres / 10 % 10));
    buf_byte(out, (char)('0' + centimetres % 10));
    buf_byte(out, 'm');
}

static struct str
cut_word(struct str *rest)
{
    *rest = str_trim(*rest);
    struct str word = str_cut(rest, ' ');
    *rest = str_trim(*rest);
    return word;
}

static int64_t
kept_of(int64_t centimetres)
{
    int64_t scale = 1;
    while (centimetres / scale > SIZE_DIGIT)
        scale *= 10;
    return centimetres / scale * scale;
}
