/*
 * The syntax tree, as it was written. Everything is a statement: a word, its
 * arguments, maybe a block (design 1.1). No vocabulary is known here.
 */
#ifndef PARSER_AST_H
#define PARSER_AST_H

#include "base/str.h"
#include "source/source.h"

enum argument_kind {
    ARGUMENT_ATOM,
    ARGUMENT_TEXT, /* was quoted */
    ARGUMENT_HOLE, /* `text` is the name, without `?` */
    ARGUMENT_LIST,
    ARGUMENT_RANGE,      /* two items */
    ARGUMENT_COMPARISON, /* `text` is the sign, one item */
    ARGUMENT_ARROW,      /* two items */
    ARGUMENT_POISON,     /* was not understood, and that was said */
};

/* A text is a row of pieces: what stands there, and ${paths}. */
struct piece {
    bool is_path;
    struct str text; /* decoded; a path without `${` and `}` */
    struct span span;
};

/* A program has more of these than of anything else. */
struct argument {
    enum argument_kind kind;
    struct span span;
    uint32_t piece_count; /* 0 when it has no paths */
    struct str text;      /* decoded, when it has no paths; else as written */
    union {               /* what has pieces has no items */
        const struct piece *pieces;
        const struct argument *items;
    };
    uint32_t item_count;
};

struct block;

struct statement {
    /* An atom, or a text (`"a key" value`); poison before a block without. */
    struct argument word;
    const struct argument *arguments;
    const struct block *block; /* NULL when it has none */
    struct str doc;            /* its doc comment, dedented; may be empty */
    struct span span;          /* from the word to the last argument */
    uint32_t argument_count;
};

struct block {
    struct span open; /* `{`; empty for a whole file */
    struct span close;
    const struct statement *statements;
    size_t statement_count;
};

#endif
