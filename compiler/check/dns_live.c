/*
 * D34: what is served today, and would be gone when the zone takes its place.
 */
#include "check/check.h"
#include "ir/zone_change.h"

static void
report_dropped(struct check *check, const struct zone *zone,
               const struct zone_change *change)
{
    const struct record *record =
        *(const struct record *const *)vec_at(&change->before, 0);
    struct diag *diag = diag_add(check->sink, DIAG_D34, record->owner_span,
                                 STRS(change->owner, change->type, zone->name));
    diag_note(diag, zone->span, "this zone takes its place", NO_STRS);
    diag_help(diag,
              "add it to the zone; if it must go: `allow D34 on {} \"…\"`",
              STRS(change->owner));
    diag_about(diag, change->owner);
}

void
check_live_records(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        if (zone->live == NULL)
            continue;
        struct zone_changes changes =
            zone_compare(check->arena, zone->live, zone);
        for (size_t k = 0; k < changes.count; k++) {
            if (changes.at[k].kind == ZONE_REMOVED)
                report_dropped(check, zone, &changes.at[k]);
        }
    }
}
