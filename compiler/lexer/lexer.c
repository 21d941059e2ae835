/*
 * The scanner. Bytes are classified here; nothing is decoded (escapes and
 * ${paths} belong to the parser).
 */
#include "lexer/lexer.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <limits.h>

/* Of a token and what stands between two, in a program with few comments. */
enum { TOKEN_BYTES = 5 };

struct lexer {
    struct sink *sink;
    struct str text;
    uint32_t start; /* the file's place in the source map */
    size_t at;
    struct vec tokens;
};

/* What a byte may be inside of an atom; of most it is nothing. */
enum mark {
    MARK_NONE,
    MARK_END, /* it ends there */
    MARK_LOOK /* what follows decides, or what the parser reads in it */
};

static const unsigned char marks[UCHAR_MAX + 1] = {
    [' '] = MARK_END,  ['\t'] = MARK_END, ['\r'] = MARK_END, ['\n'] = MARK_END,
    ['{'] = MARK_END,  ['}'] = MARK_END,  ['['] = MARK_END,  [']'] = MARK_END,
    [','] = MARK_END,  [';'] = MARK_END,  ['"'] = MARK_END,  ['<'] = MARK_END,
    ['>'] = MARK_END,  ['.'] = MARK_LOOK, ['-'] = MARK_LOOK, ['!'] = MARK_LOOK,
    ['='] = MARK_LOOK, ['$'] = MARK_LOOK, ['\\'] = MARK_LOOK};

static struct span
lexer_span(const struct lexer *lexer, size_t from, size_t to)
{
    return (struct span){lexer->start + (uint32_t)from,
                         lexer->start + (uint32_t)to};
}

static struct token *
lexer_add(struct lexer *lexer, enum token_kind kind, size_t from)
{
    struct token *token = vec_next(&lexer->tokens);
    *token = (struct token){.kind = kind,
                            .span = lexer_span(lexer, from, lexer->at)};
    return token;
}

static struct str
code_point_text(struct arena *arena, uint32_t code_point)
{
    static const char digits[] = "0123456789ABCDEF";
    char text[8] = "U+";
    size_t len = 2;
    for (int shift = code_point > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4)
        text[len++] = digits[code_point >> shift & 0xF];
    return arena_copy(arena, (struct str){text, len});
}

/* L19: a file that is no text at all, said once. */
static bool
is_text(struct lexer *lexer)
{
    size_t invalid = utf8_invalid(lexer->text);
    size_t nul = str_index(lexer->text, '\0', 0);
    size_t at = nul < invalid ? nul : invalid;
    if (at == lexer->text.len)
        return true;
    struct diag *diag =
        diag_add(lexer->sink, DIAG_L19, lexer_span(lexer, at, at + 1),
                 STRS(at == nul ? STR("the file holds a NUL byte")
                                : STR("the file is not UTF-8")));
    diag_help(diag, "save it as UTF-8 text", NO_STRS);
    return false;
}

/* L18 and L19: what must not stand anywhere, in comments and texts neither. */
static void
check_characters(struct lexer *lexer)
{
    struct arena *arena = lexer->tokens.arena;
    size_t at = 0;
    while (at < lexer->text.len) {
        size_t from = at;
        char byte = lexer->text.at[at];
        if (is_plain_ascii(byte) || byte == '\t' || byte == '\r') {
            at = utf8_plain_end(lexer->text, at + 1);
            continue;
        }
        uint32_t point = utf8_next(lexer->text, &at);
        struct span span = lexer_span(lexer, from, at);
        if (from == 0 && point == 0xFEFF)
            continue;
        struct str shown = code_point_text(arena, point);
        if (is_invisible(point))
            diag_add(lexer->sink, DIAG_L18, span, STRS(shown));
        else if (point < 0x20 || point == 0x7F)
            diag_add(
                lexer->sink, DIAG_L19, span,
                STRS(arena_format(arena, "control character {}", STRS(shown))));
    }
}

static void
check_line_ends(struct lexer *lexer)
{
    size_t at = str_index(lexer->text, '\r', 0);
    if (at == lexer->text.len)
        return;
    bool is_crlf = at + 1 < lexer->text.len && lexer->text.at[at + 1] == '\n';
    struct diag *diag = diag_add_as(
        lexer->sink, DIAG_L19, SEVERITY_INFO, lexer_span(lexer, at, at + 1),
        STRS(is_crlf ? STR("lines end with CR LF")
                     : STR("a carriage return inside a line")));
    diag_help(diag, "end lines with a newline alone", NO_STRS);
}

