/*
 * D35: a release that moves a record is over before its old answer is.
 */
#include "check/check.h"
#include "ir/quantity.h"

static void
judge_record(struct check *check, const struct record *record)
{
    const struct environment *environment = record->switched_in;
    if (environment == NULL || environment->deploy == NULL)
        return;
    const struct step *watch =
        deploy_step_find(environment->deploy, STEP_WATCH);
    if (watch == NULL || !is_value_known(watch->duration) ||
        record->ttl_seconds <= duration_seconds(watch->duration->number))
        return;
    struct arena *arena = check->arena;
    struct diag *diag =
        diag_add(check->sink, DIAG_D35, record->owner_span,
                 STRS(record->owner, arena_number(arena, record->ttl_seconds),
                      environment->name));
    diag_label(diag, "resolvers still lead to the old side then", NO_STRS);
    diag_note(diag, watch->span, "watched for {}",
              STRS(duration_text(arena, watch->duration->number)));
    diag_help(diag, "give the record a `ttl` below the watch, or watch longer",
              NO_STRS);
    diag_about(diag, record->owner);
}

void
check_switched_records(struct check *check)
{
    for (size_t i = 0; i < check->ir->zone_count; i++) {
        const struct zone *zone = &check->ir->zones[i];
        for (size_t k = 0; k < zone->record_count; k++)
            judge_record(check, &zone->records[k]);
    }
}
