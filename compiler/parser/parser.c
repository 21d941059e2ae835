/*
 * Recursive descent over one grammar rule; nesting is bounded by
 * LIMIT_NESTING, so recursion is too.
 */
#include "parser/parser.h"

#include "base/limits.h"
#include "base/vec.h"
#include "parser/balance.h"
#include "parser/text.h"

#include <string.h>

struct parser {
    struct arena *arena;
    struct sink *sink;
    const struct source_map *map;
    struct str text; /* of the file, which begins at `start` of the map */
    uint32_t start;
    struct tokens tokens;
    size_t at;
    size_t depth;
    /* What is read of lists, statements and blocks that are still open, the
     * innermost last; copied when it is known how many there are. */
    struct vec arguments;  /* of struct argument */
    struct vec statements; /* of struct statement */
};

static const struct block *parse_block(struct parser *parser, struct span open);
static struct argument parse_argument(struct parser *parser);

static struct token
peek(const struct parser *parser)
{
    return parser->tokens.at[parser->at];
}

static struct token
next(struct parser *parser)
{
    struct token token = peek(parser);
    if (token.kind != TOKEN_END)
        parser->at++;
    return token;
}

static bool
accept(struct parser *parser, enum token_kind kind)
{
    if (peek(parser).kind != kind)
        return false;
    next(parser);
    return true;
}

static struct str
token_text(const struct parser *parser, struct token token)
{
    return str_slice(parser->text, token.span.start - parser->start,
                     token.span.end - parser->start);
}

static struct str
token_shown(const struct parser *parser, struct token token)
{
    struct str text = token_text(parser, token);
    if (token.kind == TOKEN_ATOM || token.kind == TOKEN_HOLE)
        return arena_format(parser->arena, "`{}`", STRS(text));
    return str_from(token_name(token.kind));
}

static struct diag *
report_unexpected(struct parser *parser, struct token token,
                  const char *expected)
{
    return diag_add(parser->sink, DIAG_L25, token.span,
                    STRS(str_from(expected), token_shown(parser, token)));
}

static bool
is_argument_start(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_ATOM:
    case TOKEN_STRING:
    case TOKEN_HOLE:
    case TOKEN_LIST_OPEN:
    case TOKEN_COMPARISON:
        return true;
    case TOKEN_RANGE:
    case TOKEN_ARROW:
    case TOKEN_BLOCK_OPEN:
    case TOKEN_BLOCK_CLOSE:
    case TOKEN_LIST_CLOSE:
    case TOKEN_COMMA:
    case TOKEN_SEMICOLON:
    case TOKEN_NEWLINE:
    case TOKEN_COMMENT:
    case TOKEN_DOC:
    case TOKEN_END:
        return false;
    }
    return false;
}

/* After a fault: to the end of the statement, over whole blocks and lists. */
static void
skip_statement(struct parser *parser)
{
    size_t depth = 0;
    for (;;) {
        switch (peek(parser).kind) {
        case TOKEN_END:
            return;
        case TOKEN_NEWLINE:
        case TOKEN_SEMICOLON:
            if (depth == 0)
                return;
            break;
        case TOKEN_BLOCK_OPEN:
        case TOKEN_LIST_OPEN:
            depth++;
            break;
        case TOKEN_BLOCK_CLOSE:
            if (depth == 0)
                return;
            depth--;
            break;
        case TOKEN_LIST_CLOSE:
            depth -= depth > 0;
            break;
        case TOKEN_ATOM:
        case TOKEN_STRING:
        case TOKEN_HOLE:
        case TOKEN_RANGE:
        case TOKEN_ARROW:
        case TOKEN_COMPARISON:
        case TOKEN_COMMA:
        case TOKEN_COMMENT:
        case TOKEN_DOC:
            break;
        }
        next(parser);
    }
}

static struct argument
poison(struct span span)
{
    return (struct argument){.kind = ARGUMENT_POISON, .span = span};
}

/* hole = "?" NAME, where NAME is of capital letters, digits and `_` */
static struct argument
parse_hole(struct parser *parser, struct token token)
{
    struct str text = token_text(parser, token);
    struct argument hole = {.kind = ARGUMENT_HOLE,
                            .span = token.span,
                            .text = str_slice(text, 1, text.len)};
    bool is_name = hole.text.len > 0;
    for (size_t i = 0; i < hole.text.len; i++)
        is_name = is_name &&
                  (is_ascii_alnum(hole.text.at[i]) || hole.text.at[i] == '_');
    if (is_name)
        return hole;
    report_unexpected(parser, token, "a hole such as `?INGRESS_ADDRESS`");
    return poison(token.span);
}

