/*
 * The serial of a zone's next file, as a pure function of the last file, the
 * next one, what is served, and the day that the caller names.
 */
#ifndef EMIT_ZONE_SERIAL_H
#define EMIT_ZONE_SERIAL_H

#include "base/str.h"

struct serial_source {
    struct str previous; /* the zone file that the last build wrote, empty when
                            there is none */
    bool has_served;
    uint32_t served; /* of what is served today, if that is known */
    struct str day;  /* YYYY-MM-DD, or empty: serials count from 1 */
};

/* `next` is the new file, with any serial. Comments and empty lines do not
 * count. The last file's serial when both say the same and no higher one is
 * served. Else the day's first, YYYYMMDD01, when that is above both, and
 * otherwise the next one (RFC 1982 3.1, and never 0, which some name servers
 * take for "none"); a day of more than 99 changes goes on into the next. */
uint32_t zone_serial(const struct serial_source *source, struct str next);

#endif
