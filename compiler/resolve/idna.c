/*
 * The only file that knows libidn2: IDNA2008 with the mapping of UTS 46, non-
 * transitional, as browsers and registries read names.
 */
#include "resolve/idna.h"

#include "base/trace.h"

#include "base/utf8.h"

#include <idn2.h>

/* A host has 253 characters of four bytes, and its letters may carry marks
 * that the mapping joins to them. */
enum { IDNA_INPUT_MAX = 2048 };

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
    if (idn2_lookup_u8((const uint8_t *)arena_cstr(arena, host), &found,
                       flags) != IDN2_OK)
        return false;
    *ascii = arena_copy(arena, str_from((const char *)found));
    trace_derived(arena, *ascii, host, false);
    idn2_free(found);
    return true;
}

struct str
idna_to_unicode(struct arena *arena, struct str host)
{
    if (!needs_idna(host) || !is_readable(host))
        return host;
    char *found = NULL;
    if (idn2_to_unicode_8z8z(arena_cstr(arena, host), &found, 0) != IDN2_OK)
        return host;
    struct str unicode = arena_copy(arena, str_from(found));
    idn2_free(found);
    return unicode;
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