static bool
enter(struct parser *parser, struct span span)
{
    if (++parser->depth <= LIMIT_NESTING)
        return true;
    if (parser->depth == LIMIT_NESTING + 1)
        diag_add(parser->sink, DIAG_L33, span,
                 STRS(arena_format(
                     parser->arena, "blocks and lists nest more than {} deep",
                     STRS(arena_number(parser->arena, LIMIT_NESTING)))));
    return false;
}

/* Over the limit: to the bracket that closes what was just opened. */
static void
skip_nested(struct parser *parser)
{
    size_t depth = 1;
    while (depth > 0 && peek(parser).kind != TOKEN_END) {
        enum token_kind kind = next(parser).kind;
        if (kind == TOKEN_BLOCK_OPEN || kind == TOKEN_LIST_OPEN)
            depth++;
        else if (kind == TOKEN_BLOCK_CLOSE || kind == TOKEN_LIST_CLOSE)
            depth--;
    }
}

static void
report_unclosed(struct parser *parser, struct span open, const char *what)
{
    struct diag *diag =
        diag_add(parser->sink, DIAG_L26, open, STRS(str_from(what)));
    diag_label(diag, "opened here", NO_STRS);
}

/* Does a list's item begin a new statement or block: is its `]` lost? */
static bool
is_list_lost(enum token_kind kind)
{
    return kind == TOKEN_END || kind == TOKEN_BLOCK_CLOSE ||
           kind == TOKEN_BLOCK_OPEN || kind == TOKEN_SEMICOLON;
}

/* Takes what stands behind the first `count` items. */
static const void *
take_items(const struct parser *parser, struct vec *open, size_t count)
{
    size_t bytes = (open->count - count) * open->item_size;
    if (bytes == 0)
        return NULL;
    void *items = arena_take(parser->arena, bytes);
    memcpy(items, vec_at(open, count), bytes);
    open->count = count;
    return items;
}

/* list = "[" { argument | "," | newline } "]" */
static struct argument
parse_list(struct parser *parser, struct span open)
{
    struct argument list = {.kind = ARGUMENT_LIST, .span = open};
    size_t before = parser->arguments.count;
    if (!enter(parser, open)) {
        skip_nested(parser);
        parser->depth--;
        return poison(open);
    }
    while (peek(parser).kind != TOKEN_LIST_CLOSE) {
        struct token token = peek(parser);
        if (is_list_lost(token.kind)) {
            report_unclosed(parser, open, "the list");
            parser->depth--;
            parser->arguments.count = before;
            return poison(open);
        }
        if (is_argument_start(token.kind)) {
            struct argument item = parse_argument(parser);
            *(struct argument *)vec_next(&parser->arguments) = item;
            continue;
        }
        if (token.kind == TOKEN_RANGE || token.kind == TOKEN_ARROW)
            report_unexpected(parser, token, "a list's item");
        next(parser);
    }
    list.span = span_join(open, next(parser).span);
    parser->depth--;
    list.item_count = (uint32_t)(parser->arguments.count - before);
    list.items = take_items(parser, &parser->arguments, before);
    return list;
}

static enum argument_kind
word_kind(struct token token)
{
    return token.kind == TOKEN_STRING ? ARGUMENT_TEXT : ARGUMENT_ATOM;
}

static struct argument
parse_word(struct parser *parser, struct token token)
{
    struct argument argument = {.kind = word_kind(token),
                                .span = token.span,
                                .text = token_text(parser, token)};
    if (!token.is_plain)
        parse_text(parser->arena, parser->sink, &argument, argument.text);
    return argument;
}

/* simple = atom | text | hole | list */
static struct argument
parse_simple(struct parser *parser)
{
    struct token token = next(parser);
    if (token.kind == TOKEN_HOLE)
        return parse_hole(parser, token);
    if (token.kind == TOKEN_LIST_OPEN)
        return parse_list(parser, token.span);
    return parse_word(parser, token);
}

