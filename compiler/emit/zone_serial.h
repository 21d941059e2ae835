/*
 * The serial of a zone's next file, as a pure function of the last file and
 * the next one.
 */
#ifndef EMIT_ZONE_SERIAL_H
#define EMIT_ZONE_SERIAL_H

#include "base/str.h"

/* `previous` is the zone file that the last build wrote, empty when there is
 * none; `next` is the new one, with any serial. Comments and empty lines do
 * not count. The same serial when both say the same; the next one (RFC 1982
 * 3.1, and never 0, which some name servers take for "none") when they do not;
 * 1 when there is no last file, or none that holds a serial. */
uint32_t zone_serial(struct str previous, struct str next);

#endif
