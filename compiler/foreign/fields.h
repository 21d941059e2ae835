/*
 * An object held against the fields of its kind. Private to the room.
 */
#ifndef FOREIGN_FIELDS_H
#define FOREIGN_FIELDS_H

#include "diag/diag.h"
#include "ir/kind_types.h"

/* Of one object: pieces that are held against one way of several. What is left
 * then is the API server's to judge. */
enum { TRIES_MAX = 200000 };

/* Where in the object we are: a chain up to its root. */
struct where {
    const struct where *parent; /* NULL: the object itself */
    struct str key;             /* empty: an item of a list */
    size_t index;
};

struct fields {
    struct arena *arena;
    struct sink *sink;
    struct sink *muted; /* what is tried, without a report; NULL until then */
    const struct kube_range *range;
    struct str kind;
    size_t tries_left;
    size_t ways_open; /* one inside of the other */
    bool is_patch;    /* it says a part, and how that is merged */
};

/* The object says its apiVersion and its kind. */
void check_fields(struct arena *arena, struct sink *sink,
                  struct kind_types *types, const struct raw *object);
/* What a patch says of an object of the kind: nothing must be there. */
void check_patch_fields(struct arena *arena, struct sink *sink,
                        const struct kube_range *range, struct str kind,
                        const struct raw_type *type, const struct raw *root);

/* ---- between the files of the validator ---- */

/* `owner` is where to say that something is missing. */
void check_value(struct fields *fields, const struct where *where,
                 const struct raw_type *type, struct span owner,
                 const struct raw *raw);
/* `spec.containers[0].image`; the kind at the root. */
struct str where_text(const struct fields *fields, const struct where *where);
/* Of its kind's type already: its words, quantity, pattern and bounds. */
void check_content(struct fields *fields, const struct where *where,
                   const struct raw_type *type, const struct raw *raw);
/* Types that it is held against, too. */
void check_ways(struct fields *fields, const struct where *where,
                const struct raw_type *type, struct span owner,
                const struct raw *raw);

#endif
