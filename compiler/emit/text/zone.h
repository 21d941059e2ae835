/*
 * The one way into an RFC 1035 master file (section 5.1): names and texts.
 * All that could mean something to a zone reader is spelled `\DDD`.
 */
#ifndef EMIT_TEXT_ZONE_H
#define EMIT_TEXT_ZONE_H

#include "ir/record.h"

/* Character-strings in quotes, of 255 bytes at most (RFC 1035 3.3), with a
 * space between them; an empty text is one empty string. */
void zone_string(struct buf *buf, struct str text);
/* An absolute name in lower case, with its dot at the end; a dot in `name`
 * always parts labels, and `\DDD` is a byte. The empty name is the root. */
void zone_name(struct buf *buf, struct str name);
/* One field of a record, which must be known. Nothing for one without any. */
void zone_field(struct buf *buf, enum field_kind kind,
                const struct value *value);
/* A mail address as a name (RFC 1035 8): the dots of its local part are
 * escaped, its `@` becomes a dot. */
void zone_mailbox(struct buf *buf, struct str address);

#endif