/* An indentation of spaces and tabs shows otherwise on every screen. */
static void
check_indentation(struct lexer *lexer)
{
    size_t line = has_byte(lexer->text, '\t') ? 0 : lexer->text.len;
    while (line < lexer->text.len) {
        size_t at = line;
        bool has_tab = false;
        bool has_space = false;
        for (; at < lexer->text.len; at++) {
            if (lexer->text.at[at] != ' ' && lexer->text.at[at] != '\t')
                break;
            has_tab = has_tab || lexer->text.at[at] == '\t';
            has_space = has_space || lexer->text.at[at] == ' ';
        }
        if (has_tab && has_space) {
            struct diag *diag = diag_add_as(
                lexer->sink, DIAG_L19, SEVERITY_INFO,
                lexer_span(lexer, line, at),
                STRS(STR("tabs and spaces are mixed in the indentation")));
            diag_help(diag, "indent with spaces", NO_STRS);
            return;
        }
        line = str_index(lexer->text, '\n', at) + 1;
    }
}

static inline bool
is_next(const struct lexer *lexer, const char *text)
{
    size_t len = strlen(text);
    return lexer->text.len - lexer->at >= len &&
           memcmp(lexer->text.at + lexer->at, text, len) == 0;
}

static enum mark
mark_of(char byte)
{
    return marks[(unsigned char)byte];
}

static bool
is_atom_end(const struct lexer *lexer)
{
    char byte = lexer->text.at[lexer->at];
    if (mark_of(byte) == MARK_END)
        return true;
    switch (byte) {
    case '.':
        return is_next(lexer, "..");
    case '-':
        return is_next(lexer, "->");
    case '!':
    case '=':
        return is_next(lexer, "!=") || is_next(lexer, "==");
    }
    return false;
}

/* `${path}` inside an atom; the braces do not end it. */
static void
skip_interpolation(struct lexer *lexer)
{
    size_t close = str_index(lexer->text, '}', lexer->at);
    size_t newline = str_index(lexer->text, '\n', lexer->at);
    if (close >= newline) {
        diag_add(lexer->sink, DIAG_L26,
                 lexer_span(lexer, lexer->at, lexer->at + 2),
                 STRS(STR("`${`")));
        lexer->at = newline;
        return;
    }
    lexer->at = close + 1;
}

/* To the next byte with a mark. */
static void
skip_plain(struct lexer *lexer)
{
    size_t at = lexer->at;
    while (at < lexer->text.len && mark_of(lexer->text.at[at]) == MARK_NONE)
        at++;
    lexer->at = at;
}

/* A byte of an atom, whatever it is, and those without a mark behind it. */
static void
skip_in_atom(struct lexer *lexer)
{
    if (is_next(lexer, "${"))
        skip_interpolation(lexer);
    else
        lexer->at++;
    skip_plain(lexer);
}

static void
lex_atom(struct lexer *lexer)
{
    size_t from = lexer->at;
    bool is_plain = true;
    do {
        char byte = lexer->text.at[lexer->at];
        is_plain = is_plain && byte != '$' && byte != '\\';
        skip_in_atom(lexer);
    } while (lexer->at < lexer->text.len && !is_atom_end(lexer));
    bool is_hole = lexer->text.at[from] == '?';
    lexer_add(lexer, is_hole ? TOKEN_HOLE : TOKEN_ATOM, from)->is_plain =
        is_plain;
}

static void
lex_text(struct lexer *lexer)
{
    size_t from = lexer->at++;
    while (lexer->at < lexer->text.len) {
        char byte = lexer->text.at[lexer->at];
        if (byte == '"') {
            lexer->at++;
            lexer_add(lexer, TOKEN_STRING, from);
            return;
        }
        if (byte == '\n')
            break;
        lexer->at += byte == '\\' && lexer->at + 1 < lexer->text.len &&
                             lexer->text.at[lexer->at + 1] != '\n'
                         ? 2
                         : 1;
    }
    diag_add(lexer->sink, DIAG_L26, lexer_span(lexer, from, from + 1),
             STRS(STR("the text")));
    lexer_add(lexer, TOKEN_STRING, from);
}

