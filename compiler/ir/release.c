/*
 * Questions about a release's way; see ir/ir.h for the shapes.
 */
#include "ir/release.h"

#include "base/buf.h"
#include "ir/quantity.h"

/* Where a program has no `rollback` block. */
enum { ROLLBACK_KEEP_USUAL = 10 };

bool
is_first_environment(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].to == environment)
            return false;
    }
    return true;
}

bool
is_last_environment(const struct ir *ir, const struct environment *environment)
{
    for (size_t i = 0; i < ir->promotion_count; i++) {
        if (ir->promotions[i].from == environment)
            return false;
    }
    return true;
}

typedef bool value_question(const struct value *value);

static bool
is_value_said(const struct value *value)
{
    return value != NULL;
}

static bool
is_text(const struct value *value, struct str text)
{
    return is_value_known(value) && is_str_equal(value->text, text);
}

/* Another text than that is there for certain. */
static bool
is_otherwise(const struct value *value, struct str text)
{
    return is_value_known(value) && !is_text(value, text);
}

static bool
is_reached(const struct ir *ir, const struct environment *environment,
           value_question *is_there)
{
    const struct cluster *cluster = environment->cluster;
    return environment->deploy != NULL && is_there(environment->branch) &&
           is_there(environment->namespace_name) &&
           is_there(environment->short_name) && is_there(environment->github) &&
           is_there(ir->project->cloud) &&
           !is_otherwise(ir->project->cloud, STR("azure")) &&
           is_there(ir->project->registry) && cluster != NULL &&
           is_there(cluster->provider) &&
           !is_otherwise(cluster->provider, STR("aks")) &&
           is_there(cluster->name) && is_there(cluster->group);
}

bool
has_pipeline(const struct ir *ir, const struct environment *environment)
{
    return is_reached(ir, environment, is_value_known);
}

bool
may_have_pipeline(const struct ir *ir, const struct environment *environment)
{
    return is_reached(ir, environment, is_value_said);
}

bool
has_tag_part(const struct environment *environment, struct str name)
{
    const struct value *tag = environment->tag;
    for (size_t i = 0; is_value_known(tag) && i < value_part_count(tag); i++) {
        if (tag->parts->at[i].is_name &&
            is_str_equal(tag->parts->at[i].text, name))
            return true;
    }
    return false;
}

int64_t
approval_number(const struct approval *approval)
{
    return approval == NULL || !is_value_known(approval->count)
               ? 0
               : approval->count->number;
}

int64_t
approval_count(const struct ir *ir, const struct environment *environment)
{
    const struct step *step =
        deploy_step_find(environment->deploy, STEP_APPROVE);
    int64_t count = step == NULL ? 0 : approval_number(step->approval);
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        int64_t asked = approval_number(promotion->approval);
        if (promotion->to == environment && asked > count)
            count = asked;
    }
    return count;
}

int64_t
soak_ms(const struct ir *ir, const struct environment *environment)
{
    int64_t longest = 0;
    for (size_t i = 0; i < ir->promotion_count; i++) {
        const struct promotion *promotion = &ir->promotions[i];
        if (promotion->to == environment && is_value_known(promotion->soak) &&
            promotion->soak->number > longest)
            longest = promotion->soak->number;
    }
    return longest;
}

bool
is_frozen_by(const struct freeze *freeze, const struct environment *environment)
{
    for (size_t i = 0; i < freeze->environment_count; i++) {
        if (freeze->environments[i] == environment)
            return true;
    }
    return freeze->environment_count == 0 &&
           environment->tier == TIER_PRODUCTION;
}

int64_t
deploy_interval_ms(const struct objective *objective)
{
    static const struct {
        const char *word;
        int64_t hours;
    } intervals[] = {
        {"many-a-day", 12}, {"daily", 24}, {"weekly", 168}, {"monthly", 720}};
    for (size_t i = 0; i < sizeof intervals / sizeof intervals[0]; i++) {
        if (is_text(objective->deploys, str_from(intervals[i].word)))
            return intervals[i].hours * 60 * 60 * 1000;
    }
    return 0;
}

int64_t
rollback_keep(const struct ir *ir)
{
    return ir->rollback != NULL && is_value_known(ir->rollback->keep)
               ? ir->rollback->keep->number
               : ROLLBACK_KEEP_USUAL;
}

int64_t
step_ms(const struct deploy *deploy, enum step_kind kind)
{
    const struct step *step = deploy_step_find(deploy, kind);
    return step == NULL || !is_value_known(step->duration)
               ? 0
               : step->duration->number;
}

enum strategy
strategy_of(const struct workload *workload)
{
    const struct deploy *deploy = workload->environment->deploy;
    if (deploy == NULL || workload->service->kind != SERVICE_SERVICE ||
        workload->port_count == 0 || workload->is_rolling)
        return STRATEGY_ROLLING;
    return deploy->strategy;
}

bool
has_staged_workload(const struct environment *environment)
{
    for (size_t i = 0; i < environment->workload_count; i++) {
        if (strategy_of(environment->workloads[i]) != STRATEGY_ROLLING)
            return true;
    }
    return false;
}

bool
is_coloured(const struct workload *workload)
{
    return strategy_of(workload) != STRATEGY_ROLLING &&
           workload->environment->deploy->engine == ENGINE_KUBERNETES;
}

bool
has_rollout(const struct workload *workload)
{
    return strategy_of(workload) != STRATEGY_ROLLING &&
           workload->environment->deploy->engine == ENGINE_ARGO_ROLLOUTS;
}

bool
has_colours(const struct environment *environment)
{
    return environment->is_staged &&
           environment->deploy->engine == ENGINE_KUBERNETES;
}

bool
has_rollouts(const struct environment *environment)
{
    return environment->is_staged &&
           environment->deploy->engine == ENGINE_ARGO_ROLLOUTS;
}

bool
runs_twice(const struct workload *workload)
{
    return is_coloured(workload) ||
           (has_rollout(workload) &&
            strategy_of(workload) == STRATEGY_BLUE_GREEN);
}

struct str
share_name(struct arena *arena, const struct step *step)
{
    struct str percent = percent_text(arena, step->share->number);
    struct buf buf;
    buf_init(&buf, arena);
    buf_add(&buf, STR("share-"));
    for (size_t i = 0; i + 1 < percent.len; i++)
        buf_byte(&buf, percent.at[i] == '.' ? '-' : percent.at[i]);
    return buf_str(&buf);
}

bool
is_share_known(const struct step *step)
{
    return step->kind == STEP_SHARE && is_value_known(step->share) &&
           is_value_known(step->duration);
}

int64_t
share_ms(const struct deploy *deploy)
{
    int64_t sum = 0;
    for (size_t i = 0; deploy != NULL && i < deploy->step_count; i++) {
        const struct step *step = &deploy->steps[i];
        if (step->kind == STEP_SHARE && is_value_known(step->duration))
            sum += step->duration->number;
    }
    return sum;
}

int64_t
deploy_wait_ms(const struct deploy *deploy)
{
    int64_t watch = step_ms(deploy, STEP_WATCH);
    int64_t keep = deploy != NULL && deploy->strategy != STRATEGY_ROLLING
                       ? step_ms(deploy, STEP_KEEP)
                       : 0;
    return share_ms(deploy) + (watch > keep ? watch : keep);
}

bool
is_health_test(const struct step *step)
{
    return step->kind == STEP_TEST && is_text(step->name, STR("health")) &&
           step->command == NULL;
}

bool
is_command_test(const struct step *step)
{
    return step->kind == STEP_TEST && is_value_known(step->name) &&
           is_value_known(step->command);
}
