/*
 * Two passes: the first counts what is missing and what is too many; the
 * second copies the tokens, and mends only as much as the first has counted.
 */
#include "parser/balance.h"

#include "base/vec.h"

/* A bracket that waits for its partner. */
struct opening {
    enum token_kind kind;
    struct span span;
    size_t line;   /* lines are counted by the newlines between tokens */
    size_t indent; /* of that line */
};

/* How many brackets of a kind lack their partner. */
struct lack {
    size_t unclosed;
    size_t stray;
};

struct balance {
    struct arena *arena;
    struct sink *sink;
    struct vec out;      /* of struct token */
    struct vec openings; /* of struct opening; the innermost is the last */
    struct lack blocks;
    struct lack lists;
    size_t line;
    size_t indent;            /* of this line */
    bool is_line_start;       /* the next token is the first one of its line */
    struct token last;        /* before this one, without trivia */
    size_t last_at;           /* its place in `out`, plus 1 */
    size_t last_line;         /* where that one stands */
    size_t last_indent;       /* of that line */
    bool is_last_a_statement; /* does that line begin with a word? */
    enum token_kind next;     /* what follows this token */
    size_t run;               /* how many times `last` stands there in a row */
};

static bool
is_open(enum token_kind kind)
{
    return kind == TOKEN_BLOCK_OPEN || kind == TOKEN_LIST_OPEN;
}

static bool
is_close(enum token_kind kind)
{
    return kind == TOKEN_BLOCK_CLOSE || kind == TOKEN_LIST_CLOSE;
}

static bool
is_word(enum token_kind kind)
{
    return kind == TOKEN_ATOM || kind == TOKEN_STRING || kind == TOKEN_HOLE;
}

static bool
is_trivia(enum token_kind kind)
{
    return kind == TOKEN_NEWLINE || kind == TOKEN_COMMENT || kind == TOKEN_DOC;
}

static const struct opening *
innermost(const struct balance *balance)
{
    size_t count = balance->openings.count;
    return count == 0 ? NULL : vec_at(&balance->openings, count - 1);
}

static bool
is_inside(const struct balance *balance, enum token_kind kind)
{
    const struct opening *opening = innermost(balance);
    return opening != NULL && opening->kind == kind;
}

static void
push_opening(struct balance *balance, struct opening opening)
{
    *(struct opening *)vec_next(&balance->openings) = opening;
}

/* ---- what is missing ---------------------------------------------------- */

/* A list does not reach over these: the parser gives it up there. */
static bool
is_list_lost(const struct balance *balance, enum token_kind kind)
{
    return is_inside(balance, TOKEN_LIST_OPEN) &&
           (kind == TOKEN_BLOCK_OPEN || kind == TOKEN_BLOCK_CLOSE ||
            kind == TOKEN_SEMICOLON);
}

static void
count_close(struct balance *balance, enum token_kind open, struct lack *lack)
{
    if (is_inside(balance, open))
        balance->openings.count--;
    else
        lack->stray++;
}

static void
count_bracket(struct balance *balance, enum token_kind kind)
{
    while (is_list_lost(balance, kind)) {
        balance->lists.unclosed++;
        balance->openings.count--;
    }
    if (is_open(kind))
        push_opening(balance, (struct opening){.kind = kind});
    else if (kind == TOKEN_BLOCK_CLOSE)
        count_close(balance, TOKEN_BLOCK_OPEN, &balance->blocks);
    else if (kind == TOKEN_LIST_CLOSE)
        count_close(balance, TOKEN_LIST_OPEN, &balance->lists);
}

static void
count_lacks(struct balance *balance, struct tokens tokens)
{
    for (size_t i = 0; i < tokens.count; i++) {
        enum token_kind kind = tokens.at[i].kind;
        if (is_open(kind) || is_close(kind) || kind == TOKEN_SEMICOLON)
            count_bracket(balance, kind);
    }
    while (balance->openings.count > 0) {
        bool is_list = is_inside(balance, TOKEN_LIST_OPEN);
        (is_list ? &balance->lists : &balance->blocks)->unclosed++;
        balance->openings.count--;
    }
}

/* ---- mending ------------------------------------------------------------ */

static void
copy_token(struct balance *balance, struct token token)
{
    *(struct token *)vec_next(&balance->out) = token;
}

