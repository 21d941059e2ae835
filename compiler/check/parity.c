/*
 * Family P: what one environment has and the next has not. What the values
 * themselves say is in config_words.c and config_hosts.c.
 */
#include "check/check.h"
#include "check/places.h"
#include "check/sizes.h"

static void judge_key(struct check *check,
                      const struct environment *environment, size_t key_index);
static void judge_untested(struct check *check, const struct workload *workload,
                           const struct environment *staging);
static void judge_strategy(struct check *check,
                           const struct environment *environment);
static void judge_shape(struct check *check, const struct workload *workload,
                        const struct workload *model);

/* P01 */
void
check_key_missing(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        for (size_t j = 0; j < check->ir->config_key_count; j++)
            judge_key(check, check->ir->environments[i], j);
    }
}

static const struct environment *
environment_of_tier(const struct ir *ir, enum tier tier)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->tier == tier)
            return ir->environments[i];
    }
    return NULL;
}

/* P10 */
void
check_service_untested(struct check *check)
{
    const struct environment *staging =
        environment_of_tier(check->ir, TIER_STAGING);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        if (environment->tier != TIER_PRODUCTION || staging == NULL)
            continue;
        for (size_t j = 0; j < environment->workload_count; j++)
            judge_untested(check, environment->workloads[j], staging);
    }
}

/* P12 */
void
check_strategy_untested(struct check *check)
{
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        if (check->ir->environments[i]->tier == TIER_PRODUCTION)
            judge_strategy(check, check->ir->environments[i]);
    }
}

/* P13: production is what the others rehearse. */
void
check_shape_differs(struct check *check)
{
    const struct environment *model =
        environment_of_tier(check->ir, TIER_PRODUCTION);
    for (size_t i = 0; i < check->ir->environment_count; i++) {
        const struct environment *environment = check->ir->environments[i];
        for (size_t j = 0; model != NULL && j < environment->workload_count;
             j++) {
            const struct workload *workload = environment->workloads[j];
            const struct workload *other =
                workload_find(model, workload->service);
            if (other != NULL && environment != model)
                judge_shape(check, workload, other);
        }
    }
}

/* ---- P01 ---------------------------------------------------------------- */

/* Where another environment answers; NULL when none does. */
static const struct value *
answer_find(const struct ir *ir, size_t key_index)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct value *value =
            ir->environments[i]->settings[key_index].value;
        if (value != NULL)
            return value;
    }
    return NULL;
}

static void
judge_key(struct check *check, const struct environment *environment,
          size_t key_index)
{
    const struct config_key *key = &check->ir->config_keys[key_index];
    if (environment->settings[key_index].value != NULL)
        return;
    struct diag *diag = diag_add(check->sink, DIAG_P01, environment->span,
                                 STRS(environment->name, key->name));
    const struct value *answer = answer_find(check->ir, key_index);
    diag_note(diag, key->span, "the contract asks for it, without a default",
              NO_STRS);
    if (answer != NULL)
        diag_note(diag, answer->span, "another environment sets it", NO_STRS);
    diag_help(diag, "write `{}` in its `set`, or a `default` in the contract",
              STRS(key->name));
    diag_about(diag, arena_format(check->arena, "{}.{}",
                                  STRS(environment->name, key->name)));
}

/* ---- P10 ---------------------------------------------------------------- */

static bool
is_rehearsed(const struct ir *ir, const struct service *service)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->tier == TIER_STAGING &&
            workload_find(ir->environments[i], service) != NULL)
            return true;
    }
    return false;
}

static void
judge_untested(struct check *check, const struct workload *workload,
               const struct environment *staging)
{
    if (is_rehearsed(check->ir, workload->service))
        return;
    struct str object = workload_object(check, workload);
    struct str name = workload->service->name;
    struct diag *diag =
        diag_add(check->sink, DIAG_P10, workload->span, STRS(object));
    diag_label(diag, "what goes to production was never tried before", NO_STRS);
    diag_note(diag, staging->span, "`{}` does not run `{}`",
              STRS(staging->name, name));
    diag_help(diag, "write `run {}` in `{}` too", STRS(name, staging->name));
    diag_about(diag, object);
}

/* ---- P12 ---------------------------------------------------------------- */

static enum strategy
strategy_in(const struct environment *environment)
{
    return environment->deploy == NULL ? STRATEGY_ROLLING
                                       : environment->deploy->strategy;
}

