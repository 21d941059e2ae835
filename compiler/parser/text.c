/*
 * Texts and atoms, decoded. A piece of plain text is decoded into the arena
 * only when it holds an escape; else it points into the source.
 */
#include "parser/text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

struct text_reader {
    struct arena *arena;
    struct sink *sink; /* NULL: faults are not reported */
    struct str raw;
    uint32_t start; /* of `raw` in the source map */
    bool has_escapes;
    bool is_wrong; /* an escape was not understood */
    bool is_long;  /* lines lose `indent` blanks at their beginning */
    size_t indent;
    size_t at;
    size_t end;
    struct buf plain;
    size_t plain_start;
    struct vec pieces;
    bool has_paths;
};

static struct span
reader_span(const struct text_reader *reader, size_t from, size_t to)
{
    return (struct span){reader->start + (uint32_t)from,
                         reader->start + (uint32_t)to};
}

static void
add_piece(struct text_reader *reader, bool is_path, struct str text,
          size_t from, size_t to)
{
    struct piece *piece = vec_add(&reader->pieces);
    *piece = (struct piece){is_path, text, reader_span(reader, from, to)};
}

static void
end_plain(struct text_reader *reader)
{
    if (reader->plain.len > 0)
        add_piece(reader, false, buf_str(&reader->plain), reader->plain_start,
                  reader->at);
    buf_init(&reader->plain, reader->arena);
}

static void
plain_byte(struct text_reader *reader, char byte)
{
    if (reader->plain.len == 0)
        reader->plain_start = reader->at;
    buf_byte(&reader->plain, byte);
}

static void
bad_escape(struct text_reader *reader, size_t from, size_t to)
{
    reader->is_wrong = true;
    if (reader->sink == NULL)
        return;
    struct diag *diag =
        diag_add(reader->sink, DIAG_L27, reader_span(reader, from, to),
                 STRS(str_slice(reader->raw, from, to)));
    diag_help(diag, "a text takes \\n, \\t, \\\", \\\\ and \\u{{1F600}",
              NO_STRS);
}

/* \u{HEX}: one code point, no surrogate. */
static void
read_code_point(struct text_reader *reader)
{
    size_t from = reader->at;
    size_t at = from + 3;
    uint32_t point = 0;
    size_t digits = 0;
    if (from + 2 >= reader->end || reader->raw.at[from + 2] != '{') {
        bad_escape(reader, from, from + 2);
        reader->at += 2;
        return;
    }
    for (; at < reader->end && hex_digit(reader->raw.at[at]) >= 0; at++) {
        point = point < 0x110000
                    ? point * 16 + (uint32_t)hex_digit(reader->raw.at[at])
                    : point;
        digits++;
    }
    bool is_closed = at < reader->end && reader->raw.at[at] == '}';
    reader->at = is_closed ? at + 1 : at;
    if (!is_closed || digits == 0 || point > 0x10FFFF || point == 0 ||
        (point >= 0xD800 && point <= 0xDFFF)) {
        bad_escape(reader, from, reader->at);
        return;
    }
    if (reader->plain.len == 0)
        reader->plain_start = from;
    utf8_add(&reader->plain, point);
}

static void
read_escape(struct text_reader *reader)
{
    char byte =
        reader->at + 1 < reader->end ? reader->raw.at[reader->at + 1] : '\0';
    char plain = '\0';
    switch (byte) {
    case 'n':
        plain = '\n';
        break;
    case 't':
        plain = '\t';
        break;
    case '"':
    case '\\':
        plain = byte;
        break;
    case 'u':
        read_code_point(reader);
        return;
    }
    if (plain != '\0')
        plain_byte(reader, plain);
    else
        bad_escape(reader, reader->at, reader->at + (byte == '\0' ? 1 : 2));
    reader->at += byte == '\0' ? 1 : 2;
}

static void
read_path(struct text_reader *reader)
{
    size_t from = reader->at;
    size_t close = str_index(reader->raw, '}', from);
    if (close >= reader->end) {
        if (reader->sink != NULL && reader->has_escapes)
            diag_add(reader->sink, DIAG_L26,
                     reader_span(reader, from, from + 2), STRS(STR("`${`")));
        reader->at = reader->end;
        return;
    }
    end_plain(reader);
    reader->at = close + 1;
    add_piece(reader, true, str_trim(str_slice(reader->raw, from + 2, close)),
              from, close + 1);
    reader->has_paths = true;
}

static bool
is_at(const struct text_reader *reader, const char *text)
{
    return has_prefix(str_slice(reader->raw, reader->at, reader->end),
                      str_from(text));
}

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static void
skip_indent(struct text_reader *reader)
{
    size_t limit = reader->at + reader->indent;
    while (reader->at < reader->end && reader->at < limit &&
           is_blank(reader->raw.at[reader->at]))
        reader->at++;
}

