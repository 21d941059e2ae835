/*
 * The records that a zone declares: their names completed, their fields read.
 */
#ifndef RESOLVE_RECORDS_H
#define RESOLVE_RECORDS_H

#include "diag/diag.h"
#include "ir/ir.h"

/* One `record NAME TYPE FIELDS…`; `fields` is a list of texts, and `*record`
 * holds its type, its TTL and where it stands. What is wrong is reported; a
 * field that was not understood becomes poison, and so keeps later checks
 * silent. False when the name lies outside the zone. With `is_apart`, a TXT
 * record's texts stay strings of their own.
 *
 * NAME is relative to the zone, `@` is the zone; a dot at its end makes it
 * absolute. A host among the fields is absolute when it holds a dot: one label
 * alone stands in the zone, `@` is the zone, `.` is the root. TXT joins its
 * fields without a space. */
bool resolve_record(struct arena *arena, struct sink *sink, struct str zone,
                    struct record *record, struct str name,
                    const struct value *fields, bool is_apart);

#endif
