/*
 * RFC 1035 5.1: words, texts in quotes, lines, and parentheses in which a line
 * goes on. Comments and blanks are passed over.
 */
#include "foreign/zone_reader.h"

static struct zone_token lex(struct zone_lexer *lexer);
static void pass_blanks(struct zone_lexer *lexer);
static bool take_parenthesis(struct zone_lexer *lexer, char byte);
static struct zone_token line_end(struct zone_lexer *lexer);
static struct zone_token file_end(struct zone_lexer *lexer);
static struct zone_token lex_quoted(struct zone_lexer *lexer);
static struct zone_token lex_word(struct zone_lexer *lexer);
static bool pass_pair(struct zone_lexer *lexer, size_t start);
static struct zone_token broken(struct zone_lexer *lexer, size_t start,
                                size_t end, const char *wants,
                                const char *found, const char *label,
                                const char *help);
static struct zone_token token_of(const struct zone_lexer *lexer,
                                  enum zone_token_kind kind, size_t start,
                                  size_t end);
static char byte_at(const struct zone_lexer *lexer, size_t at);
static bool is_blank(char byte);
static bool ends_word(char byte);

void
zone_lexer_init(struct zone_lexer *lexer, struct sink *sink,
                const struct source_file *file)
{
    *lexer = (struct zone_lexer){.sink = sink, .file = file};
}

bool
zone_lexer_is_blank(const struct zone_lexer *lexer)
{
    return lexer->at < lexer->file->text.len &&
           is_blank(byte_at(lexer, lexer->at));
}

bool
zone_lexer_is_over(const struct zone_lexer *lexer)
{
    return lexer->at >= lexer->file->text.len;
}

struct zone_token
zone_token_peek(struct zone_lexer *lexer)
{
    if (!lexer->is_peeked)
        lexer->next = lex(lexer);
    lexer->is_peeked = true;
    return lexer->next;
}

struct zone_token
zone_token_next(struct zone_lexer *lexer)
{
    struct zone_token token = zone_token_peek(lexer);
    lexer->is_peeked = token.kind == ZONE_FILE_END || token.kind == ZONE_BROKEN;
    return token;
}

/* A line that could not be read ends behind its parentheses. */
void
zone_lexer_skip_line(struct zone_lexer *lexer)
{
    while (zone_token_peek(lexer).kind < ZONE_LINE_END)
        zone_token_next(lexer);
    if (zone_token_peek(lexer).kind == ZONE_BROKEN) {
        struct str text = lexer->file->text;
        if (lexer->depth > 0)
            lexer->at = str_index(text, ')', lexer->at);
        lexer->at = str_index(text, '\n', lexer->at);
        lexer->at += lexer->at < text.len;
        lexer->depth = 0;
    }
    if (zone_token_peek(lexer).kind != ZONE_FILE_END)
        lexer->is_peeked = false;
}

static struct zone_token
lex(struct zone_lexer *lexer)
{
    for (;;) {
        pass_blanks(lexer);
        if (lexer->at >= lexer->file->text.len)
            return file_end(lexer);
        char byte = byte_at(lexer, lexer->at);
        if (byte == '\n' && lexer->depth == 0)
            return line_end(lexer);
        if (byte == '\n') {
            lexer->at++;
            continue;
        }
        if (byte == '"')
            return lex_quoted(lexer);
        if (byte != '(' && byte != ')')
            return lex_word(lexer);
        if (!take_parenthesis(lexer, byte))
            return broken(lexer, lexer->at, lexer->at + 1, "a word", "`)`",
                          "no parenthesis is open here", NULL);
    }
}

static void
pass_blanks(struct zone_lexer *lexer)
{
    struct str text = lexer->file->text;
    while (lexer->at < text.len && is_blank(text.at[lexer->at]))
        lexer->at++;
    if (lexer->at < text.len && text.at[lexer->at] == ';')
        lexer->at = str_index(text, '\n', lexer->at);
}

static bool
take_parenthesis(struct zone_lexer *lexer, char byte)
{
    if (byte == ')' && lexer->depth == 0)
        return false;
    if (byte == '(' && lexer->depth++ == 0)
        lexer->open = token_of(lexer, ZONE_WORD, lexer->at, lexer->at + 1).span;
    if (byte == ')')
        lexer->depth--;
    lexer->at++;
    return true;
}

static struct zone_token
line_end(struct zone_lexer *lexer)
{
    struct zone_token token =
        token_of(lexer, ZONE_LINE_END, lexer->at, lexer->at);
    lexer->at++;
    return token;
}

