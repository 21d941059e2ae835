/*
 * What rules ask of a workload's size, and the arithmetic for it: sums that
 * end at INT64_MAX instead of overflowing.
 */
#ifndef CHECK_SIZES_H
#define CHECK_SIZES_H

#include "check/check.h"

bool is_scheduled(const struct workload *workload); /* a job */

/* An end of a range. Holes and poison have no items: they are their own ends.
 */
static inline const struct value *
range_end(const struct value *range, size_t index)
{
    return range == NULL || range->kind != VALUE_RANGE ? range
                                                       : &range->items[index];
}

/* The ends of a size, known or not; NULL when there is no size. */
static inline const struct value *
size_request(const struct value *size)
{
    return range_end(size, 0);
}

static inline const struct value *
size_limit(const struct value *size)
{
    return range_end(size, 1);
}

/* What one pod asks for, sidecars included; -1 when the workload's own request
 * is not known. What a sidecar leaves open counts nothing. */
int64_t pod_memory_bytes(const struct workload *workload);
int64_t pod_cpu_millicores(const struct workload *workload);

/* What says how many replicas run at least and at most, a count; NULL when it
 * is not known, and for jobs. */
const struct value *replicas_least(const struct workload *workload);
const struct value *replicas_most(const struct workload *workload);

/* Is a count said that its autoscaler may go below (R12)? One that lies outside
 * of the range is L06. */
bool is_promise_broken(const struct workload *workload);

/* Did the program say it, or is it the language's default? */
bool is_said(const struct value *value);

/* Of numbers that are not negative. */
int64_t add_bounded(int64_t a, int64_t b);
int64_t multiply_bounded(int64_t a, int64_t b);

#endif
