/*
 * The loop over the table of rules.
 */
#include "check/check.h"

#include "base/vec.h"
#include "check/baseline.h"
#include "check/raw.h"
#include "check/scene.h"

struct rule_row {
    check_rule *run;
    bool has_after;
    enum diag_code after;
};

static const struct rule_row rules[] = {
#define RULE(function) {function, false, (enum diag_code)0},
#define RULE_AFTER(function, code) {function, true, DIAG_##code},
#include "check/rules.def"
#undef RULE
#undef RULE_AFTER
};

const struct model *
check_model(struct check *check)
{
    check->raw = raw_world_new(check);
    check->scenes = scenes_new(check);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].has_after && has_diag(check->sink, rules[i].after))
            continue;
        rules[i].run(check);
    }
    check_allows(check);
    check_baseline(check);
    if (sink_error_count(check->sink) > 0)
        return NULL;
    struct model *model = arena_new(check->arena, sizeof *model);
    model->ir = check->ir;
    return model;
}

struct str
workload_object(struct check *check, const struct workload *workload)
{
    return arena_format(
        check->arena, "{}.{}",
        STRS(workload->environment->name, workload->service->name));
}
