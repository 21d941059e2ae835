/*
 * The table of Kubernetes kinds and their fields (kubernetes.def).
 */
#ifndef IR_KUBERNETES_H
#define IR_KUBERNETES_H

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
/* The kind called `name`, of whatever group, in the newest version whose fields
 * are known; NULL when there is none. */
const struct kube_kind *kube_kind_find_named(struct str name);
/* `v2` is newer than `v1`, and that newer than `v1beta1`; of whatever groups.
 */
bool is_kube_version_newer(struct str api_version, struct str than);
/* The fields of a shape, to be cut by kube_field_next; the name must be one of
 * the table. */
struct str kube_fields(struct str shape);
/* Cuts the next field off; false at the end. `*` gives a field of that name.
 */
bool kube_field_next(struct str *fields, struct kube_field *field);
/* The field of that name, or the shape's `*`; false when it has neither. */
bool kube_field_find(struct str shape, struct str name,
                     struct kube_field *field);

/* What a type says of its items. */
enum kube_form { KUBE_WORD, KUBE_CHOICE, KUBE_LIST, KUBE_MAP, KUBE_SHAPE };

struct kube_type {
    enum kube_form form;
    /* A list's or map's items, a choice's words, else the type itself. */
    struct str inner;
    /* Of a list that kubectl merges item by item: by which fields, separated
     * by `+`; empty for items that are texts. */
    struct str keys;
    bool is_merged;
};

struct kube_type kube_type_of(struct str type);
/* Is it a kind of Kubernetes itself, whose lists kubectl and kustomize know how
 * to merge, and no custom resource? */
bool is_kube_builtin(struct str api_version);

#endif
