/*
 * brx.h, zones: master files that others wrote, read, checked, printed again,
 * and held against what a program says.
 */
#include "driver/handle.h"

#include "check/check.h"
#include "driver/plan.h"
#include "emit/zone_program.h"
#include "emit/zones.h"

/* A program that says nothing but one zone. */
static const struct ir *
ir_of_zone(struct arena *arena, const struct zone *zone)
{
    struct ir *ir = arena_new(arena, sizeof *ir);
    ir->project = arena_new(arena, sizeof *ir->project);
    ir->zones = zone;
    ir->zone_count = 1;
    return ir;
}

static struct status
read_zone(struct brx *brx, const void *argument)
{
    const struct brx_text *path = argument;
    struct load load = {.arena = brx->arena,
                        .sink = brx->sink,
                        .map = brx->pipeline.map,
                        .access = &brx->pipeline.access};
    vec_init(&load.live_zones, brx->arena, sizeof(struct live_zone));
    begin_stage(brx, "read");
    struct status status =
        load_live_zone(&load, arena_copy(brx->arena, str_of(*path)));
    if (status.kind == STATUS_OK && load.live_zones.count > 0) {
        const struct live_zone *live = vec_at(&load.live_zones, 0);
        struct check check = {.ir = ir_of_zone(brx->arena, live->zone),
                              .sink = brx->sink,
                              .arena = brx->arena,
                              .map = brx->pipeline.map};
        brx->zone = live->zone;
        begin_stage(brx, "check");
        check_zones(&check);
    }
    sink_settle(brx->sink);
    return status;
}

enum brx_status
brx_read_zone(struct brx *brx, struct brx_text path)
{
    return guard(brx, read_zone, &path);
}

static void
write_zone_text(struct brx *brx, struct buf *buf, const void *argument)
{
    const struct zone *zone = brx->zone;
    (void)argument;
    if (zone != NULL)
        buf_add(buf,
                zone_lines(brx->arena, zone, (uint32_t)zone->serial->number));
}

struct brx_text
brx_zone_text(struct brx *brx)
{
    return guard_text(brx, write_zone_text, NULL);
}

static void
write_program(struct brx *brx, struct buf *buf, const void *argument)
{
    (void)argument;
    if (brx->zone != NULL)
        write_zone_program(buf, brx->zone);
}

struct brx_text
brx_zone_program(struct brx *brx)
{
    return guard_text(brx, write_program, NULL);
}

/* ---- plans -------------------------------------------------------------- */

struct planning {
    const struct brx_plan_choices *choices;
    struct brx_plan *plan;
};

static struct status
make_plan(struct brx *brx, const void *argument)
{
    const struct planning *planning = argument;
    const struct ir *ir = brx->pipeline.ir;
    struct plan plan = {.arena = brx->arena,
                        .allows_deletions = planning->choices->allow_deletions};
    struct buf text;
    buf_init(&text, brx->arena);
    if (brx->pipeline.model == NULL)
        return (struct status){STATUS_REFUSED, STR("the program has errors")};
    begin_stage(brx, "plan");
    for (size_t i = 0; i < ir->zone_count; i++) {
        if (ir->zones[i].live != NULL)
            plan_add(&plan, &ir->zones[i]);
    }
    if (planning->choices->is_json)
        plan_write_json(&text, &plan);
    else
        plan_write(&text, &plan);
    *planning->plan = (struct brx_plan){
        .added = plan.counts[ZONE_ADDED],
        .changed = plan.counts[ZONE_CHANGED],
        .removed = plan.counts[ZONE_REMOVED],
        .kept = plan.counts[ZONE_KEPT],
        .waiting = plan.waiting,
        .is_held = plan_is_held(&plan),
        .text = text_of(buf_str(&text)),
    };
    return (struct status){STATUS_OK, STR("")};
}

enum brx_status
brx_plan_zones(struct brx *brx, const struct brx_plan_choices *choices,
               struct brx_plan *plan)
{
    const struct brx_plan_choices plain = {.size = sizeof plain};
    struct planning planning = {choices == NULL ? &plain : choices, plan};
    return guard(brx, make_plan, &planning);
}
