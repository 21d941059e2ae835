/*
 * What tells two states of a zone apart, by sets of records: all those of one
 * name and one type (RFC 2181 5). The SOA is not compared.
 */
#ifndef IR_ZONE_CHANGE_H
#define IR_ZONE_CHANGE_H

#include "base/vec.h"
#include "ir/ir.h"

enum zone_change_kind { ZONE_KEPT, ZONE_ADDED, ZONE_CHANGED, ZONE_REMOVED };

struct zone_change {
    enum zone_change_kind kind;
    struct str owner;
    struct str type;
    bool is_waiting;   /* some of it is not known yet: what it says is open */
    struct vec before; /* of const struct record *, in the zone's order */
    struct vec after;
};

struct zone_changes {
    const struct zone_change *at; /* in the order of a zone file */
    size_t count;
    size_t counts[ZONE_REMOVED + 1]; /* of each kind */
};

/* The strings that a TXT record is parted into do not count: some who serve
 * zones part them anew. */
struct zone_changes zone_compare(struct arena *arena, const struct zone *before,
                                 const struct zone *after);

#endif
