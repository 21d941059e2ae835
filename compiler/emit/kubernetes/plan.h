/*
 * What is asked of the model before a line is printed: which objects and which
 * sections of them are the same in every environment, so that they belong in
 * the base, and who calls whom.
 *
 * One function prints an object, be it whole, its base or its patch. It asks
 * has_section() before each section, so that the three cannot disagree.
 */
#ifndef EMIT_KUBERNETES_PLAN_H
#define EMIT_KUBERNETES_PLAN_H

#include "base/map.h"
#include "ir/ir.h"

enum part {
    PART_WHOLE, /* everything: a flat file, or what only an overlay has */
    PART_BASE,  /* what is the same in every environment */
    PART_PATCH, /* what is not */
};

enum section {
    SECTION_COMMON,      /* the same everywhere by its nature */
    SECTION_ENVIRONMENT, /* an environment's own by its nature */
    SECTION_LABELS,      /* of the user, as the next one */
    SECTION_ANNOTATIONS,
    SECTION_REPLICAS,
    SECTION_DEADLINE,
    SECTION_STOP,
    SECTION_LIFECYCLE,
    SECTION_USERS,
    SECTION_UPDATE,
    SECTION_JOB,
    SECTION_IMAGE,
    SECTION_COMMAND,
    SECTION_PULL,
    SECTION_PLACEMENT,
    SECTION_SPREAD,
    SECTION_PORTS,
    SECTION_EXPOSURE,
    SECTION_VARIABLES,
    SECTION_VOLUMES, /* with files and secrets as files */
    SECTION_FILES,   /* what the project's files hold */
    SECTION_STATEFUL,
    SECTION_CONTAINERS, /* init and sidecars */
    SECTION_READY,
    SECTION_LIVE,
    SECTION_STARTUP,
    SECTION_METRICS,
    SECTION_RESOURCES,
    SECTION_SCALE,
    SECTION_SCALE_OBJECT, /* what is scaled */
    SECTION_SCALE_TARGET, /* at which load */
    SECTION_CALM,
    SECTION_SCHEDULE,
    SECTION_CONFIG,
    SECTION_SECRETS,
    SECTION_SECRET_FILES,
    SECTION_CALLERS,
    SECTION_CALLS,
    SECTION_COUNT,
};

/* Several sections: a bit for each. */
enum { NO_SECTIONS = 0 };
#define SECTION(name) (UINT64_C(1) << SECTION_##name)

/* A label or annotation of the user. */
struct shared_pair {
    const struct value *value;
    size_t
        seen_count; /* environments that give it this value, from the first */
};

struct service_plan {
    bool is_everywhere;      /* it runs in every environment */
    const uint64_t *present; /* sections, by environment index */
    uint64_t shared;         /* sections that are equal in all of them */
    uint64_t base_kinds;     /* kinds of objects that the base has of it */
    /* Of the first environment, key -> struct shared_pair *. */
    struct map labels;
    struct map annotations;
    /* By config key: every environment gives it this same value. */
    const bool *is_key_shared;
};

struct environment_plan {
    /* The services that call service i: callers[starts[i] .. starts[i + 1]). */
    const size_t *starts;
    const struct service *const *callers;
};

struct plan {
    struct arena *arena;
    const struct ir *ir;
    struct service_plan *services;         /* by service index */
    struct environment_plan *environments; /* by environment index */
};

/* An object to be printed: of a workload, or of an environment alone. */
struct instance {
    const struct plan *plan;
    const struct environment *environment; /* base: the first one */
    const struct workload *workload;       /* NULL: the environment's own */
    enum part part;
    bool is_flat;      /* no kustomize adds namespaces, colours and images */
    struct str colour; /* flat only; empty: none */
    uint64_t sections; /* to be printed in this part */
    /* Annotations of this kind of object alone; they go before the user's. */
    const struct pair *extra;
    size_t extra_count;
};

struct plan *plan_new(struct arena *arena, const struct ir *ir);
/* The same plan for an emitter that puts what it needs elsewhere. */
struct plan plan_in(const struct plan *plan, struct arena *arena);

/* `workload` may be NULL. */
struct instance instance_of(const struct plan *plan,
                            const struct environment *environment,
                            const struct workload *workload, enum part part);
bool has_section(const struct instance *instance, enum section section);
bool has_any_section(const struct instance *instance, uint64_t sections);

/* Of the instance's workload. */
const struct service_plan *service_plan_of(const struct plan *plan,
                                           const struct workload *workload);
bool is_in_base(const struct instance *instance, unsigned kind);
/* Is this pair of the user printed in this part? `pairs` are the labels or
 * the annotations of the service's plan. */
bool has_pair(const struct instance *instance, const struct map *pairs,
              const struct pair *pair);
/* Is this config key printed in this part? */
bool has_config_key(const struct instance *instance,
                    const struct setting *setting);

#endif
