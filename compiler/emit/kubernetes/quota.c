/*
 * How much may run in a namespace: the most that the program can lead to.
 */
#include "emit/kubernetes/environment.h"

#include "emit/kubernetes/network.h"
#include "emit/kubernetes/kinds.h"
#include "emit/kubernetes/object.h"
#include "emit/kubernetes/workload.h"
#include "emit/kubernetes/workloads.h"
#include "ir/quantity.h"

enum {
    SURGE_DIVISOR = 4,        /* a quarter, rounded up, where it is not known */
    SHARE_WHOLE = 100 * 1000, /* 100%, in thousandths */
    /* The solver pods of an HTTP-01 challenge, as cert-manager makes them. */
    SOLVER_CPU_REQUEST = 10,
    SOLVER_CPU_LIMIT = 100,
    SOLVER_MEMORY = 64 * 1024 * 1024,
    /* A Gateway's own pods, as Istio sizes them: one, and one that replaces
     * it. */
    GATEWAY_PODS = 2,
    GATEWAY_CPU_REQUEST = 100,
    GATEWAY_CPU_LIMIT = 2000,
    GATEWAY_MEMORY_REQUEST = 128 * 1024 * 1024,
    GATEWAY_MEMORY_LIMIT = 1024 * 1024 * 1024,
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

static bool
has_limits(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->limits.is_said)
            return true;
    }
    return false;
}

/* The base has it, unless one environment says its own; then each has. */
bool
has_common_limits(const struct subject *subject)
{
    return !has_limits(subject->ir);
}

bool
has_own_limits(const struct subject *subject)
{
    return has_limits(subject->ir);
}

/* One end of each of two ranges, where they are known. */
static void
emit_ends(struct yaml *yaml, const char *key, const struct value *cpu,
          const struct value *memory,
          const struct value *(*end)(const struct value *))
{
    struct arena *arena = yaml->arena;
    if (!is_value_known(cpu) && !is_value_known(memory))
        return;
    yaml_map(yaml, key);
    if (is_value_known(cpu))
        yaml_text(yaml, "cpu", cpu_text(arena, end(cpu)->number));
    if (is_value_known(memory))
        yaml_text(yaml, "memory", memory_text(arena, end(memory)->number));
    yaml_end(yaml);
}

static void
emit_claim_limits(struct yaml *yaml, const struct value *claim)
{
    struct arena *arena = yaml->arena;
    if (!is_value_known(claim))
        return;
    yaml_item(yaml);
    yaml_word(yaml, "type", "PersistentVolumeClaim");
    yaml_map(yaml, "min");
    yaml_text(yaml, "storage", memory_text(arena, range_low(claim)->number));
    yaml_end(yaml);
    yaml_map(yaml, "max");
    yaml_text(yaml, "storage", memory_text(arena, range_high(claim)->number));
    yaml_end(yaml);
    yaml_end(yaml);
}

/* What a container gets that says nothing, such as somebody's debug pod: a
 * quota refuses pods that have no requests and limits. */
void
emit_limit_range(struct yaml *yaml, const struct instance *instance)
{
    const struct size_limits *limits = &instance->environment->limits;
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, "v1", "LimitRange",
                    STR("defaults"));
    yaml_map(yaml, "spec");
    yaml_list(yaml, "limits");
    yaml_item(yaml);
    yaml_word(yaml, "type", "Container");
    emit_ends(yaml, "min", limits->cpu, limits->memory, range_low);
    emit_ends(yaml, "max", limits->cpu, limits->memory, range_high);
    emit_ends(yaml, "defaultRequest", limits->default_cpu,
              limits->default_memory, range_low);
    emit_ends(yaml, "default", limits->default_cpu, limits->default_memory,
              range_high);
    yaml_end(yaml);
    emit_claim_limits(yaml, limits->claim);
    yaml_end(yaml);
    yaml_end(yaml);
}

static void
emit_sum(struct yaml *yaml, struct sum sum,
         struct str (*text)(struct arena *, int64_t))
{
    if (sum.is_known)
        yaml_text(yaml, sum.key, text(yaml->arena, sum.total));
}

/* What the program says, or what it adds up to. */
static void
emit_bound(struct yaml *yaml, const struct value *said, struct sum derived,
           const struct value *(*end)(const struct value *),
           struct str (*text)(struct arena *, int64_t))
{
    if (is_value_known(said))
        yaml_text(yaml, derived.key, text(yaml->arena, end(said)->number));
    else if (said != NULL)
        emit_waiting(yaml, str_from(derived.key), said);
    else
        emit_sum(yaml, derived, text);
}