static struct zone_token
file_end(struct zone_lexer *lexer)
{
    size_t end = lexer->file->text.len;
    if (lexer->depth == 0)
        return token_of(lexer, ZONE_FILE_END, end, end);
    lexer->depth = 0;
    struct diag *diag = diag_add(lexer->sink, DIAG_D40, lexer->open,
                                 STRS(STR("`)`"), STR("the end of the file")));
    diag_label(diag, "opened here, and never closed", NO_STRS);
    return token_of(lexer, ZONE_BROKEN, end, end);
}

/* A text stays in its line: one that does not was never closed. */
static struct zone_token
lex_quoted(struct zone_lexer *lexer)
{
    size_t start = lexer->at++;
    for (;; lexer->at++) {
        char byte = byte_at(lexer, lexer->at);
        if (lexer->at >= lexer->file->text.len || byte == '\n')
            return broken(lexer, start, start + 1, "`\"`",
                          "the end of the line",
                          "a text begins here, and never ends", NULL);
        if (byte == '"')
            break;
        lexer->at += byte == '\\' && byte_at(lexer, lexer->at + 1) != '\n';
    }
    lexer->at++;
    struct zone_token token = token_of(lexer, ZONE_QUOTED, start, lexer->at);
    token.text = str_slice(token.text, 1, token.text.len - 1);
    return token;
}

static struct zone_token
lex_word(struct zone_lexer *lexer)
{
    size_t start = lexer->at;
    for (;; lexer->at++) {
        char byte = byte_at(lexer, lexer->at);
        if (lexer->at >= lexer->file->text.len || ends_word(byte))
            break;
        if ((unsigned char)byte < ' ' || byte == 0x7f)
            return broken(lexer, lexer->at, lexer->at + 1, "a word",
                          "a control character", NULL, "write it as `\\DDD`");
        if (byte == '\\') {
            bool is_cut = lexer->at + 1 >= lexer->file->text.len ||
                          byte_at(lexer, lexer->at + 1) == '\n';
            if (is_cut)
                return broken(lexer, lexer->at, lexer->at + 1, "a word",
                              "a backslash at the end of the line", NULL,
                              "two backslashes are one");
            lexer->at++;
        } else if (byte == '"' && !pass_pair(lexer, start)) {
            return broken(lexer, lexer->at, lexer->at + 1, "a word",
                          "a quote inside a word", NULL,
                          "put the whole text in quotes, or write `\\\"`");
        }
    }
    return token_of(lexer, ZONE_WORD, start, lexer->at);
}

/* From the quote behind `=` to the one that closes it. */
static bool
pass_pair(struct zone_lexer *lexer, size_t start)
{
    if (!lexer->takes_pairs || lexer->at == start ||
        byte_at(lexer, lexer->at - 1) != '=')
        return false;
    for (size_t at = lexer->at + 1; at < lexer->file->text.len; at++) {
        char byte = byte_at(lexer, at);
        if (byte == '\n')
            return false;
        if (byte == '"') {
            lexer->at = at;
            return ends_word(byte_at(lexer, at + 1)) ||
                   at + 1 == lexer->file->text.len;
        }
        at += byte == '\\' && byte_at(lexer, at + 1) != '\n';
    }
    return false;
}

static struct zone_token
broken(struct zone_lexer *lexer, size_t start, size_t end, const char *wants,
       const char *found, const char *label, const char *help)
{
    struct zone_token token = token_of(lexer, ZONE_BROKEN, start, end);
    struct diag *diag = diag_add(lexer->sink, DIAG_D40, token.span,
                                 STRS(str_from(wants), str_from(found)));
    if (label != NULL)
        diag_label(diag, label, NO_STRS);
    if (help != NULL)
        diag_help(diag, help, NO_STRS);
    return token;
}

static struct zone_token
token_of(const struct zone_lexer *lexer, enum zone_token_kind kind,
         size_t start, size_t end)
{
    uint32_t base = lexer->file->start;
    return (struct zone_token){kind,
                               str_slice(lexer->file->text, start, end),
                               {base + (uint32_t)start, base + (uint32_t)end}};
}

/* NUL behind the end. */
static char
byte_at(const struct zone_lexer *lexer, size_t at)
{
    return at < lexer->file->text.len ? lexer->file->text.at[at] : '\0';
}

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f';
}

static bool
ends_word(char byte)
{
    return is_blank(byte) || byte == '\n' || byte == ';' || byte == '(' ||
           byte == ')';
}
