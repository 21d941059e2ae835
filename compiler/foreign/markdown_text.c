#include "foreign/markdown_text.h"

#include "base/buf.h"

/* A piece that is being read. */
struct piece {
    struct buf *buf;
    struct str text;
    size_t at;
    bool is_code;
    size_t first_opening; /* run of stars; the text's end when there is none */
    size_t last_closing;  /* or 0 */
    size_t run_end;       /* of the stars that are being read */
    bool is_run_paired;
};

static const struct {
    struct str entity;
    struct str text;
} entities[] = {
    {STR_INIT("&amp;"), STR_INIT("&")},   {STR_INIT("&lt;"), STR_INIT("<")},
    {STR_INIT("&gt;"), STR_INIT(">")},    {STR_INIT("&quot;"), STR_INIT("\"")},
    {STR_INIT("&nbsp;"), STR_INIT(" ")},  {STR_INIT("&#124;"), STR_INIT("|")},
    {STR_INIT("&ndash;"), STR_INIT("–")},
};

static void take_byte(struct piece *piece);
static bool take_escape(struct piece *piece);
static bool take_entity(struct piece *piece);
static bool take_tag(struct piece *piece);
static bool take_link(struct piece *piece);
static void find_stars(struct piece *piece);
static bool is_mark(struct piece *piece);

struct str
markdown_plain(struct arena *arena, struct str text)
{
    struct buf buf;
    struct piece piece = {.buf = &buf, .text = text};
    buf_init(&buf, arena);
    find_stars(&piece);
    while (piece.at < text.len)
        take_byte(&piece);
    return str_trim(buf_str(&buf));
}

static void
take_byte(struct piece *piece)
{
    char byte = piece->text.at[piece->at];
    if (byte == '`') {
        piece->is_code = !piece->is_code;
        piece->at++;
        return;
    }
    if (take_escape(piece))
        return;
    if (!piece->is_code &&
        (take_entity(piece) || take_tag(piece) || take_link(piece)))
        return;
    if (piece->is_code || !is_mark(piece))
        buf_byte(piece->buf, byte);
    piece->at++;
}

/* In a table `\|` is a bar even in code. */
static bool
take_escape(struct piece *piece)
{
    static const struct str marks =
        STR_INIT("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    struct str text = piece->text;
    size_t next = piece->at + 1;
    if (text.at[piece->at] != '\\' || next == text.len ||
        !has_byte(marks, text.at[next]) ||
        (piece->is_code && text.at[next] != '|'))
        return false;
    buf_byte(piece->buf, text.at[next]);
    piece->at += 2;
    return true;
}

static bool
take_entity(struct piece *piece)
{
    struct str rest = str_slice(piece->text, piece->at, piece->text.len);
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (has_prefix(rest, entities[i].entity)) {
            buf_add(piece->buf, entities[i].text);
            piece->at += entities[i].entity.len;
            return true;
        }
    }
    return false;
}

/* A tag says nothing, an address in angles says itself. */
static bool
take_tag(struct piece *piece)
{
    struct str text = piece->text;
    size_t start = piece->at + 1;
    if (text.at[piece->at] != '<' || start == text.len ||
        (!is_ascii_alpha(text.at[start]) && text.at[start] != '/' &&
         text.at[start] != '!'))
        return false;
    size_t end = start;
    while (end < text.len && text.at[end] != '>' && text.at[end] != '<')
        end++;
    if (end == text.len || text.at[end] == '<')
        return false;
    struct str inside = str_slice(text, start, end);
    if (has_prefix(inside, STR("http")))
        buf_add(piece->buf, inside);
    piece->at = end + 1;
    return true;
}

/* Of `[text](address)` the brackets and the address go. */
static bool
take_link(struct piece *piece)
{
    struct str text = piece->text;
    char byte = text.at[piece->at];
    if (byte == '[') {
        piece->at++;
        return true;
    }
    if (byte != ']')
        return false;
    piece->at++;
    if (piece->at < text.len && text.at[piece->at] == '(') {
        size_t end = str_index(text, ')', piece->at);
        piece->at = end < text.len ? end + 1 : end;
    }
    return true;
}

/* What is before the text is past its end too. */
static bool
is_blank_at(struct str text, size_t at)
{
    return at >= text.len || text.at[at] == ' ' || text.at[at] == '\t';
}

static size_t
stars_end(struct str text, size_t at)
{
    while (at < text.len && text.at[at] == '*')
        at++;
    return at;
}

/* Stars open what they stand before, and close what they stand behind. */
static void
find_stars(struct piece *piece)
{
    struct str text = piece->text;
    size_t end;
    piece->first_opening = text.len;
    for (size_t at = str_index(text, '*', 0); at < text.len;
         at = str_index(text, '*', end)) {
        end = stars_end(text, at);
        if (piece->first_opening == text.len && !is_blank_at(text, end))
            piece->first_opening = at;
        if (!is_blank_at(text, at - 1))
            piece->last_closing = at;
    }
}

/* Those of the schedule `0 3 * * *` are none, nor is one alone. */
static bool
are_stars_paired(struct piece *piece)
{
    struct str text = piece->text;
    size_t at = piece->at;
    if (at >= piece->run_end) {
        piece->run_end = stars_end(text, at);
        piece->is_run_paired =
            (!is_blank_at(text, piece->run_end) && piece->last_closing > at) ||
            (!is_blank_at(text, at - 1) && piece->first_opening < at);
    }
    return piece->is_run_paired;
}

/* Emphasis; inside of a word `_` is a letter (CommonMark 6.2). */
static bool
is_mark(struct piece *piece)
{
    struct str text = piece->text;
    size_t at = piece->at;
    if (text.at[at] == '*')
        return are_stars_paired(piece);
    if (text.at[at] != '_')
        return false;
    bool has_left = at > 0 && is_ascii_alnum(text.at[at - 1]);
    bool has_right = at + 1 < text.len && is_ascii_alnum(text.at[at + 1]);
    return !has_left || !has_right;
}

size_t
markdown_break(struct str text, size_t at, size_t *next)
{
    for (size_t i = at; i + 3 < text.len; i++) {
        struct str name = str_slice(text, i, i + 3);
        size_t end = i + 3;
        if (!is_str_equal_nocase(name, STR("<br")))
            continue;
        while (end < text.len && (text.at[end] == ' ' || text.at[end] == '/'))
            end++;
        if (end < text.len && text.at[end] == '>') {
            *next = end + 1;
            return i;
        }
    }
    *next = text.len;
    return text.len;
}
