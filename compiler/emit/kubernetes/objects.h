/*
 * Every object of an environment, one after another: printed whole, or as
 * data on which patches can be laid.
 */
#ifndef EMIT_KUBERNETES_OBJECTS_H
#define EMIT_KUBERNETES_OBJECTS_H

#include "emit/kubernetes.h"
#include "emit/kubernetes/kinds.h"

/* One that is not printed yet: a kind's, or one that a `manifest` brings. */
struct planned_object {
    const struct kind *kind; /* NULL: brought */
    struct instance instance;
    const struct raw_object *brought;
};

typedef void visit_planned(void *context, const struct planned_object *object);

/* Of these workloads, with what is the environment's own before the first one
 * and behind the last. */
void each_planned(const struct plan *plan,
                  const struct environment *environment, struct share share,
                  visit_planned *visit, void *context);
void print_planned(struct yaml *yaml, const struct planned_object *object);
struct made_object make_planned(struct arena *arena,
                                const struct planned_object *object);
struct made_objects make_all(const struct plan *plan,
                             const struct environment *environment);

#endif
