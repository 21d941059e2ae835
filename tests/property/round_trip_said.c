/*
 * Messages, pictures and pages of a program that holds a hostile text.
 */
#include "round_trip_said.h"

#include "base/vec.h"
#include "support/yaml_tree.h"

#include <string.h>

/* ---- messages ----------------------------------------------------------- */

static struct str
messages_of(struct brx *brx, enum brx_format format)
{
    struct brx_text text = brx_messages(brx, format, BRX_NO_COLOR);
    return (struct str){text.at, text.len};
}

/* Bytes that move a cursor, colour or ring; and the marks that turn text
 * around (U+202A to U+202E, U+2066 to U+2069). */
static bool
has_obeyed(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if ((byte < 0x20 && byte != '\n') || byte == 0x7F)
            return true;
        if (i + 2 < text.len && byte == 0xE2 &&
            (memcmp(text.at + i, "\xE2\x80\xAA", 2) == 0
                 ? (unsigned char)text.at[i + 2] >= 0xAA &&
                       (unsigned char)text.at[i + 2] <= 0xAE
                 : memcmp(text.at + i, "\xE2\x81", 2) == 0 &&
                       (unsigned char)text.at[i + 2] >= 0xA6 &&
                       (unsigned char)text.at[i + 2] <= 0xA9))
            return true;
    }
    return false;
}

/* Does each `%` begin one of the escapes of a command? */
static bool
are_escapes(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        struct str rest = str_slice(text, i, text.len);
        if (text.at[i] == '%' && !has_prefix(rest, STR("%0A")) &&
            !has_prefix(rest, STR("%0D")) && !has_prefix(rest, STR("%25")) &&
            !has_prefix(rest, STR("%2C")) && !has_prefix(rest, STR("%3A")))
            return false;
    }
    return true;
}

/* `file=a,line=1,…`, with names that a runner knows, each once. */
static bool
are_properties(struct str text)
{
    static const char *const names[] = {
        "file=", "line=", "endLine=", "col=", "endColumn=", "title="};
    size_t at = 0;
    while (!is_str_empty(text)) {
        struct str property = str_cut(&text, ',');
        while (at < 6 && !has_prefix(property, str_from(names[at])))
            at++;
        if (at++ == 6 || has_byte(property, ':'))
            return false;
    }
    return true;
}

/* `::KIND PROPERTIES::MESSAGE`, as a runner cuts it. */
static bool
is_command(struct str line)
{
    static const char *const kinds[] = {"::error ", "::warning ", "::notice "};
    for (size_t i = 0; i < 3; i++) {
        if (!has_prefix(line, str_from(kinds[i])))
            continue;
        struct str rest = str_slice(line, str_from(kinds[i]).len, line.len);
        size_t end = str_index(rest, ':', 0);
        return end + 1 < rest.len && rest.at[end + 1] == ':' &&
               are_properties(str_slice(rest, 0, end)) && are_escapes(rest) &&
               !has_byte(rest, '\r');
    }
    return false;
}

static bool
are_commands(struct str text)
{
    while (!is_str_empty(text)) {
        if (!is_command(str_cut(&text, '\n')))
            return false;
    }
    return true;
}

struct str
fault_of_messages(struct arena *arena, struct brx *brx)
{
    static const enum brx_format data[] = {BRX_JSON, BRX_SARIF};
    if (has_obeyed(messages_of(brx, BRX_HUMAN)) ||
        has_obeyed(messages_of(brx, BRX_SHORT)))
        return STR("a message holds what a terminal obeys");
    if (!are_commands(messages_of(brx, BRX_GITHUB)))
        return STR("a message for GitHub begins a line of its own");
    for (size_t i = 0; i < sizeof data / sizeof data[0]; i++) {
        struct yaml_stream stream =
            read_yaml_libyaml(arena, messages_of(brx, data[i]));
        if (!is_str_empty(stream.message))
            return arena_format(arena, "messages as data: {}",
                                STRS(stream.message));
    }
    return STR("");
}

/* ---- pictures ----------------------------------------------------------- */

void
add_pictures(struct arena *arena, struct brx *brx, struct vec *documents)
{
    static const char *const kinds[] = {"promote", "request", "calls"};
    static const char *const forms[] = {"mermaid", "dot", "svg"};
    for (size_t i = 0; i < 9; i++) {
        struct brx_graph_choices choices = {.size = sizeof choices,
                                            .kind = brx_text(kinds[i / 3]),
                                            .form = brx_text(forms[i % 3])};
        struct brx_text text;
        if (brx_graph(brx, &choices, &text) != BRX_OK)
            continue;
        *(struct document *)vec_add(documents) = (struct document){
            arena_format(arena, "{}.{}",
                         STRS(str_from(kinds[i / 3]), str_from(forms[i % 3]))),
            arena_copy(arena, (struct str){text.at, text.len})};
    }
}

/* ---- forms -------------------------------------------------------------- */

