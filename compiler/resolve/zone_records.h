/*
 * All records of the zones: the declared ones, and those that follow from the
 * zones' other words and from the environments' hosts.
 */
#ifndef RESOLVE_ZONE_RECORDS_H
#define RESOLVE_ZONE_RECORDS_H

#include "ir/ir.h"

/* Adds to what each zone declares: NS for its name servers, CAA for its
 * issuers, and an address record for each host of the environments that has
 * no address or CNAME of its own in a zone. Without `issuewild`, an issuer may
 * also issue wildcards (RFC 8659 4.3): the program says who may issue, and
 * nothing of a kind of name.
 *
 * An address that is a hole makes an A record that waits for it. A host whose
 * environment has no address gets no record. */
void resolve_zone_records(struct arena *arena, struct ir *ir);

#endif
