/*
 * Families X and O: whether a release can be taken back, and somebody is told.
 */
#include "check/walk.h"
#include "check/workflow.h"

#include "diag/near.h"
#include "ir/measure.h"
#include "ir/release.h"

enum { WHOLE = 100 * 1000 }; /* 100 % in thousandths */

static bool
is_automatic(const struct environment *environment)
{
    return deploy_step_find(environment->deploy, STEP_ROLLBACK) != NULL;
}

static bool
is_production_release(const struct environment *environment)
{
    return environment->tier == TIER_PRODUCTION &&
           environment->deploy != NULL && is_value_known(environment->branch);
}

static void
each_environment(struct check *check,
                 void (*visit)(struct check *check,
                               const struct environment *environment))
{
    for (size_t i = 0; i < check->ir->environment_count; i++)
        visit(check, check->ir->environments[i]);
}

static void
check_way_back(struct check *check, const struct environment *environment)
{
    if (!is_production_release(environment) || check->ir->rollback != NULL ||
        is_automatic(environment))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X01, environment->deploy->span,
                 STRS(environment->name));
    diag_help(
        diag,
        "write `rollback automatic` in it, or a `rollback` block beside it",
        NO_STRS);
    diag_about(diag, environment->name);
}

void
check_rollback_path(struct check *check)
{
    each_environment(check, check_way_back);
}

void
check_rollback_keep(struct check *check)
{
    const struct rollback *rollback = check->ir->rollback;
    if (rollback == NULL || !is_value_known(rollback->keep) ||
        rollback->keep->number >= 2)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X02, rollback->keep->span,
                 STRS(arena_number(check->arena, rollback->keep->number)));
    diag_label(diag, "the release that runs is one of them", NO_STRS);
    diag_help(diag, "keep 2 at least, 10 to look back for a while", NO_STRS);
}

static void
check_keep(struct check *check, const struct environment *environment)
{
    const struct step *keep = deploy_step_find(environment->deploy, STEP_KEEP);
    const struct step *watch =
        deploy_step_find(environment->deploy, STEP_WATCH);
    if (keep == NULL || watch == NULL ||
        step_fault(environment->deploy, keep) != NULL ||
        step_fault(environment->deploy, watch) != NULL ||
        !is_value_known(keep->duration) || !is_value_known(watch->duration) ||
        keep->duration->number >= watch->duration->number)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X03, keep->duration->span,
                 STRS(keep->duration->text, watch->duration->text));
    diag_label(diag, "both begin with the switch", NO_STRS);
    diag_note(diag, watch->duration->span,
              "a fault seen at the end of the watch has nothing to go back to",
              NO_STRS);
    diag_help(diag, "keep it for {} at least", STRS(watch->duration->text));
    diag_about(diag, environment->name);
}

void
check_keep_times(struct check *check)
{
    each_environment(check, check_keep);
}

static void
check_migration(struct check *check, const struct workload *workload)
{
    const struct environment *environment = workload->environment;
    if (workload->migration == NULL || workload->migration->is_reversible)
        return;
    const struct step *rollback =
        deploy_step_find(environment->deploy, STEP_ROLLBACK);
    if (rollback == NULL ||
        deploy_step_find(environment->deploy, STEP_MIGRATE) == NULL)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X05, workload->migration->span,
                 STRS(workload->service->name, environment->name));
    diag_label(diag, "not said to be `reversible`", NO_STRS);
    diag_note(diag, rollback->span,
              "`{}` goes back by itself, and the database does not",
              STRS(environment->name));
    diag_help(diag,
              "when the release before still works after it, say `reversible`",
              NO_STRS);
    diag_about(diag, workload_object(check, workload));
}

void
check_one_way_migrations(struct check *check)
{
    each_workload(check, check_migration);
}

void
check_rollback_verified(struct check *check)
{
    const struct rollback *rollback = check->ir->rollback;
    if (rollback == NULL || rollback->verifies_health)
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X09, rollback->span, NO_STRS);
    diag_help(diag, "write `verify health` in it", NO_STRS);
}

static bool
is_confirmed(const struct rollback *rollback,
             const struct environment *environment)
{
    for (size_t i = 0; i < rollback->confirmation_count; i++) {
        if (rollback->confirmations[i].environment == environment)
            return true;
    }
    return false;
}

static void
check_confirmation(struct check *check, const struct environment *environment)
{
    const struct rollback *rollback = check->ir->rollback;
    if (rollback == NULL || environment->tier != TIER_PRODUCTION ||
        is_confirmed(rollback, environment))
        return;
    struct diag *diag = diag_add(check->sink, DIAG_X10, rollback->span,
                                 STRS(environment->name));
    diag_note(diag, environment->span, "it is of the tier `production`",
              NO_STRS);
    diag_help(diag, "write `confirm {} \"ROLLBACK {}\"` in it",
              STRS(environment->name, environment->name));
    diag_about(diag, environment->name);
}

void
check_rollback_confirmed(struct check *check)
{
    each_environment(check, check_confirmation);
}

static bool
has_metrics(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (environment->workloads[i]->metrics != NULL)
            return true;
    }
    return false;
}

/* The first step that asks for a metric. */
static const struct step *
watching_step(const struct deploy *deploy)
{
    for (size_t i = 0; deploy != NULL && i < deploy->step_count; i++) {
        if (deploy->steps[i].threshold_count > 0)
            return &deploy->steps[i];
    }
    return NULL;
}

