/*
 * Resource records: which types there are, and what fields each has. One table
 * (records.def), from which readers, writers and checks are made.
 */
#ifndef IR_RECORD_H
#define IR_RECORD_H

#include "ir/value.h"

#include "base/buf.h"

struct environment;
struct workload;

enum record_type {
#define RECORD(id, number, wants, ...) RECORD_##id,
#include "ir/records.def"
#undef RECORD
    RECORD_TYPE_COUNT
};

enum { RECORD_FIELDS_MAX = 6 };

/* What a field is, and how the IR holds it. Those from STRINGS on take all that
 * is left of a record. */
enum field_kind {
    FIELD_NONE,
    FIELD_IPV4,    /* text, as it was written */
    FIELD_IPV6,    /* the same */
    FIELD_HOST,    /* text, spelled as an owner is; empty for the root */
    FIELD_NUMBER8, /* number */
    FIELD_NUMBER16,
    FIELD_TAG,        /* text, small letters and digits */
    FIELD_STRING,     /* text of any bytes */
    FIELD_LONG,       /* the same, without a length of its own */
    FIELD_STRINGS,    /* text, all of it; where its strings are not those that
                         it would be written in anyway, each is an item, too */
    FIELD_HEX,        /* text, small letters */
    FIELD_PARAMETERS, /* list of texts KEY or KEY=VALUE, by number of the key */
    FIELD_LOCATION,   /* text, every part of it written out */
    FIELD_BYTES,      /* text, as FIELD_HEX; may be empty */
};

struct record_form {
    const char *name; /* "OTHER" has none of its own: record_name */
    uint16_t number;
    const char *wants; /* "a priority and a host" */
    enum field_kind fields[RECORD_FIELDS_MAX];
};

/* One resource record, declared or derived. `owner` is absolute, lower case,
 * without the last dot; a byte that is no letter, digit, `-` or `_` is spelled
 * `\DDD`, but for the `*` of a wildcard. */
struct record {
    struct str owner;
    enum record_type type;
    uint16_t type_number; /* of OTHER */
    bool is_dot_missing;  /* its host has dots, and none at its end */
    bool is_derived;      /* it follows from another zone of the program */
    int64_t ttl_seconds;
    /* As the type's form says; NULL behind the last. */
    const struct value *fields[RECORD_FIELDS_MAX];
    /* A host's address record: whose; NULL when declared in the zone. */
    const struct environment *environment;
    const struct workload *workload; /* NULL for a host that redirects */
    /* It moves when a release of this environment switches; or NULL. */
    const struct environment *switched_in;
    struct span span;
    struct span owner_span; /* where its name stands */
};

const struct record_form *record_form(enum record_type type);
size_t record_field_count(enum record_type type);
/* The type that a word names, in capitals or small: `MX`, or `TYPE15` (RFC 3597
 * 5), which may be one without a row. */
bool record_type_find(struct str word, enum record_type *type,
                      uint16_t *number);
/* `MX`, `TYPE731`. */
struct str record_name(struct arena *arena, const struct record *record);

/* The first field of that kind, or NULL. */
const struct value *record_field(const struct record *record,
                                 enum field_kind kind);
/* The address or host that it leads to, or NULL. */
const struct value *record_target(const struct record *record);
bool is_address_record(const struct record *record);
/* What it says, without its TTL, in a form of its own: equal records have equal
 * keys, however they are spelled. Empty when it is not known yet. */
struct str record_key(struct arena *arena, const struct record *record);
/* The same of an address, or of the hole that stands for one. */
struct str address_key(struct arena *arena, const struct value *address);

#endif
