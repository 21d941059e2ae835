/*
 * Master files that others wrote (RFC 1035 5, RFC 2308 4, RFC 3597 5), read to
 * the shape in which the program's own zones are. Faults are messages with
 * their place in that file; a record that is wrong is left out.
 */
#ifndef FOREIGN_ZONE_H
#define FOREIGN_ZONE_H

#include "diag/diag.h"
#include "ir/ir.h"

/* The file that `$INCLUDE` names, in the source map; NULL after a message. */
typedef const struct source_file *include_zone(void *context,
                                               const struct source_file *from,
                                               struct str path,
                                               struct span span);

struct zone_source {
    struct arena *arena;
    struct sink *sink;
    const struct source_file *file;
    struct str origin; /* where relative names stand, until $ORIGIN says */
    include_zone *include;
    void *context;
};

/* NULL when the file has no SOA, which is said. Its `primary`, `contact`,
 * `serial` and times are those of the SOA, its `ttl` is the SOA's; its name
 * servers are records like all others. */
const struct zone *foreign_read_zone(const struct zone_source *source);

#endif
