/*
 * UTF-8 as RFC 3629 section 4 defines it, and the width of code points.
 */
#include "base/utf8.h"

#include <assert.h>

/* Code points [first, last]. */
struct range {
    uint32_t first;
    uint32_t last;
};

static const struct range zero_ranges[] = {
#define RANGE(first, last) {first, last},
#include "base/utf8_zero.def"
};

static const struct range wide_ranges[] = {
#include "base/utf8_wide.def"
#undef RANGE
};

/* Variation selectors 15 and 16 are not here: emoji are written with them. */
static const struct range invisible_ranges[] = {
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* combining grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x115F, 0x1160},   /* Hangul fillers */
    {0x17B4, 0x17B5},   /* Khmer inherent vowels */
    {0x180B, 0x180F},   /* Mongolian selectors */
    {0x200B, 0x200F},   /* zero width, left-to-right and right-to-left marks */
    {0x2028, 0x202E},   /* separators, embeddings and overrides */
    {0x2060, 0x206F},   /* joiner, invisible operators, isolates */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xFE00, 0xFE0D},   /* variation selectors */
    {0xFEFF, 0xFEFF},   /* byte order mark */
    {0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
    {0xFFF9, 0xFFFB},   /* interlinear annotation */
    {0x1D173, 0x1D17A}, /* musical beams */
    {0xE0000, 0xE0FFF}, /* tags and variation selectors */
};

enum { RUN_BYTES = 128 };

static size_t plain_runs(struct str text, size_t from);
static bool is_run_plain(const char *at);
static uint32_t utf8_decode(const unsigned char *at, size_t count,
                            size_t *length);
static size_t sequence_length(unsigned char lead);
static size_t code_point_width(uint32_t code_point);
static bool is_in_ranges(const struct range *ranges, size_t count,
                         uint32_t code_point);

uint32_t
utf8_next(struct str text, size_t *offset)
{
    assert(*offset < text.len);
    const unsigned char *at = (const unsigned char *)text.at + *offset;
    size_t length = 1;
    uint32_t code_point = utf8_decode(at, text.len - *offset, &length);
    *offset += length;
    return code_point;
}

size_t
utf8_invalid(struct str text)
{
    size_t offset = 0;
    while (offset < text.len) {
        size_t start = offset;
        if ((unsigned char)text.at[offset] < 0x80)
            offset = utf8_plain_end(text, offset + 1);
        else if (utf8_next(text, &offset) == UTF8_INVALID)
            return start;
    }
    return text.len;
}

/* Whole runs begin at a multiple of their length, so that none is looked at
 * twice. */
size_t
utf8_plain_end(struct str text, size_t from)
{
    size_t at = from;
    for (;;) {
        if (at % RUN_BYTES == 0)
            at += plain_runs(text, at);
        if (at == text.len || !is_plain_ascii(text.at[at]))
            return at;
        at++;
    }
}

/* How many bytes are in runs of plain ASCII. */
static size_t
plain_runs(struct str text, size_t from)
{
    size_t at = from;
    while (text.len - at >= RUN_BYTES && is_run_plain(text.at + at))
        at += RUN_BYTES;
    return at - from;
}

/* So many bytes without a branch: compilers make it a few steps. */
static bool
is_run_plain(const char *at)
{
    unsigned char odd = 0;
    for (size_t i = 0; i < RUN_BYTES; i++)
        odd |= !is_plain_ascii(at[i]);
    return odd == 0;
}

void
utf8_add(struct buf *buf, uint32_t code_point)
{
    assert(code_point <= 0x10FFFF);
    assert(code_point < 0xD800 || code_point > 0xDFFF);
    if (code_point < 0x80) {
        buf_byte(buf, (char)code_point);
        return;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    /* As many leading ones as there are bytes. */
    uint32_t mark = 0xF00U >> length & 0xFFU;
    size_t shift = 6 * (length - 1);
    buf_byte(buf, (char)(mark | code_point >> shift));
    while (shift > 0) {
        shift -= 6;
        buf_byte(buf, (char)(0x80U | (code_point >> shift & 0x3FU)));
    }
}

size_t
utf8_width(struct str text)
{
    size_t width = 0;
    size_t offset = 0;
    while (offset < text.len)
        width += code_point_width(utf8_next(text, &offset));
    return width;
}

bool
is_invisible(uint32_t code_point)
{
    return is_in_ranges(invisible_ranges,
                        sizeof invisible_ranges / sizeof *invisible_ranges,
                        code_point);
}

/* The sequence at `at`, which has `count` bytes after it and itself; sets
 * `*length` only when it is valid. */
static uint32_t
utf8_decode(const unsigned char *at, size_t count, size_t *length)
{
    /* The least code point that needs so many bytes. */
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (at[0] < 0x80)
        return at[0];
    size_t wanted = sequence_length(at[0]);
    if (wanted == 0 || wanted > count)
        return UTF8_INVALID;
    uint32_t code_point = at[0] & (0x7FU >> wanted);
    for (size_t i = 1; i < wanted; i++) {
        if ((at[i] & 0xC0U) != 0x80)
            return UTF8_INVALID;
        code_point = code_point << 6 | (at[i] & 0x3FU);
    }
    bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (code_point < least[wanted] || code_point > 0x10FFFF || is_surrogate)
        return UTF8_INVALID;
    *length = wanted;
    return code_point;
}

/* 0 when no sequence of several bytes starts so. */
static size_t
sequence_length(unsigned char lead)
{
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

static size_t
code_point_width(uint32_t code_point)
{
    if (code_point < 0x80 || code_point == UTF8_INVALID)
        return 1;
    if (is_in_ranges(zero_ranges, sizeof zero_ranges / sizeof *zero_ranges,
                     code_point))
        return 0;
    return is_in_ranges(wide_ranges, sizeof wide_ranges / sizeof *wide_ranges,
                        code_point)
               ? 2
               : 1;
}

static bool
is_in_ranges(const struct range *ranges, size_t count, uint32_t code_point)
{
    /* Nearly all of every text is ASCII, below all ranges. */
    if (code_point < ranges[0].first)
        return false;
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[middle].last < code_point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ranges[low].first <= code_point;
}
