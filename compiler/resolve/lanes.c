#include "resolve/lanes.h"

#include "base/sort.h"
#include "base/tasks.h"
#include "resolve/typing.h"

#include <string.h>

/* Below so many things, to begin a thread costs more than it saves. */
enum { THINGS_ALONE = 256, PORTIONS = 48 };

/* Things from `first` to `end`, and what was found in them. */
struct portion {
    size_t first;
    size_t end;
    size_t weight;
    struct sink *sink;
    struct vec holes;
};

struct lanes {
    struct resolver *resolver;
    const struct work *work;
    struct vec portions;      /* of struct portion */
    struct portion **in_turn; /* as they are begun */
    struct resolver each[LANE_COUNT];
};

static size_t
weight_of(const struct work *work, size_t index)
{
    return work->weigh == NULL ? 1 : work->weigh(work->things, index);
}

/* The same with one processor: what a portion finds depends on where it ends.
 */
static void
divide(struct lanes *lanes)
{
    const struct work *work = lanes->work;
    size_t weight = 0;
    for (size_t i = 0; i < work->count; i++)
        weight += weight_of(work, i);
    size_t most = work->count > THINGS_ALONE ? weight / PORTIONS : weight;
    struct portion *portion = NULL;
    for (size_t i = 0; i < work->count; i++) {
        if (portion == NULL || portion->weight > most) {
            portion = vec_add(&lanes->portions);
            portion->first = i;
        }
        portion->weight += weight_of(work, i);
        portion->end = i + 1;
    }
}

static int
compare_weights(const void *a, const void *b, const void *context)
{
    size_t first = (*(struct portion *const *)a)->weight;
    size_t second = (*(struct portion *const *)b)->weight;
    (void)context;
    return (first < second) - (first > second);
}

/* The heaviest first, so that no lane waits at the end. */
static void
order(struct lanes *lanes)
{
    struct arena *arena = lanes->resolver->arena;
    size_t count = lanes->portions.count;
    lanes->in_turn = arena_array(arena, count, sizeof *lanes->in_turn);
    for (size_t i = 0; i < count; i++)
        lanes->in_turn[i] = vec_at(&lanes->portions, i);
    sort_items(arena, lanes->in_turn, count, sizeof *lanes->in_turn,
               compare_weights, NULL);
}

static void
begin_portion(const struct resolver *whole, struct resolver *lane)
{
    lane->sink = sink_share(whole->sink, lane->arena);
    vec_init(&lane->holes, lane->arena, sizeof(struct hole));
    map_init(&lane->hole_index, lane->arena);
    map_init(&lane->folds, lane->arena);
    memset(lane->shared, 0, sizeof lane->shared);
}

static void
work_portion(void *context, struct turn turn)
{
    struct lanes *lanes = context;
    struct resolver *lane = &lanes->each[turn.lane];
    struct portion *portion = lanes->in_turn[turn.task];
    begin_portion(lanes->resolver, lane);
    for (size_t i = portion->first; i < portion->end; i++)
        lanes->work->one(lane, lanes->work->things, i);
    portion->sink = lane->sink;
    portion->holes = lane->holes;
}

/* All are taken when all are done, in the order of the program. */
static void
leave_portion(void *context, size_t task, enum lane lane)
{
    (void)context;
    (void)task;
    (void)lane;
}

static void
take_portion(struct resolver *resolver, const struct portion *portion)
{
    sink_take(resolver->sink, portion->sink);
    for (size_t i = 0; i < portion->holes.count; i++)
        hole_take(resolver, vec_at(&portion->holes, i));
}

static void
open_lane(struct lanes *lanes, enum lane lane, struct arena *arena)
{
    struct resolver *resolver = &lanes->each[lane];
    *resolver = *lanes->resolver;
    resolver->arena = arena;
    vec_init(&resolver->open_children, arena, sizeof(const struct node *));
}

void
work_in_lanes(struct resolver *resolver, const struct work *work)
{
    struct arena *arena = resolver->arena;
    struct helper *helper =
        work->count > THINGS_ALONE ? resolver->helper : NULL;
    struct lanes *lanes = arena_new(arena, sizeof *lanes);
    *lanes = (struct lanes){.resolver = resolver, .work = work};
    vec_init(&lanes->portions, arena, sizeof(struct portion));
    divide(lanes);
    order(lanes);
    struct tasks tasks = {.count = lanes->portions.count,
                          .ahead = lanes->portions.count + LANE_COUNT,
                          .context = lanes,
                          .work = work_portion,
                          .take = leave_portion,
                          .arena = arena,
                          .helper = helper};
    open_lane(lanes, LANE_FIRST, arena);
    if (helper != NULL)
        open_lane(lanes, LANE_SECOND, helper_arena(helper));
    tasks_run(&tasks);
    for (size_t i = 0; i < lanes->portions.count; i++)
        take_portion(resolver, vec_at(&lanes->portions, i));
}
