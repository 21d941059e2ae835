/*
 * The only file that knows libidn2: IDNA2008 with the mapping of UTS 46, non-
 * transitional, as browsers and registries read names.
 */
#include "ir/idna.h"

#include "base/buf.h"
#include "base/trace.h"

#include "base/utf8.h"

#include <idn2.h>

/* A host has 253 characters of four bytes, and its letters may carry marks
 * that the mapping joins to them. */
enum { IDNA_INPUT_MAX = 2048 };

static bool is_found(struct arena *arena, int result);
static struct str take_found(struct arena *arena, char *found);
static bool holds_label(struct str text);
static bool is_of_name(char byte);
static bool needs_idna(struct str host);
static bool is_readable(struct str host);

bool
idna_to_ascii(struct arena *arena, struct str host, struct str *ascii)
{
    if (!needs_idna(host)) {
        *ascii = host;
        return true;
    }
    if (!is_readable(host))
        return false;
    uint8_t *found = NULL;
    int flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL;
    int result =
        idn2_lookup_u8((const uint8_t *)arena_cstr(arena, host), &found, flags);
    if (!is_found(arena, result))
        return false;
    *ascii = take_found(arena, (char *)found);
    trace_derived(arena, *ascii, host, false);
    return true;
}

struct str
idna_to_unicode(struct arena *arena, struct str host)
{
    if (!needs_idna(host) || !is_readable(host))
        return host;
    char *found = NULL;
    if (!is_found(arena,
                  idn2_to_unicode_8z8z(arena_cstr(arena, host), &found, 0)))
        return host;
    struct str unicode = take_found(arena, found);
    struct str back;
    /* What decodes to letters that no name has is better seen as it is. */
    bool is_name =
        idna_to_ascii(arena, unicode, &back) && is_str_equal_nocase(back, host);
    return is_name ? unicode : host;
}

struct str
idna_shown(struct arena *arena, struct str text)
{
    struct buf shown;
    if (!holds_label(text))
        return text;
    buf_init(&shown, arena);
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        while (end < text.len && is_of_name(text.at[end]))
            end++;
        buf_add(&shown, idna_to_unicode(arena, str_slice(text, i, end)));
        if (end < text.len)
            buf_byte(&shown, text.at[end++]);
        i = end;
    }
    return buf_str(&shown);
}

static bool
is_found(struct arena *arena, int result)
{
    if (result == IDN2_MALLOC)
        arena_fail(arena);
    return result == IDN2_OK;
}

/* Into the arena. */
static struct str
take_found(struct arena *arena, char *found)
{
    struct hold hold = {.release = idn2_free, .thing = found};
    arena_hold(arena, &hold);
    struct str text = arena_copy(arena, str_from(found));
    arena_let_go(arena, &hold);
    idn2_free(found);
    return text;
}

static bool
holds_label(struct str text)
{
    for (size_t i = 0; i + 4 <= text.len; i++) {
        if (is_str_equal(str_slice(text, i, i + 4), STR("xn--")))
            return true;
    }
    return false;
}

static bool
is_of_name(char byte)
{
    return is_ascii_alnum(byte) || byte == '-' || byte == '.';
}

/* Has it a byte that is not ASCII, or a label that says it is an A-label? */
static bool
needs_idna(struct str host)
{
    for (size_t i = 0; i < host.len; i++)
        if ((unsigned char)host.at[i] >= 0x80)
            return true;
    for (struct str rest = host; !is_str_empty(rest);) {
        struct str label = str_cut(&rest, '.');
        if (label.len >= 4 &&
            is_str_equal_nocase(str_slice(label, 0, 4), STR("xn--")))
            return true;
    }
    return false;
}

/* libidn2 takes NUL-terminated UTF-8. */
static bool
is_readable(struct str host)
{
    return host.len <= IDNA_INPUT_MAX && utf8_invalid(host) == host.len &&
           !has_byte(host, '\0');
}
