/*
 * What a watch asks Prometheus and what must hold, as both the pipeline's
 * script and a controller in the cluster ask it.
 */
#ifndef EMIT_WORKFLOWS_QUERIES_H
#define EMIT_WORKFLOWS_QUERIES_H

#include "ir/release.h"

enum { WATCH_INTERVAL_SECONDS = 30 };

struct watch_time {
    int64_t seconds;
    int64_t settle_seconds; /* of them, before the first question */
};

struct watch_check {
    struct str name; /* `errors` */
    struct str query;
    struct str operator_text; /* `<` */
    struct str bound;         /* in the query's unit: `0.5` */
};

struct watch_checks {
    const struct watch_check *at;
    size_t count;
};

/* The step's duration is known. */
struct watch_time watch_time_of(const struct step *step);
/* `pods` is a pattern of the pods alone that are watched, whose measures must
 * then be there; empty: all pods of the environment, whose namespace is known.
 */
struct watch_checks watch_checks_of(struct arena *arena,
                                    const struct environment *environment,
                                    const struct step *step, struct str pods);
/* 1500 thousandths are `1.5`. */
struct str thousandths_text(struct arena *arena, int64_t number);

#endif