static enum engine
engine_in(const struct environment *environment)
{
    return strategy_in(environment) == STRATEGY_ROLLING
               ? ENGINE_KUBERNETES
               : environment->deploy->engine;
}

static const char *
strategy_text(const struct environment *environment)
{
    static const char *const texts[][2] = {
        [STRATEGY_ROLLING] = {"rolling", "rolling"},
        [STRATEGY_BLUE_GREEN] = {"blue-green", "blue-green via argo-rollouts"},
        [STRATEGY_CANARY] = {"canary", "canary via argo-rollouts"}};
    return texts[strategy_in(environment)][engine_in(environment)];
}

/* The environment just before, which should have rehearsed it; NULL when one
 * has, or there is none. */
static const struct environment *
unrehearsed_before(const struct ir *ir, const struct environment *environment)
{
    const struct environment *before = NULL;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *other = ir->environments[i];
        if (other->tier >= environment->tier)
            continue;
        if (strategy_in(other) == strategy_in(environment) &&
            engine_in(other) == engine_in(environment))
            return NULL;
        if (before == NULL || other->tier > before->tier)
            before = other;
    }
    return before;
}

static void
judge_strategy(struct check *check, const struct environment *environment)
{
    const struct environment *before =
        unrehearsed_before(check->ir, environment);
    if (before == NULL)
        return;
    const struct deploy *deploy = environment->deploy;
    struct span before_span =
        before->deploy == NULL ? before->span : before->deploy->span;
    struct span span = deploy == NULL ? environment->span : deploy->span;
    struct diag *diag =
        diag_add(check->sink, DIAG_P12, span,
                 STRS(environment->name, str_from(strategy_text(environment))));
    diag_label(diag, "its first use is here", NO_STRS);
    diag_note(diag, before_span, "`{}` deploys `{}`",
              STRS(before->name, str_from(strategy_text(before))));
    diag_help(diag, "deploy `{}` the same way", STRS(before->name));
    diag_about(diag, environment->name);
}

/* ---- P13 ---------------------------------------------------------------- */

static const struct port *
port_find(const struct workload *workload, struct str name)
{
    for (size_t i = 0; i < workload->port_count; i++) {
        if (is_str_equal(workload->ports[i].name, name))
            return &workload->ports[i];
    }
    return NULL;
}

static void
report_shape(struct check *check, const struct workload *workload,
             struct span span, const struct workload *model,
             struct span model_span, const char *label)
{
    struct str object = workload_object(check, workload);
    struct str name = workload_object(check, model);
    struct diag *diag =
        diag_add(check->sink, DIAG_P13, span, STRS(object, name));
    diag_label(diag, label, NO_STRS);
    diag_note(diag, place_apart(model_span, span, model->span),
              "`{}` has it so", STRS(name));
    diag_help(diag, "say it once, in the service, for both", NO_STRS);
    diag_about(diag, object);
}

static void
judge_ports(struct check *check, const struct workload *workload,
            const struct workload *model)
{
    for (size_t i = 0; i < model->port_count; i++) {
        const struct port *wanted = &model->ports[i];
        const struct port *port = port_find(workload, wanted->name);
        if (port == NULL)
            report_shape(check, workload, workload->span, model, wanted->span,
                         "it lacks a port");
        else if (is_value_known(port->number) &&
                 is_value_known(wanted->number) &&
                 port->number->number != wanted->number->number)
            report_shape(check, workload, port->span, model, wanted->span,
                         "another port");
    }
}

static void
judge_probe(struct check *check, const struct workload *workload,
            const struct probe *probe, const struct workload *model,
            const struct probe *wanted)
{
    if (wanted == NULL)
        return;
    if (probe == NULL)
        report_shape(check, workload, workload->span, model, wanted->span,
                     "it lacks a probe");
    else if (probe->kind != wanted->kind ||
             (is_value_known(probe->path) && is_value_known(wanted->path) &&
              !is_value_equal(probe->path, wanted->path)))
        report_shape(check, workload, probe->span, model, wanted->span,
                     "another probe");
}

/* How often a probe asks may differ, not what it asks. */
static void
judge_shape(struct check *check, const struct workload *workload,
            const struct workload *model)
{
    judge_ports(check, workload, model);
    judge_probe(check, workload, workload->ready, model, model->ready);
    judge_probe(check, workload, workload->live, model, model->live);
}
