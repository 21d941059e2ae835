/*
 * Services outside the cluster that answer for names of a zone.
 */
#ifndef IR_DELIVERY_H
#define IR_DELIVERY_H

#include "base/str.h"

struct delivery {
    struct str suffix;
    const char *name;
    const char *issuers; /* parted by spaces; empty: not known */
    bool is_claimable;
};

/* The service that the host belongs to, by its longest suffix, or NULL. */
const struct delivery *delivery_find(struct str host);

#endif