static void
check_watch_source(struct check *check, const struct environment *environment)
{
    const struct step *watch = watching_step(environment->deploy);
    if (watch == NULL || has_metrics(environment))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X12, watch->thresholds[0].span,
                 STRS(environment->name, watch->thresholds[0].metric));
    diag_label(diag, "no service here has `metrics`", NO_STRS);
    diag_help(diag, "write `metrics GET /metrics` in the services", NO_STRS);
    diag_about(diag, environment->name);
}

void
check_watched_metrics(struct check *check)
{
    each_environment(check, check_watch_source);
}

/* A share of errors and a latency have an upper bound, and a real one. */
static const char *
nonsense(const struct threshold *threshold)
{
    const struct value *bound = threshold->comparison;
    bool is_share = is_str_equal(threshold->metric, STR("errors"));
    if (bound->comparison != LESS && bound->comparison != LESS_EQUAL)
        return "it must stay below something";
    if (bound->items[0].number <= 0)
        return "no release can be better than that";
    if (is_share && bound->items[0].number >= WHOLE)
        return "every release is better than that";
    return NULL;
}

/* Once: a share may have taken its bounds over from the watch. */
static void
check_threshold(struct check *check, const struct threshold *threshold,
                struct str object)
{
    if (!is_value_known(threshold->comparison))
        return;
    const char *reason = nonsense(threshold);
    if (reason == NULL ||
        is_reported_at(check, DIAG_X13, threshold->comparison->span))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_X13, threshold->comparison->span,
                 STRS(threshold->metric));
    diag_label(diag, "{}", STRS(str_from(reason)));
    diag_help(diag,
              "write `<` and a bound above zero; for errors, one below 100%",
              NO_STRS);
    diag_about(diag, object);
}

void
check_thresholds(struct check *check)
{
    const struct rollback *rollback = check->ir->rollback;
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        const struct deploy *deploy = environment->deploy;
        for (size_t j = 0; deploy != NULL && j < deploy->step_count; j++) {
            const struct step *step = &deploy->steps[j];
            for (size_t k = 0; k < step->threshold_count; k++)
                check_threshold(check, &step->thresholds[k], environment->name);
        }
    }
    if (rollback == NULL || rollback->errors == NULL)
        return;
    struct threshold errors = {STR("errors"), rollback->errors,
                               rollback->errors->span};
    check_threshold(check, &errors, STR("rollback"));
}

static bool
has_notification(const struct environment *environment)
{
    return deploy_step_find(environment->deploy, STEP_NOTIFY) != NULL;
}

static bool
has_on_call(const struct project *project)
{
    for (size_t i = 0; i < project->contact_count; i++) {
        if (is_str_equal(project->contacts[i].name, STR("oncall")))
            return true;
    }
    return false;
}

static void
check_contact(struct check *check, const struct environment *environment)
{
    if (!is_production_release(environment) || has_notification(environment) ||
        has_on_call(check->ir->project))
        return;
    struct diag *diag =
        diag_add(check->sink, DIAG_O04, environment->deploy->span,
                 STRS(environment->name));
    diag_help(
        diag,
        "write `notify CHANNEL on failure` in it, or `contact oncall EMAIL` in the project",
        NO_STRS);
    diag_about(diag, environment->name);
}

void
check_contacts(struct check *check)
{
    each_environment(check, check_contact);
}

static void
check_objective(struct check *check, const struct environment *environment)
{
    const struct ir *ir = check->ir;
    if (ir->objective_count == 0 || environment->deploy == NULL ||
        objective_find(ir, environment) != NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_O05, environment->span,
                                 STRS(environment->name));
    diag_note(diag, ir->objectives[0].span, "`{}` has them",
              STRS(ir->objectives[0].environment->name));
    diag_help(diag, "add a line for `{}` to `objectives`",
              STRS(environment->name));
    diag_about(diag, environment->name);
}

static void
report_unmeasured(struct check *check, const struct alert *alert)
{
    struct diag *diag =
        diag_add(check->sink, DIAG_O07, alert->span, STRS(alert->name));
    struct near near = {.wanted = alert->name};
    for (size_t i = 0; i < measure_count(); i++)
        near_offer(&near, str_from(measure_at(i)->name));
    diag_label(diag, "it has no `expr`, and is no measure that broxc knows",
               NO_STRS);
    if (!is_str_empty(near.best))
        diag_help(diag, "the nearest measure is `{}`", STRS(near.best));
    else
        diag_help(diag, "write `expr` behind it, and what Prometheus is asked",
                  NO_STRS);
}

static bool
is_unit_right(const struct measure *measure, const struct value *bound)
{
    if (!is_value_known(bound))
        return true;
    enum type_kind type = bound->items[0].type;
    bool is_number = type != TYPE_PERCENT && type != TYPE_DURATION;
    return measure->type == TYPE_COUNT ? is_number : type == measure->type;
}

/* O07: an alert whose measure nobody knows, or that compares it with what it
 * is not. */
static void
check_measure(struct check *check, const struct alert *alert)
{
    const struct measure *measure = measure_find(alert->name);
    if (alert->expression != NULL)
        return;
    if (measure == NULL) {
        report_unmeasured(check, alert);
    } else if (!is_unit_right(measure, alert->comparison)) {
        struct diag *diag = diag_add(
            check->sink, DIAG_O07, alert->comparison->span, STRS(alert->name));
        diag_label(diag, "it is {}", STRS(str_from(type_name(measure->type))));
        diag_help(diag, "write a bound that is {}, too",
                  STRS(str_from(type_name(measure->type))));
    }
}

void
check_measures(struct check *check)
{
    for (size_t i = 0; i < check->ir->alert_count; i++)
        check_measure(check, &check->ir->alerts[i]);
}

void
check_objectives(struct check *check)
{
    each_environment(check, check_objective);
}