/* What was put in stands, empty, behind the last token. */
static struct token
made_token(const struct balance *balance, enum token_kind kind)
{
    uint32_t end = balance->last.span.end;
    return (struct token){.kind = kind, .span = {end, end}};
}

static struct diag *
report_extra(struct balance *balance, struct token token, const char *found)
{
    struct diag *diag =
        diag_add(balance->sink, DIAG_L25, token.span,
                 STRS(STR("a word that begins a statement"), str_from(found)));
    diag_label(diag, "one too many", NO_STRS);
    return diag;
}

/* Blamed is the line that stands too far to the left; for a list on one line,
 * its `[`. */
static void
report_unclosed(struct balance *balance, const struct opening *opening,
                struct token token)
{
    bool is_list = opening->kind == TOKEN_LIST_OPEN;
    bool is_short = is_list && opening->line == balance->last_line;
    struct str what = is_list ? STR("the list") : STR("the block");
    struct diag *diag =
        diag_add(balance->sink, DIAG_L26, is_short ? opening->span : token.span,
                 STRS(what));
    if (is_short) {
        diag_label(diag, "opened here", NO_STRS);
        return;
    }
    diag_label(diag, "a `{}` is missing before this line",
               STRS(is_list ? STR("]") : STR("}")));
    diag_note(diag, opening->span, "it is opened here", NO_STRS);
}

/* Should this line's first token stand behind the innermost bracket's end? */
static bool
is_behind(const struct balance *balance, const struct opening *opening,
          struct token token)
{
    bool is_close = opening->kind == TOKEN_BLOCK_OPEN
                        ? token.kind == TOKEN_BLOCK_CLOSE
                        : token.kind == TOKEN_LIST_CLOSE;
    return opening->line < balance->line &&
           (balance->indent < opening->indent ||
            (balance->indent == opening->indent && !is_close));
}

static void
close_behind(struct balance *balance, struct token token)
{
    for (;;) {
        const struct opening *opening = innermost(balance);
        if (opening == NULL || !is_behind(balance, opening, token))
            return;
        bool is_list = opening->kind == TOKEN_LIST_OPEN;
        struct lack *lack = is_list ? &balance->lists : &balance->blocks;
        if (lack->unclosed == 0)
            return;
        lack->unclosed--;
        report_unclosed(balance, opening, token);
        balance->openings.count--;
        copy_token(balance, made_token(balance, is_list ? TOKEN_LIST_CLOSE
                                                        : TOKEN_BLOCK_CLOSE));
        copy_token(balance, made_token(balance, TOKEN_NEWLINE));
    }
}

/* Puts a bracket behind the last token, before the comments and newlines that
 * follow it. */
static void
insert_open(struct balance *balance, enum token_kind kind)
{
    copy_token(balance, made_token(balance, kind));
    struct token *tokens = balance->out.items;
    for (size_t i = balance->out.count - 1; i > balance->last_at; i--) {
        struct token token = tokens[i];
        tokens[i] = tokens[i - 1];
        tokens[i - 1] = token;
    }
}

/* A line that is indented more than the statement before it, where a `}` or a
 * `]` will be too many. */
static void
open_before(struct balance *balance, struct token token)
{
    bool is_block = balance->blocks.stray > 0;
    bool is_deeper = balance->indent > balance->last_indent &&
                     balance->is_last_a_statement && is_word(token.kind) &&
                     !is_open(balance->last.kind) &&
                     !is_inside(balance, TOKEN_LIST_OPEN);
    if (!is_deeper || (!is_block && balance->lists.stray == 0))
        return;
    enum token_kind kind = is_block ? TOKEN_BLOCK_OPEN : TOKEN_LIST_OPEN;
    (is_block ? &balance->blocks : &balance->lists)->stray--;
    insert_open(balance, kind);
    struct token made = made_token(balance, kind);
    struct diag *diag = diag_add(balance->sink, DIAG_L25, made.span,
                                 STRS(is_block ? STR("`{`") : STR("`[`"),
                                      str_from(token_name(TOKEN_NEWLINE))));
    diag_label(diag, "the next lines are indented as if one stood here",
               NO_STRS);
    push_opening(balance, (struct opening){kind, made.span, balance->last_line,
                                           balance->last_indent});
}

