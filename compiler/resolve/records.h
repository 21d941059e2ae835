/*
 * The records that a zone declares: their names completed, their fields read.
 */
#ifndef RESOLVE_RECORDS_H
#define RESOLVE_RECORDS_H

#include "diag/diag.h"
#include "ir/ir.h"

/* One `record NAME TYPE FIELDS…  ttl N`; `fields` is a list of texts. What is
 * wrong is reported; a field that was not understood becomes poison, and so
 * keeps later checks silent. False, and `*out` unset, when the name lies
 * outside the zone. CAA is not declared so.
 *
 * NAME is relative to the zone, `@` is the zone; a dot at its end makes it
 * absolute. A host among the fields is absolute when it holds a dot: one label
 * alone stands in the zone, `@` is the zone, `.` is the root. TXT joins its
 * fields without a space. */
bool resolve_record(struct arena *arena, struct sink *sink, struct str zone,
                    struct record *out, struct str name, struct span name_span,
                    enum record_type type, const struct value *fields,
                    int64_t ttl, struct span span);

#endif
