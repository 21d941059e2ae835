/*
 * What would change where zones are served, for people and for machines.
 */
#ifndef DRIVER_PLAN_H
#define DRIVER_PLAN_H

#include "base/buf.h"
#include "ir/zone_change.h"

struct plan_zone {
    const struct zone *zone;
    struct zone_changes changes;
    bool is_held;
};

struct plan {
    struct arena *arena;
    bool allows_deletions;
    struct plan_zone *zones;
    size_t zone_count;
    size_t zone_room;
    size_t counts[ZONE_REMOVED + 1];
    size_t waiting; /* sets that an open hole keeps from being compared */
};

/* The zone against what is served of it, which it has. */
void plan_add(struct plan *plan, const struct zone *zone);
/* Does it remove more than somebody would by a slip of the hand: over a third
 * of what a zone has, or over 25 sets? */
bool plan_is_held(const struct plan *plan);
void plan_write(struct buf *buf, const struct plan *plan);
void plan_write_json(struct buf *buf, const struct plan *plan);

#endif
