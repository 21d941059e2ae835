/*
 * A zone for tools that others use: what `also` asks for. What such a tool has
 * no word for stands there as a comment.
 */
#ifndef EMIT_ZONE_FORMS_H
#define EMIT_ZONE_FORMS_H

#include "emit/zone_rows.h"

#include "base/buf.h"

/* OctoDNS's YAML of one zone: octodns.readthedocs.io, "Records". */
void write_octodns(struct buf *buf, const struct zone *zone,
                   const struct zone_rows *rows);
/* DNSControl's D(…) of one zone: docs.dnscontrol.org, "Domain modifier
 * functions". */
void write_dnscontrol(struct buf *buf, const struct zone *zone,
                      const struct zone_rows *rows);

/* A change batch of Route 53, which must be able to have every record. */
void write_route53(struct buf *buf, const struct zone *zone,
                   const struct zone_rows *rows);

#endif
