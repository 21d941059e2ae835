/*
 * The loop over the table of rules.
 */
#include "check/check.h"

#include "base/vec.h"
#include "check/baseline.h"
#include "check/owners.h"
#include "check/raw.h"
#include "check/scene.h"

#define RULE(function) function,
static check_rule *const rules[] = {
#include "check/rules.def"
};
static check_rule *const zone_rules[] = {
#include "check/rules/dns.def"
};
#undef RULE

static void
run_rules(struct check *check, check_rule *const *run, size_t count)
{
    for (size_t i = 0; i < count; i++)
        run[i](check);
}

/* Does it speak of an environment, and of none that was not read? */
static bool
is_of_read(const struct ir *ir, const struct diag *diag)
{
    struct str name =
        str_slice(diag->object, 0, str_index(diag->object, '.', 0));
    bool is_of_one = false;
    for (size_t i = 0; i < ir->environment_count; i++) {
        const struct environment *environment = ir->environments[i];
        is_of_one = is_of_one || is_str_equal(environment->name, name);
        if (environment->is_unread &&
            str_contains(diag->headline, environment->name))
            return false;
    }
    return is_of_one;
}

static bool
is_all_read(const struct ir *ir)
{
    for (size_t i = 0; i < ir->environment_count; i++) {
        if (ir->environments[i]->is_unread)
            return false;
    }
    return true;
}

/* What a rule misses in an environment may stand where it could not be read. */
static void
withdraw_unread(struct check *check, size_t from)
{
    if (is_all_read(check->ir))
        return;
    for (size_t i = from; i < sink_count(check->sink); i++) {
        struct diag *diag = sink_at(check->sink, i);
        if (!is_of_read(check->ir, diag))
            diag_withdraw(diag);
    }
}

static void
check_read(struct check *check)
{
    size_t from = sink_count(check->sink);
    if (check->ir->is_unread)
        return;
    run_rules(check, rules, sizeof rules / sizeof rules[0]);
    check_allows(check);
    withdraw_unread(check, from);
}

const struct model *
check_model(struct check *check)
{
    check->raw = raw_world_new(check);
    check->scenes = scenes_new(check);
    check->owners = owners_new(check);
    check_read(check);
    check_baseline(check);
    if (sink_error_count(check->sink) > 0)
        return NULL;
    struct model *model = arena_new(check->arena, sizeof *model);
    model->ir = check->ir;
    return model;
}

void
check_zones(struct check *check)
{
    check->owners = owners_new(check);
    run_rules(check, zone_rules, sizeof zone_rules / sizeof zone_rules[0]);
}

struct str
workload_object(struct check *check, const struct workload *workload)
{
    return arena_format(
        check->arena, "{}.{}",
        STRS(workload->environment->name, workload->service->name));
}
