/*
 * Objects that somebody wrote by hand, as rules look at them: each once, with
 * the environments that it goes to; the pods that it makes, and their
 * containers. A rule over them is one loop and one function.
 */
#ifndef CHECK_RAW_H
#define CHECK_RAW_H

#include "check/check.h"

struct raw_use {
    const struct raw_object *object;
    struct str text;        /* `Deployment/cache`, as messages call it */
    const struct raw *spec; /* or NULL */
    const struct environment *const *environments; /* one at least */
    size_t environment_count;
    const struct environment *strictest; /* that of the highest tier */
};

struct raw_pod {
    const struct raw_use *use;
    const struct raw *metadata; /* of the pods, or NULL */
    const struct raw *spec;     /* of the pods; a map */
    const struct raw *security; /* its securityContext, or NULL */
    size_t container_first;     /* in raw_world.containers */
    size_t container_count;
};

enum raw_container_kind {
    RAW_CONTAINER_MAIN,
    RAW_CONTAINER_INIT,
    RAW_CONTAINER_SIDECAR, /* an init container that is always restarted */
    RAW_CONTAINER_DEBUG,   /* an ephemeral one */
};

struct raw_container {
    const struct raw_pod *pod;
    const struct raw *raw; /* a map */
    enum raw_container_kind kind;
    const struct raw *security; /* its securityContext, or NULL */
    struct str text;            /* `main` of `Deployment/cache` */
    struct span span;           /* of its name */
};

struct raw_world {
    const struct raw_use *uses;
    size_t use_count;
    const struct raw_pod *pods;
    size_t pod_count;
    const struct raw_container *containers; /* pod by pod */
    size_t container_count;
};

/* In check->arena. */
const struct raw_world *raw_world_new(struct check *check);

typedef void raw_visit(struct check *check, const struct raw_use *use);
typedef void raw_pod_visit(struct check *check, const struct raw_pod *pod);
typedef void raw_container_visit(struct check *check,
                                 const struct raw_container *container);

void each_raw(struct check *check, raw_visit *visit);
/* Of one kind in one API group (empty for the core's), in any version. */
void each_raw_of(struct check *check, const char *group, const char *kind,
                 raw_visit *visit);
bool is_raw_of(const struct raw_use *use, const char *group, const char *kind);
void each_raw_pod(struct check *check, raw_pod_visit *visit);
void each_raw_container(struct check *check, raw_container_visit *visit);

const struct raw_container *raw_container_at(const struct check *check,
                                             const struct raw_pod *pod,
                                             size_t index);
bool is_raw_in_production(const struct raw_use *use);
/* Does it run and run, with a count of replicas? */
bool has_raw_replicas(const struct raw_pod *pod);
bool is_raw_windows(const struct raw_pod *pod);

/* A message of `use`, which is also what `allow CODE on …` names. */
struct diag *raw_report(struct check *check, enum diag_code code,
                        struct span span, const struct raw_use *use,
                        struct strs texts);

#endif
