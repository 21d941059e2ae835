/*
 * Sizes and counts of workloads.
 */
#include "check/sizes.h"

#include <assert.h>

static int64_t add_sidecar(int64_t sum, const struct container *container,
                           const struct value *size);
static const struct value *replicas(const struct workload *workload,
                                    size_t index);

bool
is_scheduled(const struct workload *workload)
{
    return !runs_steadily(workload->service);
}

int64_t
pod_memory_bytes(const struct workload *workload)
{
    const struct value *own = size_request(workload->memory);
    if (!is_value_known(own))
        return -1;
    int64_t sum = own->number;
    for (size_t i = 0; i < workload->container_count; i++)
        sum = add_sidecar(sum, &workload->containers[i],
                          workload->containers[i].memory);
    return sum;
}

int64_t
pod_cpu_millicores(const struct workload *workload)
{
    const struct value *own = size_request(workload->cpu);
    if (!is_value_known(own))
        return -1;
    int64_t sum = own->number;
    for (size_t i = 0; i < workload->container_count; i++)
        sum = add_sidecar(sum, &workload->containers[i],
                          workload->containers[i].cpu);
    return sum;
}

const struct value *
replicas_least(const struct workload *workload)
{
    return replicas(workload, 0);
}

const struct value *
replicas_most(const struct workload *workload)
{
    return replicas(workload, 1);
}

bool
is_said(const struct value *value)
{
    return value->origin == NULL || value->origin->layer != LAYER_DEFAULT;
}

bool
is_promise_broken(const struct workload *workload)
{
    const struct value *count = workload->count;
    return is_value_known(count) && is_said(count) &&
           is_value_known(workload->scale) &&
           count->number > replicas_least(workload)->number &&
           count->number <= replicas_most(workload)->number;
}

int64_t
add_bounded(int64_t a, int64_t b)
{
    assert(a >= 0 && b >= 0);
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

int64_t
multiply_bounded(int64_t a, int64_t b)
{
    assert(a >= 0 && b >= 0);
    return a > 0 && b > INT64_MAX / a ? INT64_MAX : a * b;
}

/* Init containers are gone when the others run. */
static int64_t
add_sidecar(int64_t sum, const struct container *container,
            const struct value *size)
{
    const struct value *request = size_request(size);
    if (!container->is_sidecar || !is_value_known(request))
        return sum;
    return add_bounded(sum, request->number);
}

/* The autoscaler's range, where there is one, outweighs the count. */
static const struct value *
replicas(const struct workload *workload, size_t index)
{
    const struct value *number = workload->scale != NULL
                                     ? range_end(workload->scale, index)
                                     : workload->count;
    return is_value_known(number) ? number : NULL;
}
