/*
 * `patch KIND NAME …`: what somebody lays over an object that broxc makes.
 */
#ifndef IR_PATCH_H
#define IR_PATCH_H

#include "ir/raw.h"

/* One environment's: its ${paths} are filled in. */
struct patch {
    struct str kind;
    struct str name;
    struct span span; /* of the statement's words */
    struct span kind_span;
    struct span name_span;
    const struct raw *root; /* a map; never NULL */
};

/* What the program makes for an environment, as data. */
struct made_object {
    const struct raw *root;
    struct str common_name; /* before a colour was added to it */
    struct str source_name; /* before a hash or a namespace made it its own */
    bool is_brought;        /* by a `manifest` */
};

struct made_objects {
    const struct made_object *at;
    size_t count;
};

/* Is this one that the patch names? */
bool is_patch_of(const struct patch *patch, const struct made_object *object);
/* The object's own name. */
struct str made_name(const struct made_object *object);

#endif
