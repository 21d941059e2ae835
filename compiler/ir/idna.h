/*
 * International host names (RFC 5891) through libidn2.
 */
#ifndef IR_IDNA_H
#define IR_IDNA_H

#include "base/arena.h"

/* ASCII names come back as they are, A-labels and others in lower case. False
 * when IDNA2008 forbids the name; `*ascii` is then untouched. */
bool idna_to_ascii(struct arena *arena, struct str host, struct str *ascii);
/* For people; a name that cannot be shown comes back as it is. */
struct str idna_to_unicode(struct arena *arena, struct str host);
/* A text for people, with every name in it as they read it. */
struct str idna_shown(struct arena *arena, struct str text);

#endif
