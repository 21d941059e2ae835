#include "resolve/lanes.h"

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
    struct vec portions; /* of struct portion */
    struct resolver each[LANE_COUNT];
};

static size_t
weight_of(const struct work *work, size_t index)
{
    return work->weigh == NULL ? 1 : work->weigh(work->things, index);
}

/* What a portion finds may depend on where it ends: so it ends at the same
 * place with one processor. */
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
    struct portion *portion = vec_at(&lanes->portions, turn.task);
    begin_portion(lanes->resolver, lane);
    for (size_t i = portion->first; i < portion->end; i++)
        lanes->work->one(lane, lanes->work->things, i);
    portion->sink = lane->sink;
    portion->holes = lane->holes;
}

static void
take_portion(void *context, size_t task, enum lane lane)
{
    struct lanes *lanes = context;
    const struct portion *portion = vec_at(&lanes->portions, task);
    (void)lane;
    sink_take(lanes->resolver->sink, portion->sink);
    for (size_t i = 0; i < portion->holes.count; i++)
        hole_take(lanes->resolver, vec_at(&portion->holes, i));
}

static size_t
weigh_portion(const void *context, size_t task)
{
    const struct lanes *lanes = context;
    const struct portion *portion = vec_at(&lanes->portions, task);
    return portion->weight;
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
    struct tasks tasks = {.count = lanes->portions.count,
                          .ahead = lanes->portions.count + LANE_COUNT,
                          .context = lanes,
                          .work = work_portion,
                          .take = take_portion,
                          .arena = arena,
                          .helper = helper,
                          .weigh = weigh_portion};
    open_lane(lanes, LANE_FIRST, arena);
    if (helper != NULL)
        open_lane(lanes, LANE_SECOND, helper_arena(helper));
    tasks_run(&tasks);
}
