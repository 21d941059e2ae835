/*
 * Family R, between environments: which one is larger, and what all that
 * stand on one cluster need together.
 */
#include "check/check.h"
#include "check/places.h"
#include "check/sizes.h"
#include "check/walk.h"
#include "ir/quantity.h"
#include "ir/release.h"

/* One number of a workload that can be compared. */
struct measure {
    const char *label; /* with `{}` for the number */
    const struct value *(*find)(const struct workload *workload);
    struct str (*text)(struct arena *, int64_t);
};

/* What everything on a cluster asks for, and what its nodes have. */
struct need {
    int64_t memory_bytes;
    int64_t cpu_millicores;
};

static const struct value *memory_limit(const struct workload *workload);
static const struct value *cpu_limit(const struct workload *workload);
static void judge_shrinking(struct check *check,
                            const struct workload *workload);
static void judge_sameness(struct check *check, const struct environment *first,
                           const struct environment *second);
static void judge_headroom(struct check *check,
                           const struct environment *environment);

static const struct measure measures[] = {
    {"the memory limit is {}", memory_limit, memory_text},
    {"the CPU limit is {}", cpu_limit, cpu_text},
    {"{} replicas at most", replicas_most, arena_number},
};

enum { MEASURE_COUNT = sizeof measures / sizeof measures[0] };

/* R11 */
void
check_shrinking(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (environment->tier == TIER_DEVELOPMENT)
            continue;
        for (size_t j = 0; j < environment->workload_count; j++)
            judge_shrinking(check, environment->workloads[j]);
    }
}

/* R17 */
void
check_same_size(struct check *check)
{
    each_environment_pair(check, judge_sameness);
}

/* R15 */
void
check_colour_headroom(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        if (check->ir->environments[i]->is_staged)
            judge_headroom(check, check->ir->environments[i]);
    }
}

/* ---- larger, smaller, equal --------------------------------------------- */

static const struct value *
memory_limit(const struct workload *workload)
{
    const struct value *limit = size_limit(workload->memory);
    return is_value_known(limit) ? limit : NULL;
}

static const struct value *
cpu_limit(const struct workload *workload)
{
    const struct value *limit = size_limit(workload->cpu);
    return is_value_known(limit) ? limit : NULL;
}

/* The same service in an environment of a lower tier, where it is largest and
 * larger than `least`; or NULL. */
static const struct workload *
larger_before_find(const struct ir *ir, const struct workload *workload,
                   const struct measure *measure, int64_t least)
{
    const struct workload *largest = NULL;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        if (environment->tier >= workload->environment->tier)
            continue;
        const struct workload *other =
            workload_find(environment, workload->service);
        const struct value *size = other == NULL ? NULL : measure->find(other);
        if (size == NULL || size->number <= least)
            continue;
        least = size->number;
        largest = other;
    }
    return largest;
}

static void
judge_shrinking(struct check *check, const struct workload *workload)
{
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        const struct measure *measure = &measures[i];
        const struct value *own = measure->find(workload);
        if (own == NULL)
            continue;
        const struct workload *other =
            larger_before_find(check->ir, workload, measure, own->number);
        if (other == NULL)
            continue;
        const struct value *larger = measure->find(other);
        struct str object = workload_object(check, workload);
        struct diag *diag =
            diag_add(check->sink, DIAG_R11, own->span,
                     STRS(object, workload_object(check, other)));
        diag_label(diag, measure->label,
                   STRS(measure->text(check->arena, own->number)));
        diag_note(diag, larger->span, measure->label,
                  STRS(measure->text(check->arena, larger->number)));
        diag_help(diag, "give it as much as there, or take less there",
                  NO_STRS);
        diag_about(diag, object);
    }
}

/* In all three numbers, and with more than one replica. */
static bool
is_same_size(const struct workload *a, const struct workload *b)
{
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        const struct value *left = measures[i].find(a);
        const struct value *right = measures[i].find(b);
        if (left == NULL || right == NULL || left->number != right->number)
            return false;
    }
    return replicas_most(a)->number > 1;
}