/* `{{` or `[[`, of which one is never closed; more in a row are no slip. */
static bool
is_extra_open(struct balance *balance, struct token token)
{
    struct lack *lack =
        token.kind == TOKEN_LIST_OPEN ? &balance->lists : &balance->blocks;
    if (balance->last.kind != token.kind || lack->unclosed == 0 ||
        balance->last_line != balance->line || balance->run != 1 ||
        balance->next == token.kind)
        return false;
    lack->unclosed--;
    return true;
}

/* A `}` behind something else whose `{` stands on a line before, or one that
 * is indented more than the line of its `{`. */
static bool
is_extra_close(struct balance *balance, bool is_first)
{
    const struct opening *opening = innermost(balance);
    if (balance->blocks.stray == 0 || opening == NULL ||
        opening->line == balance->line ||
        (is_first && balance->indent <= opening->indent))
        return false;
    balance->blocks.stray--;
    return true;
}

static void
take_open(struct balance *balance, struct token token)
{
    if (is_extra_open(balance, token)) {
        report_extra(balance, token, token_name(token.kind));
        return;
    }
    copy_token(balance, token);
    push_opening(balance, (struct opening){token.kind, token.span,
                                           balance->line, balance->indent});
}

static void
take_block_close(struct balance *balance, struct token token, bool is_first)
{
    if (is_extra_close(balance, is_first)) {
        diag_help(report_extra(balance, token, token_name(token.kind)),
                  "no block is open on this line", NO_STRS);
        return;
    }
    copy_token(balance, token);
    balance->openings.count -= is_inside(balance, TOKEN_BLOCK_OPEN);
}

static void
take_token(struct balance *balance, struct token token, bool is_first)
{
    while (is_list_lost(balance, token.kind)) {
        balance->lists.unclosed -= balance->lists.unclosed > 0;
        balance->openings.count--;
    }
    if (is_open(token.kind)) {
        take_open(balance, token);
    } else if (token.kind == TOKEN_BLOCK_CLOSE) {
        take_block_close(balance, token, is_first);
    } else {
        copy_token(balance, token);
        if (token.kind == TOKEN_LIST_CLOSE)
            balance->openings.count -= is_inside(balance, TOKEN_LIST_OPEN);
    }
}

static void
note_last(struct balance *balance, struct token token, bool is_first)
{
    balance->run = token.kind == balance->last.kind ? balance->run + 1 : 1;
    balance->last = token;
    balance->last_at = balance->out.count;
    balance->last_line = balance->line;
    balance->last_indent = balance->indent;
    if (is_first)
        balance->is_last_a_statement = is_word(token.kind);
}

static void
mend(struct balance *balance, struct tokens tokens, uint32_t line_start)
{
    balance->is_line_start = true;
    for (size_t i = 0; i < tokens.count; i++) {
        struct token token = tokens.at[i];
        bool is_first = balance->is_line_start && !is_trivia(token.kind);
        if (is_trivia(token.kind) || token.kind == TOKEN_END) {
            copy_token(balance, token);
            if (token.kind == TOKEN_NEWLINE) {
                balance->line++;
                balance->is_line_start = true;
                line_start = token.span.end;
            }
            continue;
        }
        if (is_first) {
            balance->is_line_start = false;
            balance->indent = token.span.start - line_start;
            close_behind(balance, token);
            open_before(balance, token);
        }
        balance->next = tokens.at[i + 1].kind; /* the last one is TOKEN_END */
        take_token(balance, token, is_first);
        note_last(balance, token, is_first);
    }
}

struct tokens
balance_brackets(struct arena *arena, struct sink *sink,
                 const struct source_map *map, struct tokens tokens)
{
    struct balance balance = {.arena = arena, .sink = sink};
    vec_init(&balance.openings, arena, sizeof(struct opening));
    count_lacks(&balance, tokens);
    if (balance.blocks.unclosed + balance.blocks.stray +
            balance.lists.unclosed + balance.lists.stray ==
        0)
        return tokens;
    vec_init(&balance.out, arena, sizeof(struct token));
    mend(&balance, tokens, source_find(map, tokens.at[0].span.start)->start);
    return (struct tokens){balance.out.items, balance.out.count,
                           tokens.is_readable};
}
