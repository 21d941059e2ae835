/*
 * Records that follow from another zone of the program.
 */
#ifndef RESOLVE_ZONE_LINKS_H
#define RESOLVE_ZONE_LINKS_H

#include "ir/ir.h"

/* A zone that lies in another one of the program gets its NS records there, its
 * DS records, and the addresses of those of its name servers that lie in it
 * (RFC 1034 4.2.1), unless that other zone says NS records for it itself. */
void resolve_delegations(struct arena *arena, struct ir *ir);
/* In a zone with `pointers`, each address that the program's zones hold gets a
 * PTR record to the first name that has it, unless the zone says one itself. */
void resolve_pointers(struct arena *arena, struct ir *ir);

#endif
