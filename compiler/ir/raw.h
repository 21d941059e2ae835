/*
 * Data that others wrote as YAML or JSON, with the place of each piece: what
 * foreign/ reads and what emit/ prints again. A piece that an alias names
 * stands in several places of the tree, so the tree is never changed.
 */
#ifndef IR_RAW_H
#define IR_RAW_H

#include "base/arena.h"
#include "source/source.h"

enum raw_kind {
    RAW_NULL,
    RAW_BOOL,
    RAW_INTEGER,
    RAW_NUMBER, /* with a fraction or an exponent, or over 64 bits */
    RAW_TEXT,
    RAW_LIST,
    RAW_MAP,
};

/* A map's entry, or a list's item, whose key is empty. */
struct raw_entry {
    struct str key;
    struct span key_span;
    const struct raw *value;
};

struct raw {
    enum raw_kind kind;
    bool is_respelled; /* JSON spells it otherwise than its file does */
    /* A text as it is meant; any other scalar as JSON spells it. */
    struct str text;
    struct span span; /* a list's or map's is that of its beginning */
    const struct raw_entry *entries; /* a map's keys are unique */
    size_t entry_count;
    /* What it is when every alias is written out. */
    size_t size;  /* pieces, itself included */
    size_t depth; /* 1 for a scalar */
};

/* One file: a document is never NULL, and one that says nothing is left out.
 */
struct raw_file {
    struct span span; /* its first byte */
    const struct raw *const *documents;
    size_t document_count;
    bool is_broken; /* what is wrong was said; there are no documents */
};

/* NULL when `raw` is NULL, is no map or has no such key. */
const struct raw_entry *raw_entry_find(const struct raw *raw, struct str key);
const struct raw *raw_find(const struct raw *raw, struct str key);
/* The text behind that key; empty when there is none. */
struct str raw_text_at(const struct raw *raw, struct str key);
/* The same value: in maps the order does not count, places never do. Two NULLs
 * are equal. */
bool is_raw_equal(const struct raw *a, const struct raw *b);
/* A list or map of these entries, at the place of `like`. */
const struct raw *raw_with_entries(struct arena *arena, const struct raw *like,
                                   const struct raw_entry *entries,
                                   size_t count);
/* Article and noun, for a message: "a text". */
struct str raw_kind_name(enum raw_kind kind);

#endif
