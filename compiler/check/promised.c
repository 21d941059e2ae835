/*
 * Family O, what is promised of releases and rules, against what the program
 * lets them take and where it has them.
 */
#include "check/check.h"

#include "base/map.h"
#include "ir/release.h"

enum {
    MINUTE_MS = 60 * 1000,
    BACK_MINUTES = 2, /* two jobs at the least: one goes back, one looks */
};

static struct str
minutes_text(struct check *check, int64_t ms)
{
    return arena_format(
        check->arena, "{} min",
        STRS(arena_number(check->arena, (ms + MINUTE_MS - 1) / MINUTE_MS)));
}

/* ---- O06 ---------------------------------------------------------------- */

/* A bad release is seen at the end of its watch at the latest. */
static void
judge_recovery(struct check *check, const struct objective *objective)
{
    const struct deploy *deploy = objective->environment->deploy;
    const struct step *watch = deploy_step_find(deploy, STEP_WATCH);
    const struct value *recover = objective->recover;
    if (deploy == NULL || !is_value_known(recover))
        return;
    int64_t seen = share_ms(deploy) + step_ms(deploy, STEP_WATCH);
    int64_t least = seen + (int64_t)BACK_MINUTES * MINUTE_MS;
    if (recover->items[0].number >= least)
        return;
    struct diag *diag = diag_add(
        check->sink, DIAG_O06, recover->span,
        STRS(objective->environment->name, minutes_text(check, least)));
    diag_label(diag, "less is promised", NO_STRS);
    diag_note(diag, watch != NULL ? watch->span : deploy->span,
              "a fault is seen after {}, and going back takes {} at the least",
              STRS(minutes_text(check, seen),
                   minutes_text(check, (int64_t)BACK_MINUTES * MINUTE_MS)));
    diag_help(diag, "promise more time, or watch for less", NO_STRS);
    diag_about(diag, objective->environment->name);
}

/* A release every twelve hours cannot take thirteen. */
static void
judge_frequency(struct check *check, const struct objective *objective)
{
    int64_t interval = deploy_interval_ms(objective);
    if (interval == 0 || !is_value_known(objective->within) ||
        objective->within->items[1].number <= interval)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_O06, objective->within->span,
                 STRS(objective->environment->name,
                      minutes_text(check, objective->within->items[1].number)));
    diag_label(diag, "so long may one take", NO_STRS);
    diag_note(diag, objective->deploys->span, "and the next one comes before",
              NO_STRS);
    diag_help(diag, "promise fewer releases, or faster ones", NO_STRS);
    diag_about(diag, objective->environment->name);
}

void
check_possible_objectives(struct check *check)
{
    for (size_t i = 0; i < check->ir->objective_count; i++) {
        judge_recovery(check, &check->ir->objectives[i]);
        judge_frequency(check, &check->ir->objectives[i]);
    }
}

/* ---- O10 ---------------------------------------------------------------- */

/* Rules and monitors of manifests, by kind and name. */
static bool
is_watching(const struct raw_object *object)
{
    return is_str_equal(object->kind, STR("PrometheusRule")) ||
           is_str_equal(object->kind, STR("AlertmanagerConfig"));
}

static struct str
rule_key(struct check *check, const struct raw_object *object)
{
    return arena_format(check->arena, "{}/{}",
                        STRS(object->kind, object->name));
}

typedef void rule_visit(struct check *check,
                        const struct environment *environment,
                        const struct raw_object *object, struct map *map);

static void
each_rule(struct check *check, bool is_production, rule_visit *visit,
          struct map *map)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if ((environment->tier == TIER_PRODUCTION) != is_production)
            continue;
        for (size_t j = 0; j < environment->manifest_count; j++) {
            const struct raw_objects *objects =
                &environment->manifests[j]->objects;
            for (size_t k = 0; k < objects->count; k++) {
                if (is_watching(&objects->at[k]))
                    visit(check, environment, &objects->at[k], map);
            }
        }
    }
}

static void
put_rule(struct check *check, const struct environment *environment,
         const struct raw_object *object, struct map *map)
{
    map_put(map, rule_key(check, object), environment);
}

static const struct environment *
production_find(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->tier == TIER_PRODUCTION)
            return ir->environments[i];
    }
    return NULL;
}

static void
judge_rule(struct check *check, const struct environment *environment,
           const struct raw_object *object, struct map *map)
{
    struct str key = rule_key(check, object);
    const struct environment *production = production_find(check->ir);
    if (map_find(map, key) != NULL)
        return;
    map_put(map, key, environment); /* once, however many have it */
    struct diag *diag = diag_add(check->sink, DIAG_O10, object->name_span,
                                 STRS(object->name, production->name));
    diag_label(diag, "`{}` has it", STRS(environment->name));
    diag_note(diag, production->span, "and here nobody is told", NO_STRS);
    diag_help(diag,
              "name the manifest outside of environments, or in `{}`, too",
              STRS(production->name));
    diag_about(diag, production->name);
}

void
check_rules_in_production(struct check *check)
{
    struct map there;
    if (production_find(check->ir) == NULL)
        return;
    map_init(&there, check->arena);
    for (size_t i = 0; i < check->ir->manifest_count; i++) {
        const struct raw_objects *objects = &check->ir->manifests[i]->objects;
        for (size_t k = 0; k < objects->count; k++)
            map_put(&there, rule_key(check, &objects->at[k]), check);
    }
    each_rule(check, true, put_rule, &there);
    each_rule(check, false, judge_rule, &there);
}
