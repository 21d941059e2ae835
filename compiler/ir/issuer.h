/*
 * Certificate authorities as `tls` names them.
 */
#ifndef IR_ISSUER_H
#define IR_ISSUER_H

#include "ir/ir.h"

/* How a CAA record names the issuer's authority (RFC 8659 4.2); empty when
 * the issuer is not known. */
struct str issuer_domain(const struct value *issuer);
/* Its certificates are for trying out, and trusted by nobody. */
bool is_issuer_untrusted(const struct value *issuer);

#endif
