/*
 * Zones as RFC 1035 master files, and as Markdown tables for people.
 */
#ifndef EMIT_ZONES_H
#define EMIT_ZONES_H

#include "emit/document.h"
#include "ir/model.h"

/* What the last build left, so that serials rise only when records change. */
struct zone_history {
    struct str day; /* YYYY-MM-DD that serials are made of; empty: none */
    const struct str *files; /* of the zones, in the order of the IR; each may
                              * be empty: there was none */
    size_t count;            /* 0, or as many as the IR has zones */
};

/* Where a zone's master file goes, below the output folder; empty when the
 * folder's name is not known yet. */
struct str zone_path(struct arena *arena, const struct ir *ir,
                     const struct zone *zone);
/* Each record in one line, the SOA first, with this serial; empty while the SOA
 * waits. */
struct str zone_lines(struct arena *arena, const struct zone *zone,
                      uint32_t serial);
/* ZONE.zone and ZONE.md for each zone. A record that waits for a hole stands
 * there as a comment; a zone whose SOA waits has no master file. */
void emit_zones(const struct model *model, struct zone_history history,
                struct documents *documents);

#endif
