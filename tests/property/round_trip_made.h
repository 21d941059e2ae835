/*
 * What is made of a program, and how that differs from what is made of another.
 * Apart from round_trip.h, since readers of YAML have shapes of their own.
 */
#ifndef PROPERTY_ROUND_TRIP_MADE_H
#define PROPERTY_ROUND_TRIP_MADE_H

#include "base/buf.h"

#include <brx/brx.h>

struct document {
    struct str path;
    struct str content;
};

struct made {
    bool is_refused;
    bool has_place;                   /* of the first message */
    struct str fault;                 /* of how it is said; or empty */
    struct str messages;              /* and the program, when it is short */
    const struct document *documents; /* but for zones */
    size_t document_count;
};

/* As `read` of the options has it; the context is a struct str, the program. */
enum brx_status read_program(void *context, struct brx_text path,
                             struct brx_text *text);
struct made make_program(struct arena *arena, struct str program);
/* Empty when both are the same but for the text; else what is not. */
struct str compare_made(struct arena *arena, const struct made *harmless,
                        const struct made *hostile, struct str mark,
                        struct str text);
/* `text` with `by` wherever it has `mark`. */
struct str replaced(struct arena *arena, struct str text, struct str mark,
                    struct str by);

#endif
