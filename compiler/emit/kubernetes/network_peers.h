/*
 * Who may talk to whom: what network policies are made from.
 */
#ifndef EMIT_KUBERNETES_NETWORK_PEERS_H
#define EMIT_KUBERNETES_NETWORK_PEERS_H

#include "emit/kubernetes/plan.h"

bool are_ports_equal(const struct workload *a, const struct workload *b);

/* Alike in how their Services are seen from outside. */
bool are_exposures_equal(const struct workload *a, const struct workload *b);

/* Is there anybody who may send requests to it? */
bool has_callers(const struct workload *workload);
bool are_callers_equal(const struct plan *plan, const struct workload *a,
                       const struct workload *b);
/* Does a host that is known lead to this port? */
bool is_routed_port(const struct workload *workload, const struct port *port);
/* From where requests for an environment's hosts come. */
enum edge_source {
    EDGE_NAMESPACE, /* pods of a namespace */
    EDGE_PODS,      /* pods of the Gateway, in the environment's namespace */
    EDGE_ANYWHERE,  /* no pods that a policy could name */
};

struct edge_peer {
    enum edge_source source;
    struct str namespace_name; /* empty: any; of EDGE_PODS, whom they ask */
};

struct edge_peer edge_peer_of(const struct environment *environment);

/* Does it send requests to anybody, in the cluster or outside? */
bool has_calls(const struct workload *workload);
bool are_calls_equal(const struct workload *a, const struct workload *b);
/* The called service in the workload's environment; NULL when it does not run
 * there, or listens on no port. */
const struct workload *called_workload(const struct workload *workload,
                                       const struct call *call);
/* Its migration runs in pods of its own, which call what it calls. */
bool migrates(const struct environment *environment,
              const struct service *service);
/* Do its own pods speak with each other? */
bool has_peers(const struct workload *workload);
/* Whoever holds secrets talks to what they open: a database, a mail service. */
bool reaches_outside(const struct workload *workload);

#endif
