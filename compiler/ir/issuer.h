/*
 * Certificate authorities as `tls` names them.
 */
#ifndef IR_ISSUER_H
#define IR_ISSUER_H

#include "ir/ir.h"

/* How a CAA record names the issuer's authority (RFC 8659 4.2); empty when
 * the issuer is not known. */
struct str issuer_domain(const struct value *issuer);
/* What the issuer's object is called. */
struct str issuer_object_name(const struct ir *ir);
/* DNS-01 needs the controller's own identity, which cert-manager lends to
 * cluster-wide issuers alone; HTTP-01 needs no more than a namespace. */
bool is_issuer_of_cluster(const struct ir *ir);
/* Does cert-manager get a certificate for the environment's hosts, and is its
 * issuer an object of the same namespace? */
bool has_certificate(const struct ir *ir,
                     const struct environment *environment);
bool has_own_issuer(const struct ir *ir, const struct environment *environment);
/* The Secret that an environment's certificate is written to. */
struct str certificate_secret_name(struct arena *arena, const struct ir *ir);
/* Its certificates are for trying out, and trusted by nobody. */
bool is_issuer_untrusted(const struct value *issuer);

/* How control of a name in a zone is proved by DNS: Route 53 where it serves
 * the zone, or else Azure, in whose subscription the project is. */
enum dns_solver { DNS_SOLVER_NONE, DNS_SOLVER_AZURE, DNS_SOLVER_ROUTE53 };
enum dns_solver dns_solver_of(const struct ir *ir, const struct zone *zone);
/* Does a certificate of the program hold a name of that zone? */
bool is_zone_certified(const struct ir *ir, const struct zone *zone);

#endif
