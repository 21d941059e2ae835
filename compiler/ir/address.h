/*
 * IP addresses as numbers, so that two spellings of one are seen to be one.
 */
#ifndef IR_ADDRESS_H
#define IR_ADDRESS_H

#include "base/buf.h"

enum { IPV4_BYTES = 4, IPV6_BYTES = 16 };

struct address {
    bool is_ipv6;
    unsigned char bytes[IPV6_BYTES]; /* the first four, for IPv4 */
};

/* RFC 3986 3.2.2 IPv4address, without leading zeros; RFC 4291 2.2, without a
 * zone. False when the text is neither. */
bool address_read(struct str text, struct address *address);
/* The one way to write it: RFC 5952 4, without the mixed form. */
void address_write(struct buf *buf, const struct address *address);
/* Its name in in-addr.arpa or ip6.arpa (RFC 1035 3.5, RFC 3596 2.5). */
struct str address_reverse(struct arena *arena, const struct address *address);
/* The zone of a block ADDRESS/BITS; empty when none fits it: the bits must be
 * whole bytes, or whole digits of an IPv6 address. */
struct str block_reverse(struct arena *arena, struct str block);
bool is_address_equal(const struct address *a, const struct address *b);
/* Do the first `bits` bits agree, in one family? */
bool is_address_inside(const struct address *address,
                       const struct address *block, unsigned bits);

#endif
