/*
 * Text to tokens. A token is a kind and a span; its text stays in the source.
 * Comments and newlines are tokens, so that the formatter loses nothing. The
 * lexer knows no vocabulary: whether `3` is a count is the schema's business.
 */
#ifndef LEXER_LEXER_H
#define LEXER_LEXER_H

#include "diag/diag.h"

enum token_kind {
#define TOKEN(id, name) TOKEN_##id,
#include "lexer/token.def"
#undef TOKEN
};

struct token {
    enum token_kind kind : 8;
    bool is_plain : 1; /* an atom that reads as it is written: without paths */
    struct span span;
};

struct tokens {
    const struct token *at; /* the last one is TOKEN_END */
    size_t count;
    bool is_readable; /* false: no text at all, which was said */
};

/* Reports what no token can hold (L18, L19, L26) and goes on. */
struct tokens lex_file(struct arena *arena, struct sink *sink,
                       const struct source_file *file);
const char *token_name(enum token_kind kind);

#endif
