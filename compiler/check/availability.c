/*
 * Family A: does it stay up while replicas come and go? What the emitters
 * always write (disruption budgets, spread, deadlines, histories) needs no
 * rule.
 */
#include "check/check.h"
#include "check/sizes.h"
#include "check/walk.h"
#include "ir/quantity.h"

static void judge_room(struct check *check, const struct workload *workload);
static void judge_least(struct check *check, const struct workload *workload);
static void judge_single(struct check *check, const struct workload *workload);
static void judge_ready(struct check *check, const struct workload *workload);
static void judge_probes(struct check *check, const struct workload *workload);
static void judge_start(struct check *check, const struct workload *workload);
static void judge_drain(struct check *check, const struct workload *workload);
static bool is_production(const struct workload *workload);
static bool is_same_probe(const struct probe *a, const struct probe *b);

/* A03 */
void
check_scale_room(struct check *check)
{
    each_workload(check, judge_room);
}

/* A06 */
void
check_scale_least(struct check *check)
{
    each_workload(check, judge_least);
}

/* A07 */
void
check_single_replica(struct check *check)
{
    each_workload(check, judge_single);
}

/* A14 */
void
check_ready_missing(struct check *check)
{
    each_workload(check, judge_ready);
}

/* A15 */
void
check_probes_equal(struct check *check)
{
    each_workload(check, judge_probes);
}

/* A18 */
void
check_drain(struct check *check)
{
    each_workload(check, judge_drain);
}

/* A17 */
void
check_start_budget(struct check *check)
{
    each_workload(check, judge_start);
}

static bool
is_production(const struct workload *workload)
{
    return workload->environment->tier == TIER_PRODUCTION;
}

/* ---- replicas ----------------------------------------------------------- */

static void
judge_room(struct check *check, const struct workload *workload)
{
    const struct value *scale = workload->scale;
    if (!is_value_known(scale) || is_scheduled(workload) ||
        replicas_least(workload)->number < replicas_most(workload)->number)
        return;
    struct str object = workload_object(check, workload);
    struct str count =
        arena_number(check->arena, replicas_least(workload)->number);
    struct diag *diag =
        diag_add(check->sink, DIAG_A03, scale->span, STRS(object));
    diag_label(diag, "it may have {}, no more and no fewer", STRS(count));
    diag_help(diag, "widen the range, or write the count {} alone",
              STRS(count));
    diag_about(diag, object);
}

/* A range that has no room is A03's, and one that begins below the count is
 * R12's. */
static void
judge_least(struct check *check, const struct workload *workload)
{
    const struct value *scale = workload->scale;
    if (!is_production(workload) || is_scheduled(workload) ||
        !is_value_known(scale))
        return;
    int64_t least = replicas_least(workload)->number;
    if (least > 1 || least == replicas_most(workload)->number)
        return;
    struct str object = workload_object(check, workload);
    if (is_promise_broken(workload) && !is_allowed(check, DIAG_R12, object))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_A06, scale->span, STRS(object));
    diag_label(diag, "at night a restart is an outage", NO_STRS);
    diag_help(diag, "start the range at 2 or more", NO_STRS);
    diag_about(diag, object);
}

static void
judge_single(struct check *check, const struct workload *workload)
{
    const struct value *count = workload->count;
    if (!is_production(workload) || workload->scale != NULL ||
        !is_value_known(count) || count->number != 1)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_A07, count->span, STRS(object));
    diag_label(diag, "every restart is an outage", NO_STRS);
    diag_help(diag, "run 2 or more", NO_STRS);
    diag_about(diag, object);
}

/* ---- probes ------------------------------------------------------------- */

/* What has no port serves nobody, and is asked nothing. */
static void
judge_ready(struct check *check, const struct workload *workload)
{
    if (!is_production(workload) || is_scheduled(workload) ||
        workload->port_count == 0 || workload->ready != NULL)
        return;
    struct str object = workload_object(check, workload);
    struct diag *diag =
        diag_add(check->sink, DIAG_A14, workload->span, STRS(object));
    diag_label(diag, "it gets traffic before it can answer", NO_STRS);
    diag_note(diag, workload->ports[0].span, "it serves this port", NO_STRS);
    diag_help(diag, "write `ready GET /path` in `{}`",
              STRS(workload->service->name));
    diag_about(diag, object);
}

static bool
is_same_probe(const struct probe *a, const struct probe *b)
{
    return a->kind == b->kind && is_value_equal(a->path, b->path) &&
           is_value_equal(a->every, b->every) &&
           is_value_equal(a->timeout, b->timeout) &&
           is_value_equal(a->failures, b->failures);
}

static void
judge_probes(struct check *check, const struct workload *workload)
{
    const struct probe *ready = workload->ready;
    const struct probe *live = workload->live;
    if (ready == NULL || live == NULL || is_scheduled(workload) ||
        is_value_poison(ready->path) || !is_same_probe(ready, live))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_A15, live->span,
                                 STRS(STR("live"), STR("ready")));
    diag_label(diag, "too busy to serve, it is killed as well", NO_STRS);
    diag_note(diag, ready->span, "the same question here", NO_STRS);
    diag_help(diag, "ask `live` elsewhere, more seldom or more patiently",
              NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

/* When a pod that never answers is killed, from its start; -1 when a part of
 * it is not known. */
static int64_t
killed_after_ms(const struct probe *live)
{
    if (!is_value_known(live->every) || !is_value_known(live->failures) ||
        (live->start != NULL && !is_value_known(live->start)))
        return -1;
    int64_t start = live->start == NULL ? 0 : live->start->number;
    return add_bounded(
        start, multiply_bounded(live->every->number, live->failures->number));
}

static void
judge_start(struct check *check, const struct workload *workload)
{
    const struct probe *live = workload->live;
    if (live == NULL || workload->ready == NULL || is_scheduled(workload) ||
        !is_value_known(workload->ready->start))
        return;
    const struct value *start = workload->ready->start;
    int64_t killed_ms = killed_after_ms(live);
    if (killed_ms < 0 || killed_ms >= start->number)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_A17, live->span, NO_STRS);
    diag_label(diag, "a pod that does not answer is killed after {}",
               STRS(duration_text(check->arena, killed_ms)));
    diag_note(diag, start->span, "coming up may take {}",
              STRS(duration_text(check->arena, start->number)));
    diag_help(diag, "write `start {}` behind `live` too",
              STRS(duration_text(check->arena, start->number)));
    diag_about(diag, workload_object(check, workload));
}

/* The default gives way to a short `stop` by itself. */
static void
judge_drain(struct check *check, const struct workload *workload)
{
    const struct value *drain = workload->drain;
    const struct value *stop = workload->stop;
    if (!is_value_known(drain) || !is_value_known(stop) ||
        drain->origin->layer == LAYER_DEFAULT || drain->number < stop->number)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_A18, drain->span,
                 STRS(workload_object(check, workload),
                      duration_text(check->arena, drain->number),
                      duration_text(check->arena, stop->number)));
    diag_label(diag, "nothing is left of `stop` to end in", NO_STRS);
    if (stop->origin->layer != LAYER_DEFAULT)
        diag_note(diag, stop->span, "it has this long in all", NO_STRS);
    diag_help(diag, "drain for less than half of `stop`", NO_STRS);
    diag_about(diag, workload_object(check, workload));
}
