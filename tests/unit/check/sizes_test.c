#include "check/sizes.h"

#include <criterion/criterion.h>

static struct value
number(int64_t of)
{
    return (struct value){.kind = VALUE_NUMBER, .number = of};
}

static struct value
range(const struct value ends[2])
{
    return (struct value){.kind = VALUE_RANGE, .items = ends, .item_count = 2};
}

Test(sizes, sums_end_at_the_largest_number)
{
    cr_expect_eq(add_bounded(2, 3), 5);
    cr_expect_eq(add_bounded(INT64_MAX, 0), INT64_MAX);
    cr_expect_eq(add_bounded(INT64_MAX - 1, 1), INT64_MAX);
    cr_expect_eq(add_bounded(INT64_MAX, 1), INT64_MAX);
    cr_expect_eq(add_bounded(INT64_MAX, INT64_MAX), INT64_MAX);
}

Test(sizes, products_end_at_the_largest_number)
{
    cr_expect_eq(multiply_bounded(0, INT64_MAX), 0);
    cr_expect_eq(multiply_bounded(INT64_MAX, 0), 0);
    cr_expect_eq(multiply_bounded(5000, 2147483648), 10737418240000);
    cr_expect_eq(multiply_bounded(INT64_MAX, 1), INT64_MAX);
    cr_expect_eq(multiply_bounded(INT64_MAX / 2, 2), INT64_MAX - 1);
    cr_expect_eq(multiply_bounded(INT64_MAX / 2 + 1, 2), INT64_MAX);
    cr_expect_eq(multiply_bounded(4611686018427387904, 4), INT64_MAX);
}

Test(sizes, a_range_has_two_ends_and_a_hole_is_its_own)
{
    const struct value ends[2] = {number(1), number(7)};
    const struct value sized = range(ends);
    const struct value hole = {.kind = VALUE_HOLE};
    cr_expect_eq(size_request(&sized)->number, 1);
    cr_expect_eq(size_limit(&sized)->number, 7);
    cr_expect_eq(size_request(&hole), &hole);
    cr_expect_eq(size_limit(&hole), &hole);
    cr_expect_null(size_limit(NULL));
}

Test(sizes, the_autoscaler_outweighs_the_count)
{
    const struct value ends[2] = {number(2), number(9)};
    const struct value scale = range(ends);
    const struct value count = number(4);
    struct workload workload = {.count = &count};
    cr_expect_eq(replicas_least(&workload)->number, 4);
    cr_expect_eq(replicas_most(&workload)->number, 4);
    workload.scale = &scale;
    cr_expect_eq(replicas_least(&workload)->number, 2);
    cr_expect_eq(replicas_most(&workload)->number, 9);
}

Test(sizes, replicas_that_are_not_known_are_none)
{
    const struct value hole = {.kind = VALUE_HOLE};
    const struct value poison = {.kind = VALUE_POISON};
    const struct value count = number(4);
    const struct value ends[2] = {number(2), hole};
    const struct value half = range(ends);
    cr_expect_null(replicas_most(&(struct workload){0}));
    cr_expect_null(replicas_most(&(struct workload){.count = &hole}));
    cr_expect_null(
        replicas_most(&(struct workload){.count = &count, .scale = &poison}));
    cr_expect_null(
        replicas_most(&(struct workload){.count = &count, .scale = &half}));
    cr_expect_eq(replicas_least(&(struct workload){.scale = &half})->number, 2);
}

Test(sizes, a_pod_asks_for_its_sidecars_too)
{
    const struct value own_ends[2] = {number(100), number(500)};
    const struct value own = range(own_ends);
    const struct value small_ends[2] = {number(10), number(20)};
    const struct value small = range(small_ends);
    const struct value hole = {.kind = VALUE_HOLE};
    const struct value huge_ends[2] = {number(INT64_MAX), number(INT64_MAX)};
    const struct value huge = range(huge_ends);
    const struct container containers[] = {
        {.is_sidecar = true, .memory = &small, .cpu = &hole},
        {.is_sidecar = false, .memory = &small, .cpu = &small},
        {.is_sidecar = true, .memory = NULL, .cpu = &huge},
    };
    struct workload workload = {.memory = &own, .cpu = &own};
    cr_expect_eq(pod_memory_bytes(&workload), 100);
    workload.containers = containers;
    workload.container_count = 3;
    cr_expect_eq(pod_memory_bytes(&workload), 110);
    cr_expect_eq(pod_cpu_millicores(&workload), INT64_MAX);
    workload.memory = NULL;
    workload.cpu = &hole;
    cr_expect_eq(pod_memory_bytes(&workload), -1);
    cr_expect_eq(pod_cpu_millicores(&workload), -1);
}
