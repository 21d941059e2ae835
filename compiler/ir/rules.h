/*
 * How a workload is placed, replaced, run to its end and scaled; and how much
 * an environment lets run. Fields that the program leaves out are NULL.
 */
#ifndef IR_RULES_H
#define IR_RULES_H

#include "ir/value.h"

struct service;

/* ---- placement ---------------------------------------------------------- */

/* Beside the pods of a service, or away from them. */
struct affinity {
    const struct service *service;
    bool is_near;
    const struct value *over; /* `node`, `zone`, or a label of nodes */
    bool is_required;
    const struct value *weight; /* count, of a preferred one */
    struct span span;
};

/* Which nodes, by a label and its values. */
struct node_rule {
    struct str label;
    const struct value *values; /* list; NULL: any value */
    bool is_except;
    bool is_preferred;
    const struct value *weight;
    struct span span;
};

struct spread {
    struct str over; /* `node`, `zone`, `none`, or a label of nodes */
    const struct value *skew;
    const struct value *domains; /* at least so many */
    bool is_required;
    struct span span;
};

struct host_alias {
    struct str address;
    const struct value *names; /* list */
    struct span span;
};

struct pod_placement {
    const struct affinity *affinities;
    size_t affinity_count;
    const struct node_rule *node_rules;
    size_t node_rule_count;
    const struct spread *spreads; /* none: over nodes and zones */
    size_t spread_count;
    const struct host_alias *aliases;
    size_t alias_count;
    const struct value *runtime_class;
    const struct value *scheduler;
    const struct value *dns_servers; /* list */
    const struct value *dns_search;  /* list */
    const struct pair *dns_options;  /* a value may be NULL */
    size_t dns_option_count;
};

/* ---- one release after another ------------------------------------------ */

struct update {
    const struct value *how;         /* rolling, recreate */
    const struct value *surge;       /* count or percent */
    const struct value *unavailable; /* the same */
    const struct value *steady;      /* duration */
    const struct value *progress;    /* duration */
    const struct value *revisions;   /* count */
};

/* ---- to an end ---------------------------------------------------------- */

struct job_rules {
    const struct value *overlap; /* forbid, allow, replace */
    const struct value *late;    /* duration */
    const struct value *history; /* count */
    const struct value *history_failed;
    const struct value *retries;
    const struct value *time_limit; /* duration */
    const struct value *parallel;
    const struct value *completions;
    const struct value *keep_finished; /* duration */
    bool is_indexed;
    bool is_suspended;
};

/* ---- scale -------------------------------------------------------------- */

struct scale_rule {
    const struct value *steps; /* list of counts and percents; NULL: default */
    const struct value *every; /* duration */
    const struct value *pick;  /* most, least, none */
    const struct value *calm;  /* duration */
};

/* A metric that is not of its pods. */
struct scale_metric {
    struct str name;
    const struct value *value;
    bool is_total; /* not for each pod */
    const struct pair *labels;
    size_t label_count;
    const struct value *of_api; /* of this object; NULL: of the outside */
    const struct value *of_kind;
    const struct value *of_name;
    struct span span;
};

/* ---- an environment's bounds -------------------------------------------- */

/* What the program asks for; `checks` hold the derived need against it. */
struct quota {
    bool is_said;
    const struct value *pods;
    const struct value *cpu;     /* range: requests..limits */
    const struct value *memory;  /* the same */
    const struct value *storage; /* ephemeral, the same */
    const struct value *claims;  /* count */
    const struct value *claim_storage;
    const struct pair *objects; /* `configmaps`: count */
    size_t object_count;
    struct span span;
};

/* What a container, or a claim, may ask for. */
struct size_limits {
    bool is_said;
    const struct value *cpu;            /* range: least..most */
    const struct value *memory;         /* the same */
    const struct value *default_cpu;    /* range: request..limit */
    const struct value *default_memory; /* the same */
    const struct value *claim;          /* range: least..most */
    struct span span;
};

#endif
