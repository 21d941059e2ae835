/*
 * The whole comparison: the walk, then the order in which it is told.
 */
#include "compare/compare.h"

#include "base/sort.h"
#include "compare/walk.h"

static const char *const risk_names[] = {
    [RISK_DOWNTIME] = "downtime", [RISK_DATA] = "data",
    [RISK_SECURITY] = "security", [RISK_TRAFFIC] = "traffic",
    [RISK_RESTART] = "restart",   [RISK_COST] = "cost",
};

const char *
risk_name(enum risk risk)
{
    return risk_names[risk];
}

const char *
change_name(enum change_kind kind)
{
    static const char *const names[] = {[CHANGE_ADDED] = "add",
                                        [CHANGE_REMOVED] = "remove",
                                        [CHANGE_CHANGED] = "change"};
    return names[kind];
}

size_t
risk_count(const struct differences *differences, enum risk risk)
{
    size_t count = 0;
    for (size_t i = 0; i < differences->changes.count; i++) {
        const struct change *change = vec_at(&differences->changes, i);
        count += (change->risks >> risk & 1U) != 0;
    }
    return count;
}

/* ---- what is the same everywhere ---------------------------------------- */

static bool
is_same_elsewhere(const struct change *a, const struct change *b)
{
    return a->kind == b->kind && a->risks == b->risks &&
           a->is_written == b->is_written &&
           is_str_equal(a->object, b->object) &&
           is_str_equal(a->field, b->field) &&
           is_str_equal(a->before, b->before) &&
           is_str_equal(a->after, b->after) && is_str_equal(a->note, b->note);
}

static int
compare_content(const void *a, const void *b, const void *context)
{
    const struct change *const *first = a;
    const struct change *const *second = b;
    (void)context;
    const struct str left[] = {(*first)->object, (*first)->field,
                               (*first)->before, (*first)->after,
                               (*first)->note};
    const struct str right[] = {(*second)->object, (*second)->field,
                                (*second)->before, (*second)->after,
                                (*second)->note};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        int order = str_compare(left[i], right[i]);
        if (order != 0)
            return order;
    }
    return (int)(*first)->risks - (int)(*second)->risks;
}

/* Is it the same once in each environment? */
static bool
is_run_everywhere(struct change *const *run, size_t count, size_t environments)
{
    if (count != environments || is_str_empty(run[0]->environment) ||
        is_str_empty(run[0]->object))
        return false;
    for (size_t i = 1; i < count; i++) {
        if (is_str_equal(run[i]->environment, run[i - 1]->environment))
            return false;
    }
    return true;
}

/* Sorted by content, so that equal ones stand together: of a run that is the
 * same everywhere the first stays, for all. */
static void
fold_everywhere(struct arena *arena, struct vec *changes, size_t environments)
{
    struct change **order = arena_array(arena, changes->count, sizeof *order);
    for (size_t i = 0; i < changes->count; i++)
        order[i] = vec_at(changes, i);
    sort_items(arena, order, changes->count, sizeof *order, compare_content,
               NULL);
    for (size_t at = 0, end; at < changes->count; at = end) {
        end = at + 1;
        while (end < changes->count && is_same_elsewhere(order[at], order[end]))
            end++;
        if (!is_run_everywhere(&order[at], end - at, environments))
            continue;
        for (size_t i = at; i < end; i++)
            order[i]->reach = i == at ? REACH_EVERYWHERE : REACH_TOLD;
    }
}

/* ---- the order of telling ----------------------------------------------- */

static size_t
environment_rank(const struct ir *ir, struct str name)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (is_str_equal(ir->environments[i]->name, name))
            return i;
    }
    return ir->environment_count;
}

/* What is everywhere, each environment, those that are gone, the project, and
 * what is in no file. */
static size_t
rank_of(const struct ir *after, const struct change *change)
{
    if (!change->is_written)
        return SIZE_MAX;
    if (change->reach == REACH_EVERYWHERE)
        return 0;
    if (is_str_empty(change->environment))
        return SIZE_MAX - 1;
    return environment_rank(after, change->environment) + 1;
}

static int
compare_ranks(const void *a, const void *b, const void *context)
{
    size_t first = rank_of(context, a);
    size_t second = rank_of(context, b);
    return (first > second) - (first < second);
}

void
differences_set_aside(struct differences *differences)
{
    for (size_t i = 0; i < differences->changes.count; i++) {
        struct change *change = vec_at(&differences->changes, i);
        change->is_written = false;
    }
}

void
arrange_changes(struct arena *arena, struct vec *changes,
                const struct ir *after, struct differences *differences)
{
    vec_init(&differences->changes, arena, sizeof(struct change));
    if (after->environment_count > 1)
        fold_everywhere(arena, changes, after->environment_count);
    sort_items(arena, changes->items, changes->count, sizeof(struct change),
               compare_ranks, after);
    for (size_t i = 0; i < changes->count; i++) {
        struct change *change = vec_at(changes, i);
        if (change->reach == REACH_TOLD)
            continue;
        if (change->reach == REACH_EVERYWHERE)
            change->environment = STR("");
        *(struct change *)vec_add(&differences->changes) = *change;
    }
}

void
compare_programs(struct arena *arena, const struct ir *before,
                 const struct ir *after, struct differences *differences)
{
    struct vec changes;
    struct walk walk = {
        .arena = arena, .before = before, .after = after, .changes = &changes};
    vec_init(&changes, arena, sizeof(struct change));
    compare_shape(&walk, SHAPE_ir, before, after);
    arrange_changes(arena, &changes, after, differences);
}
