/*
 * Totals at the most pods that a workload has. A change of size counts at the
 * pods of after, a change of pods at the size of before, so that both together
 * come to the whole.
 */
#include "compare/capacity.h"

#include "compare/cost.h"
#include "compare/risks.h"
#include "ir/ir.h"
#include "ir/quantity.h"

enum { REQUEST = 0, LIMIT = 1 };

typedef struct str quantity_text(struct arena *arena, int64_t number);
typedef int64_t quantity_cost(const struct prices *prices, int64_t number);

static int64_t
range_end(const struct value *value, size_t part)
{
    if (!is_value_known(value))
        return 0;
    return value->kind == VALUE_RANGE ? value->items[part].number
                                      : value->number;
}

static int64_t
pods_of(const struct workload *workload)
{
    if (workload == NULL)
        return 0;
    if (is_value_known(workload->scale))
        return range_end(workload->scale, 1);
    return range_end(workload->count, 1);
}

static int64_t
product(int64_t size, int64_t pods)
{
    int64_t result;
    return __builtin_mul_overflow(size, pods, &result) ? 0 : result;
}

/* `+10Gi`, `-500m`; nothing for zero. */
static void
add_delta(struct buf *buf, int64_t delta, quantity_text *text, const char *what)
{
    if (delta == 0)
        return;
    if (buf->len > 0)
        buf_add(buf, STR(", "));
    buf_byte(buf, delta < 0 ? '-' : '+');
    buf_add(buf, text(buf->arena, delta < 0 ? -delta : delta));
    buf_add(buf, str_from(what));
}

static void
add_cluster(struct buf *buf, const struct workload *workload)
{
    const struct cluster *cluster = workload->environment->cluster;
    if (buf->len > 0 && cluster != NULL && is_value_known(cluster->name))
        buf_format(buf, " on {}", STRS(cluster->name->text));
}

static void
add_pods(struct buf *buf, int64_t pods)
{
    buf_number(buf, pods);
    buf_add(buf, pods == 1 ? STR(" pod") : STR(" pods"));
}

/* A kind of size: how it is read, written and paid for. */
struct sizing {
    size_t part;
    int64_t before;
    int64_t after;
    quantity_text *text;
    quantity_cost *cost;
};

static unsigned
note_size(struct buf *buf, const struct workload *after,
          const struct sizing *sizing)
{
    const struct prices *prices = after->environment->prices;
    int64_t pods = pods_of(after);
    int64_t more = product(sizing->after - sizing->before, pods);
    bool has_cost = false;
    if (pods == 0 || sizing->before == sizing->after)
        return 0;
    add_pods(buf, pods);
    add_delta(buf, more, sizing->text, "");
    if (sizing->part == REQUEST)
        has_cost = add_cost(buf, prices, sizing->cost(prices, more));
    add_cluster(buf, after);
    return has_cost ? COST : 0;
}

unsigned
note_memory(struct buf *buf, const void *before, const void *after, size_t part)
{
    const struct workload *old = before;
    const struct workload *new = after;
    return note_size(buf, new,
                     &(struct sizing){part, range_end(old->memory, part),
                                      range_end(new->memory, part), memory_text,
                                      cost_of_memory});
}

unsigned
note_cpu(struct buf *buf, const void *before, const void *after, size_t part)
{
    const struct workload *old = before;
    const struct workload *new = after;
    return note_size(buf, new,
                     &(struct sizing){part, range_end(old->cpu, part),
                                      range_end(new->cpu, part), cpu_text,
                                      cost_of_cpu});
}

/* What so many pods request costs. */
static int64_t
cost_of_pods(const struct prices *prices, const struct workload *size,
             int64_t pods)
{
    int64_t memory = product(range_end(size->memory, REQUEST), pods);
    int64_t cpu = product(range_end(size->cpu, REQUEST), pods);
    int64_t cost;
    return __builtin_add_overflow(cost_of_memory(prices, memory),
                                  cost_of_cpu(prices, cpu), &cost)
               ? 0
               : cost;
}

/* `size` says of what; `anchor` stands in its environment. */
static unsigned
note_pods(struct buf *buf, int64_t more, const struct workload *size,
          const struct workload *anchor)
{
    const struct prices *prices = anchor->environment->prices;
    if (more == 0)
        return 0;
    add_delta(buf, more, arena_number,
              more == 1 || more == -1 ? " pod" : " pods");
    add_delta(buf, product(range_end(size->memory, LIMIT), more), memory_text,
              " memory");
    add_delta(buf, product(range_end(size->cpu, LIMIT), more), cpu_text,
              " cpu");
    bool has_cost = add_cost(buf, prices, cost_of_pods(prices, size, more));
    add_cluster(buf, anchor);
    return has_cost ? COST : 0;
}

unsigned
note_count(struct buf *buf, const void *before, const void *after, size_t part)
{
    const struct workload *old = before;
    const struct workload *new = after;
    (void)part;
    if (is_value_known(old->scale) || is_value_known(new->scale))
        return 0;
    return note_pods(buf, pods_of(new) - pods_of(old), old, new);
}

unsigned
note_scale(struct buf *buf, const void *before, const void *after, size_t part)
{
    if (part != LIMIT)
        return 0;
    return note_pods(buf, pods_of(after) - pods_of(before), before, after);
}

unsigned
note_workload(struct buf *buf, const void *before, const void *after,
              size_t part)
{
    const struct workload *there = before != NULL ? before : after;
    (void)part;
    return note_pods(buf, pods_of(after) - pods_of(before), there, there);
}

unsigned
note_environment(struct buf *buf, const void *before, const void *after,
                 size_t part)
{
    const struct environment *there = before != NULL ? before : after;
    int64_t cost = 0;
    (void)part;
    for (size_t i = 0; i < there->workload_count; i++) {
        const struct workload *workload = there->workloads[i];
        int64_t pods = pods_of(workload);
        int64_t more = cost_of_pods(there->prices, workload,
                                    before == NULL ? pods : -pods);
        if (__builtin_add_overflow(cost, more, &cost))
            return 0;
    }
    return add_cost(buf, there->prices, cost) ? COST : 0;
}
