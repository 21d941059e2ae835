/*
 * Questions about an environment's edge that the checks and the emitters share.
 */
#ifndef IR_EDGE_H
#define IR_EDGE_H

#include "ir/ir.h"

bool has_gateway(const struct environment *environment);
/* A Gateway of the environment's own; else one of another namespace. */
bool has_own_gateway(const struct environment *environment);
/* Is plain HTTP answered as it is? */
bool serves_http(const struct environment *environment);
/* Does TLS end before the edge: at what stands there, or at the Gateway of
 * somebody else? Then the environment needs no certificate. */
bool is_tls_elsewhere(const struct environment *environment);
/* Do clients come by HTTPS? */
bool is_https(const struct ir *ir, const struct environment *environment);

/* Does its own Gateway send plain HTTP on to HTTPS? */
bool redirects_http(const struct ir *ir, const struct environment *environment);

/* Hosts of a workload that are routed alike: what one HTTPRoute is made of. */
struct route_group {
    const struct value *const *hosts; /* known ones, at most 16 */
    size_t host_count;
    const struct route *const *routes;
    size_t route_count;
};

struct route_groups {
    const struct route_group *at;
    size_t count;
};

/* Bounds of the Gateway API (gateway.networking.k8s.io/v1). */
enum {
    GATEWAY_LISTENERS_MAX = 64,
    ROUTE_HOSTS_MAX = 16,
    ROUTE_RULES_MAX = 16,
    RULE_MATCHES_MAX = 64,
};

struct route_groups route_groups_of(struct arena *arena,
                                    const struct workload *workload);
/* `api`, then `api.2`, `api.3`: no service's name has a dot. */
struct str route_group_name(struct arena *arena,
                            const struct workload *workload, size_t index);

#endif
