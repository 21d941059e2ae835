/*
 * Hosts that a setting's text refers to: `api.example.com`,
 * `https://user@api.example.com:8443/v1, http://web:3000`.
 */
#ifndef CHECK_REFERENCES_H
#define CHECK_REFERENCES_H

#include "base/arena.h"

struct reference {
    struct str host; /* lower case, without the last dot; never empty */
    bool has_scheme;
    bool has_port;
};

/* Takes the next reference off `*rest`; false when there is none. E-mail
 * addresses are passed over. */
bool reference_next(struct arena *arena, struct str *rest,
                    struct reference *reference);

/* A service's name inside a cluster: SERVICE, SERVICE.NAMESPACE, or either
 * with `.svc` and more behind it. `namespace_name` may be empty. */
struct cluster_name {
    struct str service;
    struct str namespace_name;
    bool has_suffix; /* `.svc…`: it cannot be anything else */
};

bool cluster_name_read(struct str host, struct cluster_name *name);

#endif