static const struct argument *
copy_items(struct parser *parser, struct argument first, struct argument second)
{
    struct argument *items =
        arena_array(parser->arena, 2, sizeof(struct argument));
    items[0] = first;
    items[1] = second;
    return items;
}

/* pair = simple (".." | "->") simple */
static struct argument
parse_pair(struct parser *parser, struct argument first,
           enum argument_kind kind)
{
    struct token sign = next(parser);
    struct token token = peek(parser);
    if (token.kind != TOKEN_ATOM && token.kind != TOKEN_STRING &&
        token.kind != TOKEN_HOLE) {
        report_unexpected(parser, token,
                          kind == ARGUMENT_RANGE ? "the range's end"
                                                 : "an environment");
        return poison(span_join(first.span, sign.span));
    }
    struct argument second = parse_simple(parser);
    return (struct argument){.kind = kind,
                             .span = span_join(first.span, second.span),
                             .items = copy_items(parser, first, second),
                             .item_count = 2};
}

/* comparison = ("<" | "<=" | ">" | ">=" | "==" | "!=") simple */
static struct argument
parse_comparison(struct parser *parser)
{
    struct token sign = next(parser);
    struct token token = peek(parser);
    if (token.kind != TOKEN_ATOM && token.kind != TOKEN_STRING &&
        token.kind != TOKEN_HOLE) {
        report_unexpected(parser, token, "a value to compare with");
        return poison(sign.span);
    }
    struct argument operand = parse_simple(parser);
    return (struct argument){.kind = ARGUMENT_COMPARISON,
                             .span = span_join(sign.span, operand.span),
                             .text = token_text(parser, sign),
                             .items = copy_items(parser, operand, operand),
                             .item_count = 1};
}

/* argument = simple | pair | comparison */
static struct argument
parse_argument(struct parser *parser)
{
    if (peek(parser).kind == TOKEN_COMPARISON)
        return parse_comparison(parser);
    struct argument first = parse_simple(parser);
    if (peek(parser).kind == TOKEN_RANGE)
        return parse_pair(parser, first, ARGUMENT_RANGE);
    if (peek(parser).kind == TOKEN_ARROW)
        return parse_pair(parser, first, ARGUMENT_ARROW);
    return first;
}

static bool
is_statement_end(enum token_kind kind)
{
    return kind == TOKEN_NEWLINE || kind == TOKEN_SEMICOLON ||
           kind == TOKEN_BLOCK_CLOSE || kind == TOKEN_END ||
           kind == TOKEN_COMMENT || kind == TOKEN_DOC;
}

/* Behind a block a word is taken to begin the next statement. */
static void
report_statement_end(struct parser *parser, bool has_block)
{
    struct token token = peek(parser);
    bool is_next =
        has_block && (token.kind == TOKEN_ATOM || token.kind == TOKEN_STRING);
    struct diag *diag = report_unexpected(
        parser, token,
        has_block ? "the end of the line"
                  : "an argument, a block or the end of the line");
    if (token.kind == TOKEN_COMMA) {
        diag_label(diag, "a comma stands only inside `[ ]`", NO_STRS);
        diag_help(diag, "end a statement with a newline or `;`", NO_STRS);
    }
    if (token.kind == TOKEN_LIST_CLOSE)
        diag_help(diag, "no list is open here", NO_STRS);
    if (!is_next)
        skip_statement(parser);
}

/* statement = word { argument } [ block ] end */
static struct statement
parse_statement(struct parser *parser)
{
    struct token first = next(parser);
    struct statement statement = {.word = parse_word(parser, first)};
    statement.word.kind = word_kind(first);
    size_t before = parser->arguments.count;
    statement.span = statement.word.span;
    while (is_argument_start(peek(parser).kind)) {
        struct argument argument = parse_argument(parser);
        *(struct argument *)vec_next(&parser->arguments) = argument;
        statement.span = span_join(statement.span, argument.span);
    }
    statement.argument_count = (uint32_t)(parser->arguments.count - before);
    statement.arguments = take_items(parser, &parser->arguments, before);
    struct token open = peek(parser);
    if (accept(parser, TOKEN_BLOCK_OPEN))
        statement.block = parse_block(parser, open.span);
    bool is_stray_next =
        statement.block != NULL && peek(parser).kind == TOKEN_BLOCK_OPEN;
    if (!is_statement_end(peek(parser).kind) && !is_stray_next)
        report_statement_end(parser, statement.block != NULL);
    return statement;
}