static void
emit_storage_quota(struct yaml *yaml, const struct quota *quota)
{
    static const struct sum none = {NULL, false, 0};
    struct sum request = none;
    struct sum limit = none;
    struct sum claims = none;
    request.key = "requests.ephemeral-storage";
    limit.key = "limits.ephemeral-storage";
    claims.key = "requests.storage";
    emit_bound(yaml, quota->storage, request, range_low, memory_text);
    emit_bound(yaml, quota->storage, limit, range_high, memory_text);
    emit_bound(yaml, quota->claim_storage, claims, range_low, memory_text);
}

static void
emit_object_quota(struct yaml *yaml, const struct quota *quota)
{
    struct arena *arena = yaml->arena;
    if (is_value_known(quota->claims))
        yaml_text(yaml, "persistentvolumeclaims",
                  arena_number(arena, quota->claims->number));
    for (size_t i = 0; i < quota->object_count; i++) {
        const struct pair *object = &quota->objects[i];
        struct str key = arena_format(arena, "count/{}", STRS(object->key));
        if (is_value_known(object->value))
            yaml_text_named(yaml, key,
                            arena_number(arena, object->value->number));
        else
            emit_waiting(yaml, key, object->value);
    }
}

void
emit_resource_quota(struct yaml *yaml, const struct instance *instance)
{
    const struct quota *quota = &instance->environment->quota;
    struct totals totals = totals_of(instance);
    int64_t pods =
        is_value_known(quota->pods) ? quota->pods->number : totals.pods;
    object_start_as(yaml, instance, APPLIER_ADMINISTRATOR, "v1",
                    "ResourceQuota", STR("total"));
    yaml_map(yaml, "spec");
    yaml_map(yaml, "hard");
    emit_bound(yaml, quota->cpu, totals.cpu_request, range_low, cpu_text);
    emit_bound(yaml, quota->memory, totals.memory_request, range_low,
               memory_text);
    emit_bound(yaml, quota->cpu, totals.cpu_limit, range_high, cpu_text);
    emit_bound(yaml, quota->memory, totals.memory_limit, range_high,
               memory_text);
    emit_storage_quota(yaml, quota);
    yaml_text(yaml, "pods", arena_number(yaml->arena, pods));
    emit_object_quota(yaml, quota);
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

/* So many pods more while a release comes in. */
static int64_t
surge_max(const struct workload *workload, int64_t pods)
{
    const struct value *surge = workload->update.surge;
    if (is_stateful(workload) || is_recreated(&workload->update))
        return 0;
    if (!is_value_known(surge))
        return (pods + SURGE_DIVISOR - 1) / SURGE_DIVISOR;
    if (surge->type != TYPE_PERCENT)
        return surge->number;
    return surge->number > INT32_MAX
               ? pods
               : (pods * surge->number + SHARE_WHOLE - 1) / SHARE_WHOLE;
}

static int64_t
job_pods(const struct workload *workload)
{
    const struct value *parallel = workload->job.parallel;
    return is_value_known(parallel) && parallel->number > 1 ? parallel->number
                                                            : 1;
}

/* Both colours at their largest; or one, and those that replace it. A
 * migration takes one more. */
static int64_t
pods_max(const struct workload *workload)
{
    int64_t pods = is_job(workload) ? job_pods(workload) : count_max(workload);
    if (pods > INT32_MAX)
        pods = INT32_MAX;
    if (runs_twice(workload))
        pods *= 2;
    else if (!is_job(workload))
        pods += surge_max(workload, pods);
    return pods + (workload->migration != NULL);
}

/* Init containers and sidecars are counted in full: the scheduler asks for a
 * little less, never for more. One without sizes gets the LimitRange's. */
static void
add_containers(struct totals *totals, const struct workload *workload,
               int64_t pods)
{
    const struct size_limits *limits = &workload->environment->limits;
    for (size_t i = 0; i < workload->container_count; i++) {
        const struct container *container = &workload->containers[i];
        sum_add_range(&totals->cpu_request, &totals->cpu_limit,
                      container->cpu != NULL ? container->cpu
                                             : limits->default_cpu,
                      pods);
        sum_add_range(&totals->memory_request, &totals->memory_limit,
                      container->memory != NULL ? container->memory
                                                : limits->default_memory,
                      pods);
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

static void
add_gateway(struct totals *totals, const struct environment *environment)
{
    if (!has_own_gateway_pods(environment) || environment->host_count == 0)
        return;
    sum_add(&totals->cpu_request, GATEWAY_CPU_REQUEST, GATEWAY_PODS);
    sum_add(&totals->cpu_limit, GATEWAY_CPU_LIMIT, GATEWAY_PODS);
    sum_add(&totals->memory_request, GATEWAY_MEMORY_REQUEST, GATEWAY_PODS);
    sum_add(&totals->memory_limit, GATEWAY_MEMORY_LIMIT, GATEWAY_PODS);
    totals->pods += GATEWAY_PODS;
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
    add_gateway(&totals, environment);
    return totals;
}
