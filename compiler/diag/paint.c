/*
 * Styles and visible text. What is shown where is the renderers' business.
 */
#include "diag/paint.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

struct style_row {
    struct str tag;
    struct str ansi; /* parameters of "select graphic rendition" */
};

static const struct style_row style_rows[] = {
    [STYLE_ERROR] = {STR_INIT("error"), STR_INIT("1;31")},
    [STYLE_WARNING] = {STR_INIT("warning"), STR_INIT("1;33")},
    [STYLE_INFO] = {STR_INIT("info"), STR_INIT("1;36")},
    [STYLE_HEADLINE] = {STR_INIT("headline"), STR_INIT("1")},
    [STYLE_GUTTER] = {STR_INIT("gutter"), STR_INIT("34")},
    [STYLE_NOTE] = {STR_INIT("note"), STR_INIT("1;36")},
    [STYLE_HELP] = {STR_INIT("help"), STR_INIT("1;32")},
};

static bool is_control(uint32_t code_point);
static void glyph_hex(struct glyph *glyph, const char *head, uint32_t number,
                      unsigned digits);
static void glyph_byte(struct glyph *glyph, char byte);

struct glyph
glyph_next(struct str text, size_t *offset)
{
    struct glyph glyph = {.len = 0};
    size_t start = *offset;
    uint32_t code_point = utf8_next(text, offset);
    if (code_point == UTF8_INVALID) {
        glyph_hex(&glyph, "<x", (unsigned char)text.at[start], 2);
    } else if (is_control(code_point) || is_invisible(code_point)) {
        glyph_hex(&glyph, "<U+", code_point, code_point > 0xFFFF ? 5 : 4);
    } else {
        struct str raw = str_slice(text, start, *offset);
        memcpy(glyph.bytes, raw.at, raw.len);
        glyph.len = raw.len;
        glyph.cells = utf8_width(raw);
    }
    return glyph;
}

void
add_visible(struct buf *buf, struct str text)
{
    size_t offset = 0;
    while (offset < text.len) {
        struct glyph glyph = glyph_next(text, &offset);
        buf_add(buf, (struct str){glyph.bytes, glyph.len});
    }
}

void
paint_open(struct buf *buf, enum color_mode color, enum style style)
{
    switch (color) {
    case COLOR_NONE:
        return;
    case COLOR_ANSI:
        buf_format(buf, "\033[{}m", STRS(style_rows[style].ansi));
        return;
    case COLOR_TAGS:
        buf_format(buf, "<{}>", STRS(style_rows[style].tag));
        return;
    }
}

void
paint_close(struct buf *buf, enum color_mode color, enum style style)
{
    switch (color) {
    case COLOR_NONE:
        return;
    case COLOR_ANSI:
        buf_add(buf, STR("\033[0m"));
        return;
    case COLOR_TAGS:
        buf_format(buf, "</{}>", STRS(style_rows[style].tag));
        return;
    }
}

void
paint(struct buf *buf, enum color_mode color, enum style style, struct str text)
{
    paint_open(buf, color, style);
    add_visible(buf, text);
    paint_close(buf, color, style);
}

enum style
style_of(enum severity severity)
{
    switch (severity) {
    case SEVERITY_OFF:
    case SEVERITY_INFO:
        return STYLE_INFO;
    case SEVERITY_WARNING:
        return STYLE_WARNING;
    case SEVERITY_ERROR:
        return STYLE_ERROR;
    }
    assert(false);
    return STYLE_INFO;
}

/* C0, DEL and C1. */
static bool
is_control(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F);
}

static void
glyph_hex(struct glyph *glyph, const char *head, uint32_t number,
          unsigned digits)
{
    for (; *head != '\0'; head++)
        glyph_byte(glyph, *head);
    while (digits > 0) {
        digits--;
        glyph_byte(glyph, "0123456789ABCDEF"[number >> 4 * digits & 0xF]);
    }
    glyph_byte(glyph, '>');
}

/* One byte that takes one cell. */
static void
glyph_byte(struct glyph *glyph, char byte)
{
    assert(glyph->len < sizeof glyph->bytes);
    glyph->bytes[glyph->len++] = byte;
    glyph->cells++;
}
