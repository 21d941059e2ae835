/*
 * How much may run in a namespace: the most that the program can lead to.
 */
#include "emit/kubernetes/environment.h"

#include "emit/kubernetes/object.h"
#include "emit/kubernetes/workload.h"
#include "ir/quantity.h"

enum {
    SURGE_DIVISOR = 4, /* maxSurge: 25%, rounded up */
    /* The solver pods of an HTTP-01 challenge, as cert-manager makes them. */
    SOLVER_CPU_REQUEST = 10,
    SOLVER_CPU_LIMIT = 100,
    SOLVER_MEMORY = 64 * 1024 * 1024,
    /* What the LimitRange gives to a container that says nothing. */
    DEFAULT_CPU_REQUEST = 50,
    DEFAULT_CPU_LIMIT = 200,
    DEFAULT_MEMORY_REQUEST = 64 * 1024 * 1024,
    DEFAULT_MEMORY_LIMIT = 128 * 1024 * 1024,
};

/* `is_known` falls when one workload does not say. */
struct sum {
    const char *key;
    bool is_known;
    int64_t total;
};

struct totals {
    struct sum cpu_request, cpu_limit;
    struct sum memory_request, memory_limit;
    int64_t pods;
};

static struct totals totals_of(const struct instance *instance);

static void
emit_default(struct yaml *yaml, const char *key, int64_t cpu, int64_t memory)
{
    struct arena *arena = yaml->buf->arena;
    yaml_map(yaml, key);
    yaml_text(yaml, "cpu", cpu_text(arena, cpu));
    yaml_text(yaml, "memory", memory_text(arena, memory));
    yaml_end(yaml);
}

/* What a container gets that says nothing, such as somebody's debug pod: a
 * quota refuses pods that have no requests and limits. */
void
emit_limit_range(struct yaml *yaml, const struct instance *instance)
{
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, "v1", "LimitRange",
                    STR("defaults"));
    yaml_map(yaml, "spec");
    yaml_list(yaml, "limits");
    yaml_item(yaml);
    yaml_word(yaml, "type", "Container");
    emit_default(yaml, "defaultRequest", DEFAULT_CPU_REQUEST,
                 DEFAULT_MEMORY_REQUEST);
    emit_default(yaml, "default", DEFAULT_CPU_LIMIT, DEFAULT_MEMORY_LIMIT);
    yaml_end(yaml);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_sum(struct yaml *yaml, struct sum sum,
         struct str (*text)(struct arena *, int64_t))
{
    if (sum.is_known)
        yaml_text(yaml, sum.key, text(yaml->buf->arena, sum.total));
}

void
emit_resource_quota(struct yaml *yaml, const struct instance *instance)
{
    struct totals totals = totals_of(instance);
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, "v1",
                    "ResourceQuota", STR("total"));
    yaml_map(yaml, "spec");
    yaml_map(yaml, "hard");
    emit_sum(yaml, totals.cpu_request, cpu_text);
    emit_sum(yaml, totals.memory_request, memory_text);
    emit_sum(yaml, totals.cpu_limit, cpu_text);
    emit_sum(yaml, totals.memory_limit, memory_text);
    yaml_text(yaml, "pods", arena_number(yaml->buf->arena, totals.pods));
    yaml_end(yaml);
    yaml_end(yaml);
}

/* ---- the sums ----------------------------------------------------------- */

static void
sum_add(struct sum *sum, int64_t each, int64_t count)
{
    if (each > 0 && count > (INT64_MAX - sum->total) / each)
        sum->is_known = false;
    else
        sum->total += each * count;
}

static void
sum_add_range(struct sum *request, struct sum *limit, const struct value *range,
              int64_t count)
{
    if (!is_value_known(range)) {
        request->is_known = false;
        limit->is_known = false;
        return;
    }
    sum_add(request, range_low(range)->number, count);
    sum_add(limit, range_high(range)->number, count);
}

/* Both colours at their largest; or one, and those that replace it. A
 * migration takes one more. */
static int64_t
pods_max(const struct workload *workload)
{
    int64_t pods = is_job(workload) ? 1 : count_max(workload);
    if (pods > INT32_MAX)
        pods = INT32_MAX;
    if (runs_twice(workload))
        pods *= 2;
    else if (!is_job(workload) && !is_stateful(workload))
        pods += (pods + SURGE_DIVISOR - 1) / SURGE_DIVISOR;
    return pods + (workload->migration != NULL);
}

/* Init containers and sidecars are counted in full: the scheduler asks for a
 * little less, never for more. One without sizes gets the LimitRange's. */
static void
add_containers(struct totals *totals, const struct workload *workload,
               int64_t pods)
{
    for (size_t i = 0; i < workload->container_count; i++) {
        const struct container *container = &workload->containers[i];
        if (container->cpu != NULL)
            sum_add_range(&totals->cpu_request, &totals->cpu_limit,
                          container->cpu, pods);
        else {
            sum_add(&totals->cpu_request, DEFAULT_CPU_REQUEST, pods);
            sum_add(&totals->cpu_limit, DEFAULT_CPU_LIMIT, pods);
        }
        if (container->memory != NULL)
            sum_add_range(&totals->memory_request, &totals->memory_limit,
                          container->memory, pods);
        else {
            sum_add(&totals->memory_request, DEFAULT_MEMORY_REQUEST, pods);
            sum_add(&totals->memory_limit, DEFAULT_MEMORY_LIMIT, pods);
        }
    }
}

static void
add_solvers(struct totals *totals, const struct instance *instance)
{
    const struct ir *ir = instance->plan->ir;
    const struct certificate *certificate =
        certificate_find(ir, instance->environment);
    if (ir->tls == NULL || ir->tls->proof != PROOF_HTTP || certificate == NULL)
        return;
    int64_t count = (int64_t)certificate->name_count;
    sum_add(&totals->cpu_request, SOLVER_CPU_REQUEST, count);
    sum_add(&totals->cpu_limit, SOLVER_CPU_LIMIT, count);
    sum_add(&totals->memory_request, SOLVER_MEMORY, count);
    sum_add(&totals->memory_limit, SOLVER_MEMORY, count);
    totals->pods += count;
}

static struct totals
totals_of(const struct instance *instance)
{
    const struct environment *environment = instance->environment;
    struct totals totals = {
        .cpu_request = {"requests.cpu", true, 0},
        .cpu_limit = {"limits.cpu", true, 0},
        .memory_request = {"requests.memory", true, 0},
        .memory_limit = {"limits.memory", true, 0},
    };
    for (size_t i = 0; i < environment->workload_count; i++) {
        const struct workload *workload = environment->workloads[i];
        int64_t pods = pods_max(workload);
        totals.pods += pods;
        sum_add_range(&totals.cpu_request, &totals.cpu_limit, workload->cpu,
                      pods);
        sum_add_range(&totals.memory_request, &totals.memory_limit,
                      workload->memory, pods);
        add_containers(&totals, workload, pods);
    }
    add_solvers(&totals, instance);
    return totals;
}
