/*
 * Data that others wrote, printed again: same values, our spelling. Two things
 * in it may be an environment's own: the name of a ConfigMap that broxc makes,
 * which follows its content, and the namespace of a ServiceAccount.
 */
#ifndef EMIT_KUBERNETES_RAW_H
#define EMIT_KUBERNETES_RAW_H

#include "emit/kubernetes/plan.h"
#include "emit/text/yaml.h"

struct raw_scope {
    const struct plan *plan;
    const struct environment *environment; /* NULL: as it stands */
};

/* `key: value` in the map that is open. */
void emit_raw_entry(struct yaml *yaml, const struct raw_scope *scope,
                    struct str key, const struct raw *raw);
/* Does it say something that each environment says otherwise? */
bool has_own_names(const struct ir *ir, const struct raw *raw);

#endif
