/*
 * A zone's records in the order and the words in which every form of it shows
 * them: SOA, name servers, then RFC 4034 6.1 order of names.
 */
#ifndef EMIT_ZONE_ROWS_H
#define EMIT_ZONE_ROWS_H

#include "base/arena.h"
#include "ir/ir.h"

struct zone_row {
    struct str owner; /* as a master file spells it */
    int64_t ttl_seconds;
    struct str type;
    struct str fields; /* as a master file spells them; empty: it waits */
    struct str hole;   /* what it waits for */
    const struct record *record; /* NULL for the SOA */
};

struct zone_rows {
    struct zone_row *at;
    size_t count;
};

/* The SOA is the first row. */
struct zone_rows zone_rows(struct arena *arena, const struct zone *zone);
struct zone_row zone_row_of(struct arena *arena, const struct record *record);
/* Does the zone say all that its SOA needs? Without it, no name server takes
 * the zone. */
bool is_soa_known(const struct zone *zone);
/* Gives the SOA, which must be known, its serial. */
void zone_rows_date(struct arena *arena, struct zone_rows *rows,
                    const struct zone *zone, uint32_t serial);

#endif
