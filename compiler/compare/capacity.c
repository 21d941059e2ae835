/*
 * Totals at the most pods that a workload has. A change of size counts at the
 * pods of after, a change of pods at the size of before, so that both together
 * come to the whole.
 */
#include "compare/capacity.h"

#include "ir/ir.h"
#include "ir/quantity.h"

typedef struct str quantity_text(struct arena *arena, int64_t number);

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

static void
note_size(struct buf *buf, const struct workload *after, int64_t before_size,
          int64_t after_size, quantity_text *text)
{
    int64_t pods = pods_of(after);
    if (pods == 0 || before_size == after_size)
        return;
    add_pods(buf, pods);
    add_delta(buf, product(after_size - before_size, pods), text, "");
    add_cluster(buf, after);
}

void
note_memory(struct buf *buf, const void *before, const void *after, size_t part)
{
    const struct workload *old = before;
    const struct workload *new = after;
    note_size(buf, new, range_end(old->memory, part),
              range_end(new->memory, part), memory_text);
}

void
note_cpu(struct buf *buf, const void *before, const void *after, size_t part)
{
    const struct workload *old = before;
    const struct workload *new = after;
    note_size(buf, new, range_end(old->cpu, part), range_end(new->cpu, part),
              cpu_text);
}

/* `size` says of what; `anchor` stands in its environment. */
static void
note_pods(struct buf *buf, int64_t more, const struct workload *size,
          const struct workload *anchor)
{
    if (more == 0)
        return;
    add_delta(buf, more, arena_number,
              more == 1 || more == -1 ? " pod" : " pods");
    add_delta(buf, product(range_end(size->memory, 1), more), memory_text,
              " memory");
    add_delta(buf, product(range_end(size->cpu, 1), more), cpu_text, " cpu");
    add_cluster(buf, anchor);
}

void
note_count(struct buf *buf, const void *before, const void *after, size_t part)
{
    const struct workload *old = before;
    const struct workload *new = after;
    (void)part;
    if (!is_value_known(old->scale) && !is_value_known(new->scale))
        note_pods(buf, pods_of(new) - pods_of(old), old, new);
}

void
note_scale(struct buf *buf, const void *before, const void *after, size_t part)
{
    if (part == 1)
        note_pods(buf, pods_of(after) - pods_of(before), before, after);
}

void
note_workload(struct buf *buf, const void *before, const void *after,
              size_t part)
{
    const struct workload *there = before != NULL ? before : after;
    (void)part;
    note_pods(buf, pods_of(after) - pods_of(before), there, there);
}