static size_t
lines_between(const struct parser *parser, struct span a, struct span b)
{
    return source_locate(parser->map, b.start).line -
           source_locate(parser->map, a.end).line;
}

/* A block without a word. On the line below a statement it is taken for that
 * one's block; else its word is poison, and nobody reads it. */
static void
add_stray_block(struct parser *parser, size_t before, struct span open)
{
    struct vec *statements = &parser->statements;
    const struct statement *above =
        statements->count == before ? NULL
                                    : vec_at(statements, statements->count - 1);
    bool is_below = above != NULL && above->block == NULL &&
                    lines_between(parser, above->span, open) <= 1;
    const struct block *block = parse_block(parser, open);
    struct statement *last = is_below
                                 ? vec_at(statements, statements->count - 1)
                                 : vec_add(statements);
    if (!is_below) {
        last->word = poison(open);
        last->span = open;
    }
    last->block = block;
}

/* What begins no statement. */
static void
parse_stray(struct parser *parser, size_t before, struct token token)
{
    struct diag *diag =
        report_unexpected(parser, token, "a word that begins a statement");
    if (token.kind == TOKEN_BLOCK_CLOSE) {
        diag_help(diag, "no block is open here", NO_STRS);
    } else if (token.kind == TOKEN_BLOCK_OPEN) {
        diag_help(diag, "a block opens on the line of its statement", NO_STRS);
        add_stray_block(parser, before, token.span);
    } else {
        if (token.kind == TOKEN_LIST_OPEN)
            parse_list(parser, token.span);
        skip_statement(parser);
    }
}

/* { statement } up to `}`, or up to the end of the file at depth 0 */
static void
parse_statements(struct parser *parser, bool is_file, struct block *block)
{
    size_t before = parser->statements.count;
    struct str doc = STR("");
    for (;;) {
        struct token token = peek(parser);
        if (token.kind == TOKEN_END ||
            (token.kind == TOKEN_BLOCK_CLOSE && !is_file))
            break;
        if (token.kind == TOKEN_ATOM || token.kind == TOKEN_STRING) {
            struct statement statement = parse_statement(parser);
            statement.doc = doc;
            doc = STR("");
            *(struct statement *)vec_next(&parser->statements) = statement;
            continue;
        }
        next(parser);
        if (token.kind == TOKEN_DOC) {
            doc = parse_doc(parser->arena, doc, token_text(parser, token));
        } else if (token.kind != TOKEN_NEWLINE &&
                   token.kind != TOKEN_SEMICOLON &&
                   token.kind != TOKEN_COMMENT) {
            parse_stray(parser, before, token);
        }
    }
    block->statement_count = parser->statements.count - before;
    block->statements = take_items(parser, &parser->statements, before);
}

/* block = "{" { statement } "}" ; the `{` is behind us */
static const struct block *
parse_block(struct parser *parser, struct span open)
{
    struct block *block = arena_new(parser->arena, sizeof *block);
    block->open = open;
    if (!enter(parser, open)) {
        skip_nested(parser);
        parser->depth--;
        return block;
    }
    parse_statements(parser, false, block);
    block->close = peek(parser).span;
    if (!accept(parser, TOKEN_BLOCK_CLOSE))
        report_unclosed(parser, open, "the block");
    parser->depth--;
    return block;
}

const struct block *
parse_file(struct arena *arena, struct sink *sink, const struct source_map *map,
           struct tokens tokens)
{
    const struct source_file *source =
        source_find(map, tokens.at[0].span.start);
    struct parser parser = {.arena = arena,
                            .sink = sink,
                            .map = map,
                            .text = source->text,
                            .start = source->start};
    parser.tokens = balance_brackets(arena, sink, map, tokens);
    struct block *file = arena_new(arena, sizeof *file);
    vec_init(&parser.arguments, arena, sizeof(struct argument));
    vec_init(&parser.statements, arena, sizeof(struct statement));
    parse_statements(&parser, true, file);
    return file;
}

struct argument
parse_atom(struct arena *arena, struct str text, struct span span)
{
    struct argument argument = {.kind = ARGUMENT_ATOM, .span = span};
    parse_text(arena, NULL, &argument, text);
    return argument;
}
