/*
 * A record's fields, read from what they say: with every quote and escape of
 * the language that they stood in undone.
 */
#ifndef IR_FIELD_H
#define IR_FIELD_H

#include "ir/record.h"

/* What a message expects: "a number from 0 to 255". */
const char *field_wants(enum field_kind kind);
/* Any field but a host and parameters; one that takes the rest of its record is
 * read from all of it, parted by spaces. Fills kind, type, number and text of
 * `*value`; false when it is no such field. */
bool field_read(struct arena *arena, enum field_kind kind, struct str text,
                struct value *value);

/* What is wrong with a list of parameters; no fault: NULL. */
struct parameters_fault {
    const char *what; /* said of `text` */
    struct str text;
    size_t index; /* of the one that is guilty */
};

/* RFC 9460 2.1, 7, 8: KEY or KEY=VALUE each, in any order. Fills `*value`, a
 * list in the order of the keys' numbers. */
struct parameters_fault parameters_read(struct arena *arena,
                                        const struct value *items, size_t count,
                                        struct value *value);

/* RFC 1876 3, every part written out; false when it is no such place. */
bool location_read(struct arena *arena, struct str text, struct str *out);

/* The split that a writer makes of a text of any length (RFC 1035 3.3). */
enum { CHARACTER_STRING_MAX = 255 };

#endif
