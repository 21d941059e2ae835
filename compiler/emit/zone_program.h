/*
 * A zone as a block of the language, for who moves to broxc.
 */
#ifndef EMIT_ZONE_PROGRAM_H
#define EMIT_ZONE_PROGRAM_H

#include "base/buf.h"
#include "ir/ir.h"

/* `zone NAME { … }` of a zone that a master file says: what it compiles to has
 * the same records, with the same TTLs, and a serial above. */
void write_zone_program(struct buf *buf, const struct zone *zone);

#endif
