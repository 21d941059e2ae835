/*
 * What the files that read master files share. Private to them.
 */
#ifndef FOREIGN_ZONE_READER_H
#define FOREIGN_ZONE_READER_H

#include "base/buf.h"
#include "base/limits.h"
#include "base/vec.h"
#include "foreign/zone.h"

enum zone_token_kind {
    ZONE_WORD,   /* `text` as written, escapes and all */
    ZONE_QUOTED, /* the same, without its quotes */
    ZONE_LINE_END,
    ZONE_FILE_END,
    ZONE_BROKEN, /* that was said: nothing is known until the next line */
};

struct zone_token {
    enum zone_token_kind kind;
    struct str text;
    struct span span;
};

/* One file, from its beginning on. */
struct zone_lexer {
    struct sink *sink;
    const struct source_file *file;
    size_t at;
    size_t depth;     /* of parentheses */
    struct span open; /* the outermost one that is open */
    bool takes_pairs; /* KEY="a b" is one word (RFC 9460 2.1) */
    bool is_peeked;
    struct zone_token next;
};

void zone_lexer_init(struct zone_lexer *lexer, struct sink *sink,
                     const struct source_file *file);
/* At the beginning of a line: does a blank stand there? */
bool zone_lexer_is_blank(const struct zone_lexer *lexer);
struct zone_token zone_token_peek(struct zone_lexer *lexer);
struct zone_token zone_token_next(struct zone_lexer *lexer);
bool zone_lexer_is_over(const struct zone_lexer *lexer);
/* To the line behind this one. */
void zone_lexer_skip_line(struct zone_lexer *lexer);

struct zone_reader {
    const struct zone_source *source;
    struct arena *arena;
    struct sink *sink;
    struct zone_lexer *lexer;
    struct str origin;
    bool has_owner;
    struct str owner;
    struct span owner_span;
    bool has_default_ttl; /* by $TTL */
    int64_t default_ttl;
    bool has_last_ttl;
    int64_t last_ttl;
    const struct source_file *open[LIMIT_INCLUDE_DEPTH + 1];
    size_t depth;
    bool has_soa;       /* there is one, be it readable or not */
    struct zone *zone;  /* its serial is NULL until the SOA is read */
    struct vec records; /* of struct record */
};

/* D40, on the token: "expected {}, found …". */
struct diag *report_zone_token(struct zone_reader *reader, const char *wants,
                               struct zone_token token);
bool is_zone_word(struct zone_token token, const char *word);

/* A name as the IR spells one, absolute; false after a message. */
bool read_zone_name(struct zone_reader *reader, struct zone_token token,
                    struct str *name);
/* A text with its escapes undone; false after a message. */
bool read_zone_text(struct zone_reader *reader, struct zone_token token,
                    struct str *text);
/* `3600`, `1h30m`, in seconds; false when it is none. */
bool zone_ttl_read(struct str text, int64_t *seconds);

/* The fields of `record`, whose type is known, up to the end of the line; false
 * after a message. */
bool read_zone_fields(struct zone_reader *reader, struct record *record);
/* The same from the bytes of a known type in the form of RFC 3597. */
bool decode_zone_fields(struct zone_reader *reader, struct record *record,
                        struct str digits, struct span span);
/* Keeps the strings of a TXT record, when a writer would part it otherwise. */
void keep_zone_strings(struct value *value, const struct value *items,
                       size_t count);
/* The SOA's fields into the zone. */
bool read_zone_soa(struct zone_reader *reader, struct zone *zone);

#endif