static void
read_newline(struct text_reader *reader)
{
    plain_byte(reader, '\n');
    reader->at++;
    skip_indent(reader);
}

static void
read_pieces(struct text_reader *reader)
{
    while (reader->at < reader->end) {
        if (reader->is_long && is_at(reader, "\n")) {
            read_newline(reader);
        } else if (is_at(reader, "$$")) {
            plain_byte(reader, '$');
            reader->at += 2;
        } else if (is_at(reader, "${")) {
            read_path(reader);
        } else if (reader->has_escapes && is_at(reader, "\\")) {
            read_escape(reader);
        } else {
            plain_byte(reader, reader->raw.at[reader->at]);
            reader->at++;
        }
    }
    end_plain(reader);
}

/* Blanks before the closing quotes say how far a long text is indented. */
static size_t
long_text_indent(struct str raw)
{
    size_t end = raw.len - 3;
    size_t at = end;
    while (at > 3 && is_blank(raw.at[at - 1]))
        at--;
    return raw.at[at - 1] == '\n' ? end - at : 0;
}

static bool
is_long_text(struct str raw)
{
    return raw.len >= 6 && has_prefix(raw, STR("\"\"\"")) &&
           has_suffix(raw, STR("\"\"\""));
}

/* From the opening quotes to the first byte of a long text: a line that holds
 * them alone does not count. */
static void
open_long_text(struct text_reader *reader)
{
    reader->is_long = true;
    reader->indent = long_text_indent(reader->raw);
    reader->at = 3;
    reader->end = reader->raw.len - 3;
    size_t newline = str_index(reader->raw, '\n', 3);
    if (newline >= reader->end ||
        !is_str_empty(str_trim(str_slice(reader->raw, 3, newline)))) {
        skip_indent(reader);
        return;
    }
    reader->at = newline + 1;
    skip_indent(reader);
}

static bool
needs_reading(const struct text_reader *reader, struct str raw)
{
    return reader->is_long || has_byte(raw, '$') || has_byte(raw, '\\');
}

static void
set_plain(struct argument *argument, struct str text)
{
    argument->text = text;
    argument->piece_count = 0;
}

void
parse_text(struct arena *arena, struct sink *sink, struct argument *argument,
           struct str raw)
{
    bool is_quoted = argument->kind == ARGUMENT_TEXT;
    struct text_reader reader = {.arena = arena,
                                 .sink = sink,
                                 .raw = raw,
                                 .start = argument->span.start,
                                 .has_escapes = is_quoted,
                                 .end = raw.len};
    if (is_quoted && is_long_text(raw)) {
        open_long_text(&reader);
    } else if (is_quoted) {
        reader.at = 1;
        reader.end =
            raw.len > 1 && raw.at[raw.len - 1] == '"' ? raw.len - 1 : raw.len;
    }
    struct str inside = str_slice(reader.raw, reader.at, reader.end);
    if (!needs_reading(&reader, inside)) {
        set_plain(argument, inside);
        return;
    }
    buf_init(&reader.plain, arena);
    vec_init(&reader.pieces, arena, sizeof(struct piece));
    read_pieces(&reader);
    const struct piece *pieces = reader.pieces.items;
    if (reader.is_wrong)
        argument->kind = ARGUMENT_POISON;
    if (!reader.has_paths) {
        set_plain(argument, reader.pieces.count > 0 ? pieces[0].text : STR(""));
        return;
    }
    argument->text = inside;
    argument->pieces = pieces;
    argument->piece_count = (uint32_t)reader.pieces.count;
}

/* The source's own lines; escapes that make more of them do not count. */
const struct text_line *
text_lines(struct arena *arena, const struct argument *argument, struct str raw,
           size_t *count)
{
    struct vec lines;
    struct text_reader reader = {.raw = raw, .at = 1, .end = raw.len};
    struct str text = argument->text;
    size_t at = 0;
    vec_init(&lines, arena, sizeof(struct text_line));
    if (is_long_text(raw))
        open_long_text(&reader);
    while (reader.at < reader.end) {
        struct text_line *line = vec_add(&lines);
        *line =
            (struct text_line){at, argument->span.start + (uint32_t)reader.at};
        reader.at = str_index(raw, '\n', reader.at) + 1;
        at = str_index(text, '\n', at) + 1;
        if (at > text.len)
            break;
        skip_indent(&reader);
    }
    *count = lines.count;
    return lines.items;
}

struct str
parse_doc(struct arena *arena, struct str doc, struct str line)
{
    line = str_trim(str_slice(line, 2, line.len));
    if (is_str_empty(doc))
        return line;
    return arena_format(arena, "{}\n{}", STRS(doc, line));
}
