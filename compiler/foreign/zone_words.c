/*
 * Names, texts and times of a master file.
 */
#include "foreign/zone_reader.h"

#include "base/buf.h"
#include "ir/domain.h"

enum { LABEL_MAX = 63, NAME_BYTES_MAX = 255, DECIMAL_DIGITS = 3 };

/* A name while it is read. */
struct spelling {
    struct str rest;
    struct buf out;
    bool is_absolute;
    bool is_long;
    const char *fault; /* NULL: none so far */
};

static const char escape_rule[] =
    "a backslash takes three digits up to 255, or one other byte";

static void spell_label(struct spelling *spelling);
static void report_spelling(struct zone_reader *reader, struct zone_token token,
                            const struct spelling *spelling);
static size_t wire_bytes(struct str name);
static bool unescape(struct str text, size_t *at, unsigned *byte);
static int64_t unit_seconds(char unit);

struct diag *
report_zone_token(struct zone_reader *reader, const char *wants,
                  struct zone_token token)
{
    struct str found =
        token.kind >= ZONE_LINE_END
            ? STR("the end of the line")
            : arena_format(reader->arena, "`{}`", STRS(token.text));
    if (token.kind == ZONE_QUOTED)
        found =
            arena_format(reader->arena, "the text \"{}\"", STRS(token.text));
    return diag_add_as(reader->sink, DIAG_D40,
                       token.kind == ZONE_BROKEN ? SEVERITY_OFF
                                                 : SEVERITY_ERROR,
                       token.span, STRS(str_from(wants), found));
}

bool
is_zone_word(struct zone_token token, const char *word)
{
    return token.kind == ZONE_WORD &&
           is_str_equal_nocase(token.text, str_from(word));
}

/* RFC 1035 5.1: relative to the origin without a dot at its end. */
bool
read_zone_name(struct zone_reader *reader, struct zone_token token,
               struct str *name)
{
    struct spelling spelling = {.rest = token.text};
    if (token.kind != ZONE_WORD) {
        report_zone_token(reader, "a name", token);
        return false;
    }
    if (is_zone_word(token, "@") || is_zone_word(token, ".")) {
        *name = token.text.at[0] == '@' ? reader->origin : STR("");
        return true;
    }
    buf_init(&spelling.out, reader->arena);
    while (spelling.fault == NULL && spelling.rest.len > 0)
        spell_label(&spelling);
    *name = buf_str(&spelling.out);
    if (!spelling.is_absolute && !is_str_empty(reader->origin))
        *name = domain_join(reader->arena, *name, reader->origin);
    if (spelling.fault == NULL && wire_bytes(*name) > NAME_BYTES_MAX) {
        spelling.fault = "more than 255 bytes, with its origin";
        spelling.is_long = true;
    }
    if (spelling.fault == NULL)
        return true;
    report_spelling(reader, token, &spelling);
    return false;
}

/* One label and the dot behind it. */
static void
spell_label(struct spelling *spelling)
{
    size_t len = 0;
    size_t at = 0;
    struct str text = spelling->rest;
    struct buf label;
    buf_init(&label, spelling->out.arena);
    for (; at < text.len && text.at[at] != '.'; len++) {
        unsigned byte;
        if (!unescape(text, &at, &byte)) {
            spelling->fault = escape_rule;
            return;
        }
        buf_byte(&label, (char)byte);
    }
    add_label(&spelling->out, buf_str(&label));
    spelling->is_long = len > LABEL_MAX;
    if (len == 0)
        spelling->fault = "a label is empty";
    else if (spelling->is_long)
        spelling->fault = "a label of more than 63 bytes";
    spelling->is_absolute = at + 1 == text.len;
    spelling->rest = str_slice(text, at < text.len ? at + 1 : at, text.len);
}

static void
report_spelling(struct zone_reader *reader, struct zone_token token,
                const struct spelling *spelling)
{
    struct diag *diag =
        spelling->is_long
            ? diag_add(reader->sink, DIAG_D01, token.span, STRS(token.text))
            : report_zone_token(reader, "a name", token);
    diag_label(diag, spelling->fault, NO_STRS);
}

/* RFC 1035 3.1: a length before each label, and the root. */
static size_t
wire_bytes(struct str name)
{
    size_t bytes = name.len > 0 ? 2 : 1;
    for (size_t i = 0; i < name.len; i++) {
        i += is_name_escape(name, i) ? DECIMAL_DIGITS : 0;
        bytes++;
    }
    return bytes;
}

bool
read_zone_text(struct zone_reader *reader, struct zone_token token,
               struct str *text)
{
    struct buf out;
    buf_init(&out, reader->arena);
    if (token.kind > ZONE_QUOTED) {
        report_zone_token(reader, "a text", token);
        return false;
    }
    for (size_t i = 0; i < token.text.len;) {
        unsigned byte;
        if (!unescape(token.text, &i, &byte)) {
            struct diag *diag = report_zone_token(reader, "a text", token);
            diag_label(diag, escape_rule, NO_STRS);
            return false;
        }
        buf_byte(&out, (char)byte);
    }
    *text = buf_str(&out);
    return true;
}

bool
zone_ttl_read(struct str text, int64_t *seconds)
{
    int64_t total = 0;
    bool has_unit = false;
    while (text.len > 0) {
        size_t digits = 0;
        int64_t number;
        while (digits < text.len && is_ascii_digit(text.at[digits]))
            digits++;
        if (!str_to_number(str_slice(text, 0, digits), &number))
            return false;
        bool is_bare = digits == text.len;
        int64_t unit = is_bare ? 1 : unit_seconds(text.at[digits]);
        if (unit == 0 || (is_bare && has_unit) ||
            number > (INT64_MAX - total) / unit)
            return false;
        total += number * unit;
        has_unit = !is_bare;
        text = str_slice(text, is_bare ? digits : digits + 1, text.len);
    }
    *seconds = total;
    return true;
}

static int64_t
unit_seconds(char unit)
{
    switch (ascii_lower(unit)) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    case 'w':
        return 604800;
    }
    return 0;
}

/* One byte of a word, `\X` and `\DDD` undone; moves behind it. */
static bool
unescape(struct str text, size_t *at, unsigned *byte)
{
    int64_t number;
    size_t next = *at + 1;
    *byte = (unsigned char)text.at[*at];
    *at = next;
    if (*byte != '\\')
        return true;
    if (next >= text.len)
        return false;
    *byte = (unsigned char)text.at[next];
    *at = next + 1;
    if (!is_ascii_digit(text.at[next]))
        return true;
    if (next + DECIMAL_DIGITS > text.len ||
        !str_to_number(str_slice(text, next, next + DECIMAL_DIGITS), &number) ||
        number > UINT8_MAX)
        return false;
    *byte = (unsigned)number;
    *at = next + DECIMAL_DIGITS;
    return true;
}
