#include "resolve/lanes.h"

#include "base/tasks.h"
#include "resolve/typing.h"

#include <string.h>

/* Below so many things, to begin a thread costs more than it saves. */
enum { THINGS_PORTION = 64, THINGS_ALONE = 256 };

struct portion {
    struct sink *sink;
    struct vec holes;
};

struct lanes {
    struct resolver *resolver;
    thing_work *work;
    void *things;
    size_t count;
    struct portion *portions;
    struct resolver each[LANE_COUNT];
};

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
    size_t first = turn.task * THINGS_PORTION;
    begin_portion(lanes->resolver, lane);
    for (size_t i = first; i < first + THINGS_PORTION && i < lanes->count; i++)
        lanes->work(lane, lanes->things, i);
    lanes->portions[turn.task] = (struct portion){lane->sink, lane->holes};
}

static void
take_portion(void *context, size_t task, enum lane lane)
{
    struct lanes *lanes = context;
    const struct portion *portion = &lanes->portions[task];
    (void)lane;
    sink_take(lanes->resolver->sink, portion->sink);
    for (size_t i = 0; i < portion->holes.count; i++)
        hole_take(lanes->resolver, vec_at(&portion->holes, i));
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
work_in_lanes(struct resolver *resolver, thing_work *work, void *things,
              size_t count)
{
    struct arena *arena = resolver->arena;
    struct helper *helper = count > THINGS_ALONE ? resolver->helper : NULL;
    size_t portions = (count + THINGS_PORTION - 1) / THINGS_PORTION;
    struct lanes *lanes = arena_new(arena, sizeof *lanes);
    *lanes = (struct lanes){
        .resolver = resolver, .work = work, .things = things, .count = count};
    lanes->portions = arena_array(arena, portions, sizeof(struct portion));
    struct tasks tasks = {.count = portions,
                          .ahead = portions + LANE_COUNT,
                          .context = lanes,
                          .work = work_portion,
                          .take = take_portion,
                          .arena = arena,
                          .helper = helper};
    open_lane(lanes, LANE_FIRST, arena);
    if (helper != NULL)
        open_lane(lanes, LANE_SECOND, helper_arena(helper));
    tasks_run(&tasks);
}