/* Of a line: what stands outside of double quotes, every number as `0`. */
static struct str
outside_quotes(struct arena *arena, struct str line)
{
    struct buf buf;
    bool is_inside = false;
    buf_init(&buf, arena);
    for (size_t i = 0; i < line.len; i++) {
        char byte = line.at[i];
        bool is_number = is_ascii_digit(byte);
        if (byte == '\\' && is_inside)
            i++;
        else if (byte == '"')
            is_inside = !is_inside;
        else if (!is_inside &&
                 !(is_number && buf.len > 0 && buf.at[buf.len - 1] == '0'))
            buf_byte(&buf, is_number ? '0' : byte);
    }
    if (is_inside)
        buf_add(&buf, STR(" and a quote that nothing closes"));
    return buf_str(&buf);
}

/* Of a picture in SVG: the names of its tags, and an end where one opens. */
static struct str
tag_names(struct arena *arena, struct str line)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < line.len; i++) {
        if (line.at[i] != '<')
            continue;
        size_t end = i + 1;
        while (end < line.len &&
               has_byte(STR("/abcdefghijklmnopqrstuvwxyz"), line.at[end]))
            end++;
        buf_add(&buf, str_slice(line, i, end));
        buf_byte(&buf,
                 has_byte(str_slice(line, end, line.len), '>') ? '>' : '!');
    }
    return buf_str(&buf);
}

/* Where the code span that opens at `at` ends; `at` when nothing closes it
 * (CommonMark 6.1). */
static size_t
code_end(struct str line, size_t at)
{
    size_t run = 0;
    while (at + run < line.len && line.at[at + run] == '`')
        run++;
    for (size_t end = at + run; end < line.len;) {
        size_t closing = 0;
        while (end + closing < line.len && line.at[end + closing] == '`')
            closing++;
        if (closing == run)
            return end + closing;
        end += closing > 0 ? closing : 1;
    }
    return at;
}

/* Of a page: the marks that are neither escaped nor in code. Code with a `|`
 * in it is written as `<code>`, with its marks escaped; a text of several lines
 * in a cell has `<br>` between them. */
static struct str
page_marks(struct arena *arena, struct str line)
{
    struct buf buf;
    buf_init(&buf, arena);
    for (size_t i = 0; i < line.len; i++) {
        struct str rest = str_slice(line, i, line.len);
        size_t end = line.at[i] == '`' ? code_end(line, i) : i;
        if (has_prefix(rest, STR("<code>")))
            end = i + 6;
        if (line.at[i] == '\\') {
            i++;
        } else if (end > i) {
            buf_byte(&buf, '`');
            i = end - 1;
        } else if (has_prefix(rest, STR("</code>"))) {
            i += 6;
        } else if (has_prefix(rest, STR("<br>"))) {
            i += 3;
        } else if (has_byte(STR("|<>[]*`"), line.at[i]) ||
                   (i == 0 && line.at[i] == '#')) {
            buf_byte(&buf, line.at[i]);
        }
    }
    return buf_str(&buf);
}

/* Of a list of owners: its words, a comment as one. */
static struct str
owner_words(struct arena *arena, struct str line)
{
    struct buf buf;
    bool is_word = false;
    buf_init(&buf, arena);
    if (has_prefix(line, STR("#")))
        return STR("#");
    for (size_t i = 0; i < line.len; i++) {
        bool is_blank = line.at[i] == ' ';
        if (!is_blank && !is_word)
            buf_add(&buf, line.at[i] == '@' ? STR("@ ") : STR("w "));
        is_word = !is_blank;
        i += line.at[i] == '\\';
    }
    return buf_str(&buf);
}

/* Of what a terminal shows: how far in a line stands, and how it begins. */
static struct str
shown_start(struct arena *arena, struct str line)
{
    size_t start = 0;
    (void)arena;
    if (has_obeyed(line))
        return STR("what a terminal obeys");
    while (start < line.len && line.at[start] == ' ')
        start++;
    return str_slice(line, 0, start < line.len ? start + 1 : start);
}

typedef struct str line_form(struct arena *arena, struct str line);

static line_form *
form_of(struct str path)
{
    if (has_suffix(path, STR(".svg")))
        return tag_names;
    if (has_suffix(path, STR(".txt")))
        return shown_start;
    if (has_suffix(path, STR(".md")))
        return page_marks;
    return has_suffix(path, STR("/CODEOWNERS")) ? owner_words : outside_quotes;
}

static bool
has_line(struct str text, line_form *form, struct arena *arena,
         struct str wanted)
{
    while (!is_str_empty(text)) {
        struct str line = str_cut(&text, '\n');
        if (is_str_equal(form(arena, line), wanted))
            return true;
    }
    return false;
}

struct str
compare_forms(struct arena *arena, const struct document *good,
              const struct document *bad)
{
    line_form *form = form_of(bad->path);
    struct str text = bad->content;
    struct str beside = good->content;
    while (!is_str_empty(text)) {
        struct str line = str_cut(&text, '\n');
        struct str found = form(arena, line);
        struct str wanted = form(arena, str_cut(&beside, '\n'));
        if (!is_str_equal(wanted, found) &&
            !has_line(good->content, form, arena, found))
            return arena_format(arena, "{}: a line of another form: {}",
                                STRS(bad->path, line));
    }
    return STR("");
}