static void
lex_long_text(struct lexer *lexer)
{
    size_t from = lexer->at;
    lexer->at += 3;
    while (lexer->at < lexer->text.len && !is_next(lexer, "\"\"\""))
        lexer->at +=
            lexer->text.at[lexer->at] == '\\' && lexer->at + 1 < lexer->text.len
                ? 2
                : 1;
    if (lexer->at < lexer->text.len)
        lexer->at += 3;
    else
        diag_add(lexer->sink, DIAG_L26, lexer_span(lexer, from, from + 3),
                 STRS(STR("the text")));
    lexer_add(lexer, TOKEN_STRING, from);
}

static void
lex_comment(struct lexer *lexer)
{
    size_t from = lexer->at;
    bool is_doc = is_next(lexer, "##") && !is_next(lexer, "###");
    lexer->at = str_index(lexer->text, '\n', lexer->at);
    size_t end = lexer->at;
    if (end > from && lexer->text.at[end - 1] == '\r')
        lexer->at--;
    lexer_add(lexer, is_doc ? TOKEN_DOC : TOKEN_COMMENT, from);
    lexer->at = end;
}

static void
lex_sign(struct lexer *lexer, enum token_kind kind, size_t len)
{
    size_t from = lexer->at;
    lexer->at += len;
    lexer_add(lexer, kind, from);
}

static void
lex_comparison(struct lexer *lexer)
{
    bool is_two =
        lexer->at + 1 < lexer->text.len && lexer->text.at[lexer->at + 1] == '=';
    lex_sign(lexer, TOKEN_COMPARISON, is_two ? 2 : 1);
}

static void
lex_dot(struct lexer *lexer)
{
    if (is_next(lexer, ".."))
        lex_sign(lexer, TOKEN_RANGE, 2);
    else
        lex_atom(lexer);
}

static void
skip_blanks(struct lexer *lexer)
{
    size_t at = lexer->at;
    while (at < lexer->text.len &&
           (lexer->text.at[at] == ' ' || lexer->text.at[at] == '\t' ||
            lexer->text.at[at] == '\r'))
        at++;
    lexer->at = at;
}

static void
lex_token(struct lexer *lexer)
{
    switch (lexer->text.at[lexer->at]) {
    case ' ':
    case '\t':
    case '\r':
        skip_blanks(lexer);
        return;
    case '\n':
        lex_sign(lexer, TOKEN_NEWLINE, 1);
        return;
    case '#':
        lex_comment(lexer);
        return;
    case '"':
        if (is_next(lexer, "\"\"\""))
            lex_long_text(lexer);
        else
            lex_text(lexer);
        return;
    case '{':
        lex_sign(lexer, TOKEN_BLOCK_OPEN, 1);
        return;
    case '}':
        lex_sign(lexer, TOKEN_BLOCK_CLOSE, 1);
        return;
    case '[':
        lex_sign(lexer, TOKEN_LIST_OPEN, 1);
        return;
    case ']':
        lex_sign(lexer, TOKEN_LIST_CLOSE, 1);
        return;
    case ',':
        lex_sign(lexer, TOKEN_COMMA, 1);
        return;
    case ';':
        lex_sign(lexer, TOKEN_SEMICOLON, 1);
        return;
    case '<':
    case '>':
        lex_comparison(lexer);
        return;
    case '.':
        lex_dot(lexer);
        return;
    }
    if (is_next(lexer, "->"))
        lex_sign(lexer, TOKEN_ARROW, 2);
    else if (is_next(lexer, "==") || is_next(lexer, "!="))
        lex_comparison(lexer);
    else
        lex_atom(lexer);
}

static void
lex_text_file(struct lexer *lexer)
{
    check_characters(lexer);
    check_line_ends(lexer);
    check_indentation(lexer);
    vec_reserve(&lexer->tokens, lexer->text.len / TOKEN_BYTES + 1);
    if (has_prefix(lexer->text, STR("\xEF\xBB\xBF")))
        lexer->at = 3;
    while (lexer->at < lexer->text.len)
        lex_token(lexer);
}

struct tokens
lex_file(struct arena *arena, struct sink *sink, const struct source_file *file)
{
    struct lexer lexer = {
        .sink = sink, .text = file->text, .start = file->start};
    vec_init(&lexer.tokens, arena, sizeof(struct token));
    bool is_readable = is_text(&lexer);
    if (is_readable)
        lex_text_file(&lexer);
    lexer_add(&lexer, TOKEN_END, lexer.at);
    return (struct tokens){lexer.tokens.items, lexer.tokens.count, is_readable};
}

const char *
token_name(enum token_kind kind)
{
    static const char *const names[] = {
#define TOKEN(id, name) [TOKEN_##id] = name,
#include "lexer/token.def"
#undef TOKEN
    };
    return names[kind];
}
