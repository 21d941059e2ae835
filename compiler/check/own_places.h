/*
 * Where a job that somebody wrote by hand gets to: the GitHub environment, the
 * namespaces, clusters and resource groups that it names, by themselves or
 * through its matrix, its inputs and its variables.
 */
#ifndef CHECK_OWN_PLACES_H
#define CHECK_OWN_PLACES_H

#include "base/vec.h"
#include "check/workflow_jobs.h"

enum place_kind {
    PLACE_GITHUB,
    PLACE_NAMESPACE,
    PLACE_CLUSTER,
    PLACE_GROUP,
    PLACE_SCRIPT, /* a word behind a script of the user's own */
};

struct place {
    enum place_kind kind;
    struct str name;
    bool is_open;           /* known only when it runs; `name` is empty */
    const struct raw *text; /* where it is said */
    struct str written;     /* as it is said there */
};

/* What one run of a job reaches: one for each combination of its matrix and
 * of the inputs that are chosen from a list. */
struct places {
    struct vec items; /* of struct place */
};

typedef void places_visit(struct check *check, const struct workflow_job *job,
                          const struct places *places);
/* Calls `visit` for each job that reaches a cluster, once a combination. */
void each_places(struct check *check, places_visit *visit);

/* The name of the GitHub environment of a job, `environment` or its `name`, or
 * NULL; that of a map without one is an empty text. */
const struct raw *github_text(const struct raw *job);
struct span place_span(const struct check *check, const struct place *place);
const struct place *place_find(const struct places *places,
                               enum place_kind kind);
/* Does the step change what runs there, and not only look? */
bool is_changing_step(const struct raw *step);

#endif