static void
judge_same_workload(struct check *check, const struct workload *small,
                    const struct workload *large)
{
    if (!is_same_size(small, large))
        return;
    struct str object = workload_object(check, small);
    struct diag *diag = diag_add(check->sink, DIAG_R17, small->span,
                                 STRS(object, workload_object(check, large)));
    diag_label(diag, "it costs as much", NO_STRS);
    diag_note(diag,
              place_apart(large->span, small->span, large->environment->span),
              "the same size here", NO_STRS);
    diag_help(diag, "give it fewer replicas, or smaller ones", NO_STRS);
    diag_about(diag, object);
}

static void
judge_sameness(struct check *check, const struct environment *first,
               const struct environment *second)
{
    const struct environment *small =
        first->tier == TIER_DEVELOPMENT ? first : second;
    const struct environment *large = small == first ? second : first;
    if (small->tier != TIER_DEVELOPMENT || large->tier != TIER_PRODUCTION)
        return;
    for (size_t i = 0; i < small->workload_count; i++) {
        const struct workload *other =
            workload_find(large, small->workloads[i]->service);
        if (other != NULL)
            judge_same_workload(check, small->workloads[i], other);
    }
}

/* ---- both colours ------------------------------------------------------- */

static bool
is_same_known(const struct value *a, const struct value *b)
{
    return is_value_known(a) && is_value_equal(a, b);
}

static bool
shares_cluster(const struct environment *a, const struct environment *b)
{
    if (a == b)
        return true;
    return a->cluster != NULL && b->cluster != NULL &&
           is_same_known(a->cluster->name, b->cluster->name) &&
           (a->cluster->group == b->cluster->group ||
            is_same_known(a->cluster->group, b->cluster->group));
}

/* What is not known asks for nothing: the sum is then too small, and the
 * rule silent rather than wrong. */
static void
add_need(struct need *need, const struct workload *workload, int64_t colours)
{
    int64_t memory_bytes = pod_memory_bytes(workload);
    int64_t cpu_millicores = pod_cpu_millicores(workload);
    const struct value *most = replicas_most(workload);
    int64_t pods = 1;
    if (!is_scheduled(workload))
        pods = multiply_bounded(most == NULL ? 0 : most->number, colours);
    if (memory_bytes >= 0)
        need->memory_bytes = add_bounded(need->memory_bytes,
                                         multiply_bounded(memory_bytes, pods));
    if (cpu_millicores >= 0)
        need->cpu_millicores = add_bounded(
            need->cpu_millicores, multiply_bounded(cpu_millicores, pods));
}

/* Its own two colours, and one of everybody else on the cluster. */
static struct need
need_of(const struct ir *ir, const struct environment *environment)
{
    struct need need = {0, 0};
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *other = ir->environments[i];
        if (!shares_cluster(environment, other))
            continue;
        for (size_t j = 0; j < other->workload_count; j++)
            add_need(&need, other->workloads[j],
                     other == environment && runs_twice(other->workloads[j])
                         ? 2
                         : 1);
    }
    return need;
}

static void
judge_pool(struct check *check, const struct environment *environment,
           const struct value *node, int64_t need,
           struct str (*text)(struct arena *, int64_t))
{
    if (!is_value_known(node))
        return;
    int64_t pool =
        multiply_bounded(environment->cluster->nodes->number, node->number);
    if (need <= pool)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_R15, node->span,
                 STRS(environment->name, text(check->arena, need)));
    diag_label(diag, "its nodes have {} together",
               STRS(text(check->arena, pool)));
    diag_note(diag, environment->deploy->span,
              "both colours run until the old one is removed", NO_STRS);
    diag_help(diag, "add nodes, or let the autoscaler go less high", NO_STRS);
    diag_about(diag, environment->name);
}

static void
judge_headroom(struct check *check, const struct environment *environment)
{
    if (environment->cluster == NULL ||
        !is_value_known(environment->cluster->nodes))
        return;
    struct need need = need_of(check->ir, environment);
    judge_pool(check, environment, environment->cluster->memory,
               need.memory_bytes, memory_text);
    judge_pool(check, environment, environment->cluster->cpu,
               need.cpu_millicores, cpu_text);
}
