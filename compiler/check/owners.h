/*
 * A zone's records by the name they belong to.
 */
#ifndef CHECK_OWNERS_H
#define CHECK_OWNERS_H

#include "base/map.h"
#include "base/vec.h"
#include "check/check.h"
#include "ir/ir.h"

struct owner {
    struct str name;
    struct vec records; /* of const struct record *, in the zone's order */
};

struct owners {
    struct arena *arena;
    const struct zone *zone;
    struct map index;
    struct vec list; /* of const struct owner *, in the zone's order */
};

typedef bool is_record_meant(const struct record *record);

/* Of every zone, in the order of the IR. */
const struct owners *owners_new(struct check *check);
const struct owners *owners_of(const struct check *check,
                               const struct zone *zone);
size_t owner_count(const struct owners *owners);
const struct owner *owner_at(const struct owners *owners, size_t index);
/* NULL when no record belongs to the name. */
const struct owner *owner_find(const struct owners *owners, struct str name);
/* Would a resolver find something, also by a wildcard (RFC 4592 3.3.1), or is
 * it the business of another zone, to which NS records hand it over? */
bool is_owner_answered(const struct owners *owners, struct str name);

size_t owner_record_count(const struct owner *owner);
const struct record *owner_record_at(const struct owner *owner, size_t index);
/* The first record of the type, or NULL. */
const struct record *owner_record_find(const struct owner *owner,
                                       enum record_type type);
/* Has it an address, or a CNAME that leads on? */
bool has_owner_address(const struct owner *owner);
/* An SPF record: the version, then a blank or the end (RFC 7208 4.5). */
is_record_meant is_mail_policy;

#endif
