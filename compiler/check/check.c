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

#define RULE(function) {function, false, (enum diag_code)0},
#define RULE_AFTER(function, code) {function, true, DIAG_##code},
static const struct rule_row rules[] = {
#include "check/rules.def"
};
static const struct rule_row zone_rules[] = {
#include "check/rules/dns.def"
};
#undef RULE
#undef RULE_AFTER

static void
run_rules(struct check *check, const struct rule_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!rows[i].has_after || !has_diag(check->sink, rows[i].after))
            rows[i].run(check);
    }
}

/* A word that was read as the one it is nearest to; but no file that it was to
 * include. */
static bool
is_read_as_meant(const struct diag *diag)
{
    return diag->code == DIAG_L01 && diag->fixes != NULL &&
           !is_str_equal(diag->fixes->text, STR("include"));
}

/* Was every statement read, and every name found? Else what a rule misses may
 * stand right there. */
static bool
is_read(const struct sink *sink)
{
    static const enum diag_code codes[] = {
        DIAG_L01, DIAG_L03, DIAG_L07, DIAG_L17, DIAG_L20, DIAG_L25, DIAG_L26,
        DIAG_L28, DIAG_L29, DIAG_L30, DIAG_L35, DIAG_N07, DIAG_N08,
    };
    for (size_t i = 0; i < sink_count(sink); i++) {
        const struct diag *diag = sink_at(sink, i);
        for (size_t j = 0; j < sizeof codes / sizeof codes[0]; j++) {
            if (diag->code == codes[j] && diag->severity == SEVERITY_ERROR &&
                !is_read_as_meant(diag))
                return false;
        }
    }
    return true;
}

const struct model *
check_model(struct check *check)
{
    check->raw = raw_world_new(check);
    check->scenes = scenes_new(check);
    if (is_read(check->sink)) {
        run_rules(check, rules, sizeof rules / sizeof rules[0]);
        check_allows(check);
    }
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
    run_rules(check, zone_rules, sizeof zone_rules / sizeof zone_rules[0]);
}

struct str
workload_object(struct check *check, const struct workload *workload)
{
    return arena_format(
        check->arena, "{}.{}",
        STRS(workload->environment->name, workload->service->name));
}
