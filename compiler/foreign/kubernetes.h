/*
 * The table of Kubernetes kinds and their fields (kubernetes.def). Private to
 * the room.
 */
#ifndef FOREIGN_KUBERNETES_H
#define FOREIGN_KUBERNETES_H

#include "base/str.h"

struct kube_kind {
    struct str api_version;
    struct str name;
    struct str shape; /* empty: its fields are not known */
    bool is_namespaced;
};

struct kube_field {
    struct str name;
    struct str type; /* as the table spells it */
    bool is_required;
};

/* NULL when there is none. */
const struct kube_kind *kube_kind_find(struct str api_version, struct str name);
/* Some kind called `name` whose API group is that of `api_version`, in any
 * version; NULL when there is none. */
const struct kube_kind *kube_kind_find_other(struct str api_version,
                                             struct str name);
/* The fields of a shape, to be cut by kube_field_next; the name must be one of
 * the table. */
struct str kube_fields(struct str shape);
/* Cuts the next field off; false at the end. `*` gives a field of that name.
 */
bool kube_field_next(struct str *fields, struct kube_field *field);

#endif
