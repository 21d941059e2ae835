/*
 * What stands in an environment's namespace, whoever made it: the pods that
 * broxc writes and those of manifests, by their labels; Services, autoscalers.
 * Rules that hold one object against the others look here. There is a scene
 * only where a manifest is, for what broxc writes agrees by itself.
 */
#ifndef CHECK_SCENE_H
#define CHECK_SCENE_H

#include "base/map.h"
#include "base/vec.h"
#include "check/raw.h"

/* The pods of one workload. */
struct scene_pods {
    struct str text; /* `Deployment/api` */
    struct str kind;
    struct str name;
    struct span span;                 /* what messages of it point at */
    const struct workload *workload;  /* that broxc writes them for, or NULL */
    struct str colour;                /* of those; may be empty */
    bool is_migration;                /* before a release, in a Job */
    const struct raw_pod *raw;        /* or NULL */
    const struct raw_use *autoscaler; /* of a manifest, or NULL */
    bool has_budget;                  /* of a manifest */
    int64_t least;                    /* pods; -1: not known */
    int64_t most;
};

struct scene {
    struct arena *arena;
    const struct ir *ir;
    const struct environment *environment;
    struct vec pods;          /* of struct scene_pods * */
    struct map pods_by_text;  /* `Deployment/api` -> struct scene_pods */
    struct map pods_by_label; /* `key=value` -> struct vec of them */
    struct map services;      /* name -> struct scene_service */
    struct vec policies;      /* of const struct raw_use *, in their order */
    /* A custom resource may make pods and Services that nobody sees here. */
    bool has_strangers;
};

struct scene_service {
    const struct workload *workload;   /* or NULL */
    const struct scene_pods *made_for; /* of the workload, or NULL */
    const struct raw_use *raw;         /* or NULL */
};

/* What an autoscaler of a manifest keeps at the least and at the most; -1 when
 * that cannot be read. */
int64_t autoscaler_least(const struct raw_use *use);
int64_t autoscaler_most(const struct raw_use *use);

/* The share of a request that it aims at, `averageUtilization`; NULL when it
 * measures the resource otherwise or not at all. */
const struct raw *autoscaler_share(const struct raw_use *use,
                                   struct str resource);

/* NULL when no manifest goes to the environment. */
const struct scene *scene_of(const struct check *check,
                             const struct environment *environment);
/* One for each environment. */
const struct scene *const *scenes_new(struct check *check);

/* The autoscaler of a pod's workload, in one of its environments, or NULL. */
const struct raw_use *autoscaler_find(const struct check *check,
                                      const struct raw_pod *pod);

/* The value of a label; false when the pods have none of that key. */
bool pods_label(const struct scene *scene, const struct scene_pods *pods,
                struct str key, struct str *value);
/* A LabelSelector (matchLabels, matchExpressions); one that says nothing, or
 * NULL, takes all. */
bool is_selected(const struct scene *scene, const struct scene_pods *pods,
                 const struct raw *selector);
/* The same of a plain map of labels, as a Service has. */
bool is_matched(const struct scene *scene, const struct scene_pods *pods,
                const struct raw *labels);

/* Walks the pods that a selector takes; NULL behind the last one. */
struct scene_walk {
    const struct scene *scene;
    const struct raw *selector;
    bool is_plain; /* a map of labels */
    const struct vec *candidates;
    size_t next;
};
struct scene_walk scene_select(const struct scene *scene,
                               const struct raw *selector);
struct scene_walk scene_match(const struct scene *scene,
                              const struct raw *labels);
struct scene_pods *scene_next(struct scene_walk *walk);

/* The first of these labels that no pods have, with any others; NULL where it
 * takes several to match none. */
const struct raw_entry *scene_stray_label(const struct scene *scene,
                                          const struct raw *labels);

/* Some pods behind a Service; NULL when there are none. */
const struct scene_pods *service_pods(const struct scene *scene,
                                      const struct scene_service *service);

/* Calls `judge` for each object of the kind and each scene that it is in,
 * until one of them reports: a fault that several environments share is one. */
typedef bool scene_judge(struct check *check, const struct raw_use *use,
                         const struct scene *scene);
void each_scene_of(struct check *check, const char *group, const char *kind,
                   scene_judge *judge);
/* The same for the pods of manifests. */
typedef bool scene_pods_judge(struct check *check, const struct scene *scene,
                              const struct scene_pods *pods);
void each_scene_pods(struct check *check, scene_pods_judge *judge);

#endif
