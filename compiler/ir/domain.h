/*
 * Domain names as the IR holds them: absolute, lower case, without the dot at
 * the end. Only what several rooms ask of them; no syntax is judged here.
 */
#ifndef IR_DOMAIN_H
#define IR_DOMAIN_H

#include "base/buf.h"

/* RFC 4034 6.1: label by label from the right, the shorter name first. */
int domain_compare(struct str a, struct str b);
/* Is it the zone's own name, or one below it? */
bool is_domain_inside(struct str name, struct str zone);
/* The name without its first label; empty for a name of one label. */
struct str domain_parent(struct str name);
/* Of an address of mail; empty when it has none. */
struct str mailbox_domain(struct str mailbox);
/* Is its first label a `*`? */
bool is_wildcard(struct str name);
/* Does `\DDD` stand at that index: a byte that no host's name has? */
bool is_name_escape(struct str name, size_t index);
/* The bytes of one more label, spelled as the IR does: in small letters, `\DDD`
 * what no host's name has, and `*` when it is the whole of the first one. */
void add_label(struct buf *name, struct str label);
void add_label_byte(struct buf *name, unsigned byte);
/* A relative name and what it is relative to, neither of them empty. */
struct str domain_join(struct arena *arena, struct str name, struct str origin);

#endif
